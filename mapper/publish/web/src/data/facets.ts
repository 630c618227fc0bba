/** The things incidents can be narrowed down by, and which values each incident has. */

import { NONE, type Index } from "./model";

export const FACETS = [
  "event_type",
  "actors",
  "sites",
  "toll",
  "publishers",
  "precision",
  "attention",
  "status",
  "role",
] as const;
export type FacetName = (typeof FACETS)[number];

export const TOLLS = ["50+", "10-49", "5-9", "1-4", "0", "unstated"] as const;
export const ATTENTION = ["needs-review", "conflict", "ambiguous", "derived", "unplaced", "undated", "duplicate"] as const;

/** Values of one facet: those of incident i are codes[offsets[i] .. offsets[i + 1]]. */
export interface Facet {
  name: FacetName;
  values: readonly string[];
  offsets: Uint32Array;
  codes: Uint32Array;
}

export const DERIVED_PRECISION = new Set(["near", "part_of", "sea", "district", "governorate", "country", "unknown"]);
export const DERIVED_METHOD = new Set(["relative", "parent"]);

export function buildFacets(index: Index): Facet[] {
  return FACETS.map((name): Facet => {
    switch (name) {
      case "actors":
      case "sites":
      case "publishers": {
        const list = index.lists[name];
        return { name, values: list.names, offsets: list.offsets, codes: list.codes };
      }
      case "toll":
        return oneEach(name, TOLLS, tollBins(index));
      case "attention":
        return attention(index);
      default: {
        const column = index.coded[name];
        return oneEach(name, column.names, column.codes);
      }
    }
  });
}

function oneEach(name: FacetName, values: readonly string[], codes: Uint32Array): Facet {
  const offsets = new Uint32Array(codes.length + 1);
  for (let i = 0; i <= codes.length; i += 1) offsets[i] = i;
  return { name, values, offsets, codes };
}

/** The bin of a toll goes by its lower end, or by its upper one where only that is stated. */
export function tollBin(min: number, max: number): (typeof TOLLS)[number] {
  const count = min === NONE ? max : min;
  if (count === NONE) return "unstated";
  if (count === 0) return "0";
  if (count < 5) return "1-4";
  if (count < 10) return "5-9";
  return count < 50 ? "10-49" : "50+";
}

function tollBins(index: Index): Uint32Array {
  const { killed_min: low, killed_max: high } = index.numbers;
  const bins = new Uint32Array(index.count);
  for (let i = 0; i < index.count; i += 1) bins[i] = TOLLS.indexOf(tollBin(low[i] as number, high[i] as number));
  return bins;
}

function attention(index: Index): Facet {
  const { flags } = index.lists;
  const conflict = flags.names.map((flag) => flag.includes("conflict"));
  const ambiguous = flags.names.map((flag) => flag.includes("ambiguous"));
  const duplicate = flags.names.indexOf("possible-duplicate");
  const offsets = new Uint32Array(index.count + 1);
  const codes: number[] = [];
  for (let i = 0; i < index.count; i += 1) {
    const mine = flags.codes.subarray(flags.offsets[i], flags.offsets[i + 1]);
    if (index.review[i]) codes.push(0);
    if (mine.some((flag) => conflict[flag])) codes.push(1);
    if (mine.some((flag) => ambiguous[flag])) codes.push(2);
    if (isDerived(index, i)) codes.push(3);
    if ((index.place[i] as number) < 0) codes.push(4);
    if (index.start[i] === NONE) codes.push(5);
    if (duplicate >= 0 && mine.includes(duplicate)) codes.push(6);
    offsets[i + 1] = codes.length;
  }
  return { name: "attention", values: ATTENTION, offsets, codes: Uint32Array.from(codes) };
}

/** True where the point does not stand for the named place itself. */
export function isDerived(index: Index, i: number): boolean {
  if ((index.place[i] as number) < 0) return false;
  const { precision, method } = index.coded;
  return (
    DERIVED_PRECISION.has(precision.names[precision.codes[i] as number] ?? "") ||
    DERIVED_METHOD.has(method.names[method.codes[i] as number] ?? "")
  );
}

/** True for an answer of the fallback geocoder that nobody has reviewed. */
export function isHollow(index: Index, i: number): boolean {
  const { method } = index.coded;
  return method.names[method.codes[i] as number] === "geocoder" && index.review[i] === 1;
}
