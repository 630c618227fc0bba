/** Words, numbers and dates in the language of the interface. */

import { arabic } from "./arabic";
import { english, type WordKey, type Words } from "./english";
import { rangeText, type Range } from "./toll";
import { valueName } from "./values";

export type LanguageCode = "en" | "ar";

const ALL: Record<LanguageCode, Words> = { en: english, ar: arabic };

export class Language {
  readonly direction: "ltr" | "rtl";
  private readonly words: Words;
  private readonly numbers: Intl.NumberFormat;
  private readonly locale: string;
  // Made when first needed: each takes milliseconds, and a page that opens needs few of them.
  private days: Intl.DateTimeFormat | null = null;
  private months: Intl.DateTimeFormat | null = null;
  private regions: Intl.DisplayNames | null = null;

  constructor(readonly code: LanguageCode) {
    this.locale = code === "ar" ? "ar-u-nu-latn" : "en-GB";
    this.direction = code === "ar" ? "rtl" : "ltr";
    this.words = ALL[code];
    this.numbers = new Intl.NumberFormat(this.locale);
  }

  private get day(): Intl.DateTimeFormat {
    return (this.days ??= new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }));
  }

  private get month(): Intl.DateTimeFormat {
    return (this.months ??= new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", month: "short", year: "numeric" }));
  }

  /** A phrase of the interface, its {places} filled in. */
  say(key: WordKey, values: Record<string, string | number> = {}): string {
    return this.words[key].replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ""));
  }

  /** What stands between the parts of a list. */
  get comma(): string {
    return this.code === "ar" ? "، " : ", ";
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  value(group: string, value: string): string {
    return value === "" ? this.say("noneGiven") : valueName(group, value, this.code);
  }

  range(range: Range): string {
    const { words } = this;
    const put = (text: string, values: Record<string, string>) =>
      text.replace(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? "");
    return rangeText(
      range,
      {
        none: words.notStated,
        exact: (n) => n,
        between: (a, b) => put(words.range, { a, b }),
        atLeast: (n) => put(words.atLeast, { n }),
        upTo: (n) => put(words.upTo, { n }),
      },
      (n) => this.number(n),
    );
  }

  /** A day or a run of days (ISO, both inclusive). A whole month or year is named as such. */
  dates(start: string, end: string): string {
    if (!isDay(start)) return this.say("undatedOne");
    const [first, last] = [asDate(start), asDate(isDay(end) ? end : start)];
    if (first.getTime() === last.getTime()) return this.day.format(first);
    if (start.endsWith("-01-01") && end === `${start.slice(0, 4)}-12-31`) return start.slice(0, 4);
    const next = new Date(last.getTime() + 86_400_000);
    if (start.endsWith("-01") && next.getUTCDate() === 1 && start.slice(0, 7) === end.slice(0, 7)) {
      return this.month.format(first);
    }
    if (last < first) return `${this.day.format(first)} / ${this.day.format(last)}`;
    return this.day.formatRange(first, last);
  }

  monthOf(day: number): string {
    return this.month.format(new Date(day * 86_400_000));
  }

  dayNumber(day: number): string {
    return this.day.format(new Date(day * 86_400_000));
  }

  distance(metres: number): string {
    if (metres < 1000) return `${this.number(Math.round(metres))} ${this.code === "ar" ? "م" : "m"}`;
    const km = metres / 1000;
    return `${this.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))} ${this.code === "ar" ? "كم" : "km"}`;
  }

  country(code: string): string {
    this.regions ??= new Intl.DisplayNames(this.locale, { type: "region", fallback: "code" });
    return /^[A-Z]{2}$/u.test(code) ? (this.regions.of(code) ?? code) : code;
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return false;
  const day = asDate(text);
  // Some browsers take the 30th of February for the 2nd of March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function asDate(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}
