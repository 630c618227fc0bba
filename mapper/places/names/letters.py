"""Letters of every script: how each is folded, and how it sounds in Latin letters.

The folded form keeps the script and drops what writers leave out: case,
accents, vowel signs, apostrophes. The sound is Latin, so that scripts meet.
"""

# ruff: noqa: RUF001 - letters of many scripts look alike

from __future__ import annotations

import unicodedata
from typing import Final


def _table(pairs: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in pairs.split())


_DROPPED: Final = frozenset("'`´‘’‚‛′ʹʻʼʽʾʿˈʿ՚ʔʕ＇ـءٔٴ°ª")
_BARE: Final = _table(
    # Latin letters that do not come apart into a letter and a mark.
    "ø=o ł=l đ=d ð=d þ=th ı=i æ=ae œ=oe ŋ=n ħ=h "
    "ə=a ɛ=e ɔ=o ŧ=t ƙ=k ɓ=b ɗ=d ƴ=y ĸ=k ſ=s "
    # Arabic letters that writers do not keep apart, and those of its neighbours.
    "أ=ا إ=ا آ=ا ٱ=ا ى=ي ی=ي ې=ي ێ=ي ئ=ي ؤ=و "
    "ۆ=و ۇ=و ة=ه ۀ=ه ہ=ه ھ=ه ۃ=ه ە=ه ک=ك ڪ=ك "
    "گ=ك ڵ=ل ڕ=ر ے=ي ۓ=ي "
)
_ARABIC: Final = _table(
    "ا=a ع=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=dh "
    "ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z غ=gh ف=f "
    "ق=q ك=k ل=l م=m ن=n ه=h و=w ي=y پ=p چ=ch "
    "ژ=zh ڤ=v ڧ=q ڨ=q ڥ=v ٹ=t ڈ=d ڑ=r ں=n ڭ=k "
)
_HEBREW: Final = _table(
    "א=a ב=b ג=g ד=d ה=h ו=w ז=z ח=h ט=t י=y כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע=a פ=p ף=f צ=s ץ=s ק=q ר=r ש=sh ת=t "
)
_CYRILLIC: Final = _table(
    "а=a б=b в=v г=g ґ=g д=d ђ=dj е=e є=ie ж=zh "
    "з=z и=i і=i ј=j к=k қ=q л=l љ=l м=m н=n "
    "њ=n о=o ө=o п=p р=r с=s т=t ћ=c у=u ү=u "
    "ұ=u ф=f х=kh һ=h ц=ts ч=ch џ=dj ш=sh щ=sh ъ= "
    "ы=y ь= э=e ю=iu я=ia ғ=gh ң=n ә=a ҳ=h ҷ=j "
)
_GREEK: Final = _table(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=h ψ=ps ω=o "
)
_SOUNDS: Final = {**_ARABIC, **_HEBREW, **_CYRILLIC, **_GREEK}
# Scripts whose letters Unicode names by their sound: KA, BAN, SHI.
_NAMED: Final = ("KATAKANA", "HIRAGANA", "GEORGIAN", "ARMENIAN", "DEVANAGARI", "BENGALI", "TAMIL", "ETHIOPIC", "THAI")
_ONE_SOUND: Final = ("GEORGIAN", "ARMENIAN", "THAI")
_VOWELS: Final = "aeiou"


class FoldTable(dict[int, str]):
    """What `str.translate` needs: each character's folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        """Fold one character: a letter, a space, or nothing."""
        folded = "".join(map(_folded, unicodedata.normalize("NFKD", chr(code)).casefold()))
        folded = unicodedata.normalize("NFC", folded)
        self[code] = folded
        return folded


class SoundTable(dict[str, str]):
    """The sound of each folded letter that is not Latin, worked out when it is first met."""

    def __missing__(self, letter: str) -> str:
        """Spell one letter in Latin letters; what has no known sound stays as it is."""
        words = unicodedata.name(letter, "").split()
        sound = letter
        if words and words[0] in _NAMED:
            name = words[-1].lower()
            sound = name
            if words[0] in _ONE_SOUND:
                rest = name.lstrip(_VOWELS)
                sound = name[0] if rest != name else name[: len(name) - len(name.lstrip("bcdfghjklmnpqrstvwxyz"))]
        self[letter] = sound
        return sound


def _folded(letter: str) -> str:
    if letter in _DROPPED:
        return ""
    letter = _BARE.get(letter, letter)
    category = unicodedata.category(letter[0])
    if category[0] in "LN":
        return letter
    # Marks go, and so do invisible signs: joiners, marks of direction, soft hyphens, NUL.
    return "" if category in {"Mn", "Me", "Mc", "Cf", "Cc", "Co", "Cs", "Cn"} and letter not in "\t\n\r\v\f" else " "


FOLD: Final = FoldTable()
SOUND: Final = SoundTable(_SOUNDS)
