/** Folds names so that one spelling finds the others, in Latin and Arabic letters. */

const MARKS = /[\p{M}\u0640]/gu;
const APART = /[^\p{L}\p{N}]+/gu;
const ARTICLE = /^(?:al|el|ul|ad|ar|as|ash|at|az|an|ed|er|es|esh|et|ez|en)$/u;

const ARABIC_SAME: Record<string, string> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ئ: "ي",
  ؤ: "و",
  ة: "ه",
  ک: "ك",
  ی: "ي",
  گ: "ك",
  ء: "",
};

/** Lower case, no marks, no apostrophes; words apart by one space. Arabic letters made alike. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(/['’‘ʼʿʾ`´]/gu, "")
    .replace(/[أإآٱىئؤةکیگء]/gu, (letter) => ARABIC_SAME[letter] ?? letter)
    .replace(APART, " ")
    .trim();
}

const ARABIC_SOUND: Record<string, string> = {
  ب: "b", ت: "t", ث: "t", ج: "j", ح: "h", خ: "k", د: "d", ذ: "d", ر: "r", ز: "z", س: "s", ش: "s", ص: "s",
  ض: "d", ط: "t", ظ: "z", ع: "", غ: "g", ف: "f", ق: "k", ك: "k", ل: "l", م: "m", ن: "n", ه: "h", پ: "b", چ: "j",
};

/** The consonants of a name, alike for its usual spellings in either script; empty for what has too few. */
export function skeleton(text: string): string {
  const words = fold(text)
    .split(" ")
    .filter((word) => !ARTICLE.test(word))
    .map((word) => (/^\p{Script=Arabic}/u.test(word) ? arabicSkeleton(word) : latinSkeleton(word)))
    .filter((word) => word.length > 0);
  return words.join(" ");
}

function arabicSkeleton(word: string): string {
  const bare = word.replace(/^ال(?=..)/u, "").replace(/ه$/u, "");
  return squeeze([...bare].map((letter) => ARABIC_SOUND[letter] ?? "").join(""));
}

function latinSkeleton(word: string): string {
  const sounds = word
    .replace(/sh|ch/gu, "s")
    .replace(/th/gu, "t")
    .replace(/kh|q|c/gu, "k")
    .replace(/gh/gu, "g")
    .replace(/dh/gu, "d")
    .replace(/ph/gu, "f")
    .replace(/p/gu, "b")
    .replace(/v/gu, "f")
    .replace(/h$/u, "")
    .replace(/[aeiouyw]/gu, "");
  return squeeze(sounds.replace(/[^a-z0-9]/gu, ""));
}

function squeeze(word: string): string {
  return word.replace(/(.)\1+/gu, "$1");
}
