/** Names, in both languages, of the values that the data writes as codes. */

import { ACTORS, REASONS, WHOM } from "./phrases";

type Names = Record<string, [english: string, arabic: string]>;

const PRECISION: Names = {
  exact: ["exact position", "موقع دقيق"],
  site: ["site", "موقع"],
  street: ["street", "شارع"],
  landmark: ["landmark", "معلم"],
  neighbourhood: ["neighbourhood", "حي"],
  village: ["village", "قرية"],
  town: ["town", "بلدة"],
  city: ["city", "مدينة"],
  near: ["near a named place", "قرب مكان مسمّى"],
  part_of: ["part of a place", "جزء من مكان"],
  district: ["district", "ناحية"],
  governorate: ["governorate", "محافظة"],
  country: ["country", "بلد"],
  sea: ["sea area", "منطقة بحرية"],
  unknown: ["not known", "غير معروفة"],
};

const METHOD: Names = {
  gazetteer: ["named in the gazetteer", "اسمه في المعجم الجغرافي"],
  variant: ["another spelling of a name in the gazetteer", "تهجئة أخرى لاسم في المعجم الجغرافي"],
  relative: ["worked out from words such as “near”, a distance or a direction", "استُنتج من كلمات مثل «قرب» أو من مسافة أو اتجاه"],
  parent: ["only the wider place is known", "لا يُعرف إلا المكان الأوسع"],
  geocoder: ["answer of a geocoder", "جواب مرمّز جغرافي"],
  judgement: ["decided by a person", "قرره شخص"],
  given: ["came with the data", "ورد مع البيانات"],
};

const STATUS: Names = {
  unreviewed: ["not reviewed", "لم يُراجع"],
  accepted: ["accepted by a reviewer", "قبله مراجع"],
  edited: ["edited by a reviewer", "عدّله مراجع"],
  rejected: ["rejected by a reviewer", "رفضه مراجع"],
};

const ROLE: Names = {
  primary: ["main subject", "موضوع رئيسي"],
  background: ["mentioned in passing", "ذُكر عرضًا"],
};

const TOLL: Names = {
  "50+": ["50 or more", "50 فأكثر"],
  "10-49": ["10 to 49", "من 10 إلى 49"],
  "5-9": ["5 to 9", "من 5 إلى 9"],
  "1-4": ["1 to 4", "من 1 إلى 4"],
  "0": ["none", "لا أحد"],
  unstated: ["not stated", "غير مذكور"],
};

const ATTENTION: Names = {
  "needs-review": ["Place needs review", "المكان يحتاج إلى مراجعة"],
  conflict: ["Sources differ", "المصادر مختلفة"],
  ambiguous: ["Ambiguous place", "مكان ملتبس"],
  duplicate: ["May be told twice", "ربما ذُكرت مرتين"],
  derived: ["Derived or wide place", "مكان مستنتج أو واسع"],
  unplaced: ["Without a place", "بلا مكان"],
  undated: ["Without a date", "بلا تاريخ"],
};

const RESPONSE: Names = {
  denied: ["denied", "نفى"],
  "acknowledged-strikes": ["acknowledged strikes, not the harm", "أقرّ بالضربات دون الأذى"],
  conceded: ["conceded", "أقرّ"],
  "under-review": ["said to be under review", "قال إنه قيد المراجعة"],
  justified: ["justified", "برّر"],
  "no-comment": ["gave no comment", "امتنع عن التعليق"],
};

const EVENT: Names = {
  unknown: ["not stated", "غير مذكور"],
  airstrike: ["air strike", "غارة جوية"],
  "air-strike": ["air strike", "غارة جوية"],
  "drone-strike": ["drone strike", "ضربة بطائرة مسيّرة"],
  shelling: ["shelling", "قصف مدفعي"],
  "barrel-bombing": ["barrel bombing", "قصف بالبراميل"],
  bombing: ["bombing", "تفجير"],
  shooting: ["shooting", "إطلاق نار"],
  raid: ["raid", "مداهمة"],
  "chemical-attack": ["chemical attack", "هجوم كيميائي"],
  massacre: ["massacre or execution", "مجزرة أو إعدام"],
  attack: ["attack", "هجوم"],
  abduction: ["abduction", "خطف"],
  explosion: ["explosion", "انفجار"],
};

