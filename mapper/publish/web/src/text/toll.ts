/** Counts as ranges: an end that nobody stated stays open. */

import { NONE } from "../data/model";

export interface Range {
  min: number | null;
  max: number | null;
}

export function rangeOf(min: number, max: number): Range {
  return { min: min === NONE ? null : min, max: max === NONE ? null : max };
}

export type RangePhrases = {
  none: string;
  exact: (n: string) => string;
  between: (a: string, b: string) => string;
  atLeast: (n: string) => string;
  upTo: (n: string) => string;
};

/** A range in words. */
export function rangeText({ min, max }: Range, words: RangePhrases, number: (n: number) => string): string {
  if (min === null && max === null) return words.none;
  if (min === null) return words.upTo(number(max as number));
  if (max === null) return words.atLeast(number(min));
  return min === max ? words.exact(number(min)) : words.between(number(min), number(max));
}

/** A range in as few characters as a marker has room for. */
export function rangeShort({ min, max }: Range, number: (n: number) => string): string {
  if (min === null && max === null) return "";
  if (min === null) return `≤${number(max as number)}`;
  if (max === null) return `≥${number(min)}`;
  return min === max ? number(min) : `${number(min)}–${number(max)}`;
}

/** Sum of several ranges: `stated` of `count` gave a number, and `open` of those no upper end. */
export interface RangeSum {
  min: number;
  max: number;
  open: number;
  stated: number;
}

export function sumToRange(sum: RangeSum): Range {
  if (sum.stated === 0) return { min: null, max: null };
  return { min: sum.min, max: sum.open > 0 ? null : sum.max };
}

/** The range that one claim states, from its detail or from value and comparator. */
export function claimRange(claim: {
  value?: unknown;
  op?: string | null;
  detail?: Record<string, unknown> | null;
}): Range {
  const minimum = claim.detail?.["minimum"];
  const maximum = claim.detail?.["maximum"];
  if (typeof minimum === "number" || typeof maximum === "number") {
    return {
      min: typeof minimum === "number" ? minimum : null,
      max: typeof maximum === "number" ? maximum : null,
    };
  }
  const value = typeof claim.value === "number" ? claim.value : null;
  if (value === null) return { min: null, max: null };
  switch (claim.op) {
    case ">=":
    case "word":
      return { min: value, max: null };
    case ">":
      return { min: value + 1, max: null };
    case "<=":
      return { min: null, max: value };
    case "<":
      return { min: null, max: value - 1 };
    default:
      return { min: value, max: value };
  }
}
