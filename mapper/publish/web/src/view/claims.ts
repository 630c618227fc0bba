/** What claims say, sorted for people: by kind, by source, and where they disagree. */

import type { Claim, Feature, Source } from "../data/model";
import { NONE } from "../data/model";
import type { Language } from "../text/language";
import { claimRange, rangeOf, type Range } from "../text/toll";

export function detailOf(claim: Claim, key: string): unknown {
  return claim.detail?.[key] ?? (claim as Record<string, unknown>)[key];
}

/** "killed" or "injured": what a toll counts; and of whom. */
export function tollOf(claim: Claim): { group: string; of: string } {
  const group = detailOf(claim, "group");
  const of = detailOf(claim, "of");
  return { group: typeof group === "string" ? group : "killed", of: typeof of === "string" ? of : "" };
}

export function rangeOfClaim(claim: Claim): Range {
  return claimRange({
    value: claim.value,
    op: claim.op ?? null,
    detail: { minimum: detailOf(claim, "minimum"), maximum: detailOf(claim, "maximum") },
  });
}

/** What a claim states, in words of the interface. */
export function claimText(claim: Claim, language: Language): string {
  if (claim.kind === "toll") {
    const { group, of } = tollOf(claim);
    const whom = of && language.value("whom", of);
    const what = language.say(group === "injured" ? "injured" : "killed");
    return `${what}: ${language.range(rangeOfClaim(claim))}${whom ? ` (${whom})` : ""}`;
  }
  const value = claim.value === null || claim.value === undefined ? "" : String(claim.value);
  switch (claim.kind) {
    case "date": {
      const [start, end] = [detailOf(claim, "start"), detailOf(claim, "end")];
      const words = typeof start === "string" && start ? language.dates(start, typeof end === "string" ? end : start) : value;
      return `${language.say("date")}: ${words || language.say("undatedOne")}`;
    }
    case "place":
      return `${language.say("place")}: ${value}`;
    case "actor":
      return `${language.say("actor")}: ${language.value("actors", value)}`;
    case "site":
      return `${language.say("site")}: ${language.value("sites", value)}`;
    case "response":
      return `${language.say("response")}: ${language.value("response", value)}`;
    default:
      return value;
  }
}

/** Which end of a range a claim sets, if it sets one. */
export function endsSet(claim: Claim, whole: Range): "setsMin" | "setsMax" | "setsBoth" | null {
  const range = rangeOfClaim(claim);
  const low = whole.min !== null && range.min === whole.min;
  const high = whole.max !== null && range.max === whole.max;
  if (low && high) return "setsBoth";
  return low ? "setsMin" : high ? "setsMax" : null;
}

/** The range of the incident that a toll claim belongs to. */
export function wholeRange(feature: Feature, claim: Claim): Range {
  const { group, of } = tollOf(claim);
  const prefix = of === "women" || of === "children" ? `${of}_killed` : group === "injured" ? "injured" : "killed";
  const end = (name: string): number => {
    const value = feature.properties[`${prefix}_${name}`];
    return typeof value === "number" ? value : NONE;
  };
  return rangeOf(end("min"), end("max"));
}

export interface Side {
  text: string;
  sources: Source[];
}

/** For each thing that sources put differently: the versions, each with who gives it. */
export function conflicts(feature: Feature, language: Language): { title: string; sides: Side[] }[] {
  const { claims, sources } = feature.properties;
  const about = new Map<string, Map<string, Set<string>>>();
  for (const claim of claims) {
    const topic = topicOf(claim, language);
    if (!topic) continue;
    const text = claim.kind === "toll" ? language.range(rangeOfClaim(claim)) : claimText(claim, language).replace(/^[^:]*: /u, "");
    const versions = about.get(topic) ?? new Map<string, Set<string>>();
    about.set(topic, versions);
    const holders = versions.get(text) ?? new Set<string>();
    versions.set(text, holders.add(claim.source ?? ""));
  }
  return [...about]
    .filter(([, versions]) => versions.size > 1)
    .map(([title, versions]) => ({
      title,
      sides: [...versions].map(([text, holders]) => ({ text, sources: sources.filter(({ id }) => holders.has(id)) })),
    }));
}

function topicOf(claim: Claim, language: Language): string | null {
  if (claim.kind === "date") return language.say("date");
  if (claim.kind !== "toll") return null;
  const { group, of } = tollOf(claim);
  const whom = of && language.value("whom", of);
  return language.say(group === "injured" ? "injured" : "killed") + (whom ? ` (${whom})` : "");
}
