import { describe, expect, it } from "vitest";
import { arabic } from "../src/text/arabic";
import { english } from "../src/text/english";
import { fold, skeleton } from "../src/text/fold";
import { Language } from "../src/text/language";
import { arabicTitle } from "../src/text/titles";
import { claimRange, rangeShort, sumToRange } from "../src/text/toll";

describe("names in any spelling", () => {
  it("folds marks, apostrophes and letters that look alike", () => {
    expect(fold("Al-Sha’afa")).toBe("al shaafa");
    expect(fold("Tall Rifʿat")).toBe("tall rifat");
    expect(fold("الشَّعفة")).toBe(fold("الشعفه"));
    expect(fold("أبو")).toBe(fold("ابو"));
  });
  it("hears the same name in Latin and Arabic letters", () => {
    expect(skeleton("الشعفة")).toBe(skeleton("al-Sha'afa"));
    expect(skeleton("Hajeen")).toBe(skeleton("Hajin"));
    expect(skeleton("Mansoura")).not.toBe(skeleton("Hajin"));
  });
});

describe("counts as ranges", () => {
  const language = new Language("en");
  it("keeps open ends open", () => {
    expect(language.range({ min: 13, max: null })).toBe("at least 13");
    expect(language.range({ min: null, max: 15 })).toBe("up to 15");
    expect(language.range({ min: 42, max: 55 })).toBe("42–55");
    expect(language.range({ min: 3, max: 3 })).toBe("3");
    expect(language.range({ min: null, max: null })).toBe("not stated");
    expect(rangeShort({ min: 13, max: null }, String)).toBe("≥13");
  });
  it("reads a claim from its comparator when no range is given", () => {
    expect(claimRange({ value: 40, op: ">" })).toEqual({ min: 41, max: null });
    expect(claimRange({ value: 15, op: "<=" })).toEqual({ min: null, max: 15 });
    expect(claimRange({ value: 24, op: "word" })).toEqual({ min: 24, max: null });
    expect(claimRange({ value: 5, op: "=", detail: { minimum: 5, maximum: 9 } })).toEqual({ min: 5, max: 9 });
  });
  it("does not turn “not stated” into zero", () => {
    expect(sumToRange({ min: 0, max: 0, open: 0, stated: 0 })).toEqual({ min: null, max: null });
    expect(sumToRange({ min: 3, max: 9, open: 1, stated: 2 })).toEqual({ min: 3, max: null });
  });
});

describe("two languages", () => {
  it("says everything in both, with the same blanks", () => {
    expect(Object.keys(arabic).sort()).toEqual(Object.keys(english).sort());
    const blanks = (text: string) => (text.match(/\{\w+\}/gu) ?? []).sort();
    for (const [key, text] of Object.entries(english)) {
      expect(blanks(arabic[key as keyof typeof arabic]), key).toEqual(blanks(text));
    }
  });
  it("writes days, months, years and runs of days", () => {
    const language = new Language("en");
    expect(language.dates("2018-02-03", "2018-02-03")).toBe("3 February 2018");
    expect(language.dates("2017-11-01", "2017-11-30")).toContain("2017");
    expect(language.dates("2017-11-01", "2017-11-30")).not.toContain("30");
    expect(language.dates("2017-01-01", "2017-12-31")).toBe("2017");
    expect(language.dates("", "")).toBe("Date not known");
    expect(language.dates("2018-02-30", "")).toBe("Date not known");
  });
  it("shows a code that it does not know as it is written", () => {
    expect(new Language("en").value("method", "constructor")).toBe("constructor");
    expect(new Language("en").say("more", { n: "{n}" })).toBe("Show {n} more");
  });
});

describe("titles", () => {
  const none = { min: null, max: null };
  const told = { event: "air strike", killed: { min: 3, max: 5 }, injured: { min: 1200, max: null } };
  it("says a title of our making in Arabic, the name kept apart", () => {
    const title = "Air strike reported near Tell Example: 3 to 5 killed, at least 1,200 injured";
    expect(arabicTitle({ ...told, title })).toBe(
      "بلاغ عن غارة جوية قرب \u2068Tell Example\u2069: القتلى من 3 إلى 5، الجرحى 1,200 على الأقل",
    );
    expect(arabicTitle({ title: "Incident reported", event: "unknown", killed: none, injured: none })).toBe("بلاغ عن حادثة");
    const apart = arabicTitle({ title: "Raid reported, a farm by the river: up to 4 killed", event: "raid", killed: { min: null, max: 4 }, injured: none });
    expect(apart).toBe("بلاغ عن مداهمة في \u2068a farm by the river\u2069: القتلى 4 على الأكثر");
  });
  it("leaves alone what somebody wrote, and what says other numbers than its incident", () => {
    for (const title of ["Night of fire", "Air strike reported near Tell Example: 9 killed", "Air strike reportedly near X", "Air strike reported"]) {
      expect(arabicTitle({ ...told, title })).toBeNull();
    }
  });
});

describe("phrases of the reader", () => {
  it("are Arabic on the Arabic page, and as they are where they are not known", () => {
    const [english_, arabic_] = [new Language("en"), new Language("ar")];
    expect(arabic_.value("reason", "a distance")).toBe("مسافة");
    expect(english_.value("reason", "a distance")).toBe("a distance");
    expect(arabic_.value("actors", "toString")).toBe("toString");
    expect(arabic_.value("whom", "journalists")).toBe("صحفيون");
  });
});