const SITE: Names = {
  hospital: ["hospital", "مستشفى"],
  school: ["school", "مدرسة"],
  mosque: ["mosque", "مسجد"],
  church: ["church", "كنيسة"],
  market: ["market", "سوق"],
  bakery: ["bakery", "مخبز"],
  home: ["home", "منزل"],
  building: ["building", "مبنى"],
  shelter: ["shelter", "مأوى"],
  vehicle: ["vehicle", "مركبة"],
  boat: ["boat", "قارب"],
  farm: ["farm", "مزرعة"],
  factory: ["factory", "مصنع"],
  prison: ["prison", "سجن"],
  station: ["station", "محطة"],
  office: ["office", "مكتب"],
  wedding: ["wedding or funeral", "عرس أو عزاء"],
  camp: ["camp", "مخيم"],
  checkpoint: ["checkpoint", "حاجز"],
  cemetery: ["cemetery", "مقبرة"],
  cafe: ["café or restaurant", "مقهى أو مطعم"],
};

const FLAG: Names = {
  "ambiguous-place": ["the place is ambiguous", "المكان ملتبس"],
  "date-unresolved": ["the date could not be worked out", "تعذّر تحديد التاريخ"],
  "date-conflict": ["sources differ on the date", "المصادر مختلفة في التاريخ"],
  "toll-conflict": ["sources differ on the toll", "المصادر مختلفة في العدد"],
  "total-not-mapped": ["a wider total is set aside", "استُبعد مجموع أوسع"],
  "date-inferred": ["the date is inferred", "التاريخ مستنتج"],
  "derived-point": ["the point is derived", "النقطة مستنتجة"],
  "date-ambiguous": ["the date can be read two ways", "يمكن قراءة التاريخ على وجهين"],
  "possible-duplicate": ["may be the same event as another incident", "قد يكون حدثًا ذُكر في حادثة أخرى"],
  "single-origin": ["all its sources go back to one", "كل مصادره ترجع إلى مصدر واحد"],
  "actor-conflict": ["sources name different actors", "المصادر تسمّي جهات مختلفة"],
  "geocoder-failed": ["the geocoder gave no answer", "لم يُجب المرمّز الجغرافي"],
  "geocoder-refused": ["the geocoder refused to answer", "رفض المرمّز الجغرافي الإجابة"],
  "coordinates-refused": ["coordinates that cannot be used", "إحداثيات لا يمكن استعمالها"],
  "unreviewed-place-withheld": ["a geocoder's place is held back until it is reviewed", "حُجب مكان أعطاه مرمّز جغرافي إلى أن يُراجع"],
  "coordinates-coarsened": ["the point is moved to the middle of a coarse cell", "نُقلت النقطة إلى وسط خلية واسعة"],
  "number-too-large": ["a number too large to be kept", "عدد أكبر من أن يُحفظ"],
};

const ASIDE: Names = {
  cumulative: ["running total", "مجموع تراكمي"],
  period: ["total of a period", "مجموع مدة"],
  area: ["total of an area", "مجموع منطقة"],
  subtotal: ["part of a total", "جزء من مجموع"],
  "strike-count": ["number of strikes", "عدد الضربات"],
  "munition-count": ["number of munitions", "عدد الذخائر"],
  "force-size": ["size of a force", "حجم قوة"],
  exposed: ["people exposed", "معرّضون للخطر"],
  age: ["age", "عمر"],
  distance: ["distance", "مسافة"],
  ratio: ["ratio", "نسبة"],
  population: ["population", "عدد سكان"],
  duration: ["duration", "مدة"],
  money: ["money", "مال"],
  boilerplate: ["not part of the report", "ليس من البلاغ"],
  history: ["history", "تاريخ"],
  metonym: ["a government, not a place", "حكومة لا مكان"],
  person: ["a person, not a place", "شخص لا مكان"],
  unlocated: ["event without a place", "حدث بلا مكان"],
  fighters: ["fighters, not civilians", "مقاتلون لا مدنيون"],
  "no-act": ["no act of violence", "ليس فعل عنف"],
  other: ["other", "أخرى"],
};

const GROUPS: Record<string, Names> = {
  precision: PRECISION,
  method: METHOD,
  status: STATUS,
  role: ROLE,
  toll: TOLL,
  attention: ATTENTION,
  response: RESPONSE,
  event_type: EVENT,
  sites: SITE,
  flag: FLAG,
  aside: ASIDE,
};

/** Phrases that the data has in English as people say them; the Arabic page translates those it knows. */
const SAID: Record<string, Readonly<Record<string, string>>> = { actors: ACTORS, reason: REASONS, whom: WHOM };

/** The name of a coded value; a value that is not known is shown as it is written. */
export function valueName(group: string, value: string, language: "en" | "ar"): string {
  const said = language === "ar" ? SAID[group] : undefined;
  if (said && Object.hasOwn(said, value)) return said[value] as string;
  const names = GROUPS[group];
  const key = value.replaceAll(" ", "-");
  const pair = names && Object.hasOwn(names, value) ? names[value] : names && Object.hasOwn(names, key) ? names[key] : undefined;
  return pair ? pair[language === "ar" ? 1 : 0] : value;
}
