/** Decides which incidents are shown, and counts what each further choice would show. */

import type { Facet, FacetName } from "./facets";
import { NONE, type Index } from "./model";
import type { Query } from "./query";

export interface Selection {
  /** 1 for each incident that is shown. */
  shown: Uint8Array;
  count: number;
  placed: number;
  /** For each facet and value: how many would be shown if only this facet were left open. */
  counts: Map<FacetName, Uint32Array>;
  /** For each bin of the timeline: how many pass everything but the dates. */
  histogram: Uint32Array;
  undated: number;
}

export interface Bins {
  /** First day of each bin, and one more for the end of the last. */
  edges: number[];
  /** The bin of each incident, -1 for one without a date. */
  of: Int16Array;
}

/** Filters by facets, dates and search hits (`hits` is null when nothing is searched for). */
export function select(index: Index, facets: Facet[], bins: Bins, query: Query, hits: Uint8Array | null): Selection {
  const shown = new Uint8Array(index.count);
  const histogram = new Uint32Array(Math.max(0, bins.edges.length - 1));
  const counts = new Map(facets.map((facet) => [facet.name, new Uint32Array(facet.values.length)]));
  const tallies = facets.map((facet) => counts.get(facet.name) as Uint32Array);
  const allowed = facets.map((facet) => allowedCodes(facet, query.facets[facet.name]));
  const dated = query.from !== null || query.to !== null;
  const [from, to] = [query.from ?? NONE + 1, query.to ?? 2 ** 31 - 1];
  const DATE = facets.length;
  let [count, placed, undated] = [0, 0, 0];
  for (let i = 0; i < index.count; i += 1) {
    if (hits && !hits[i]) continue;
    let failed = -1;
    let failures = 0;
    const start = index.start[i] as number;
    const inTime = start === NONE ? query.undated : !dated || (start <= to && (index.end[i] as number) >= from);
    if (!inTime) {
      failed = DATE;
      failures = 1;
    }
    for (let f = 0; f < facets.length && failures < 2; f += 1) {
      const open = allowed[f];
      if (open && !hasAllowed(facets[f] as Facet, i, open)) {
        failed = f;
        failures += 1;
      }
    }
    if (failures > 1) continue;
    if (failures === 0) {
      shown[i] = 1;
      count += 1;
      if ((index.place[i] as number) >= 0) placed += 1;
      for (let f = 0; f < facets.length; f += 1) tally(facets[f] as Facet, i, tallies[f] as Uint32Array);
    } else if (failed !== DATE) {
      tally(facets[failed] as Facet, i, tallies[failed] as Uint32Array);
    }
    if (failures === 0 || failed === DATE) {
      const bin = bins.of[i] as number;
      if (bin >= 0) histogram[bin] = (histogram[bin] as number) + 1;
      else undated += 1;
    }
  }
  return { shown, count, placed, counts, histogram, undated };
}

function allowedCodes(facet: Facet, wanted: readonly string[] | undefined): Uint8Array | null {
  if (!wanted || wanted.length === 0) return null;
  const open = new Uint8Array(facet.values.length);
  const names = new Set(wanted);
  facet.values.forEach((value, code) => {
    if (names.has(value)) open[code] = 1;
  });
  return open;
}

function hasAllowed(facet: Facet, i: number, open: Uint8Array): boolean {
  const end = facet.offsets[i + 1] as number;
  for (let at = facet.offsets[i] as number; at < end; at += 1) if (open[facet.codes[at] as number]) return true;
  return false;
}

function tally(facet: Facet, i: number, counts: Uint32Array): void {
  const end = facet.offsets[i + 1] as number;
  for (let at = facet.offsets[i] as number; at < end; at += 1) {
    const code = facet.codes[at] as number;
    counts[code] = (counts[code] as number) + 1;
  }
}

const STEPS: [unit: "day" | "month", size: number][] = [
  ["day", 1],
  ["day", 7],
  ["month", 1],
  ["month", 3],
  ["month", 12],
  ["month", 60],
  ["month", 120],
];
const MOST_BINS = 110;

/** Cuts the whole time into at most 110 bins of days, weeks, months, quarters, years or more. */
export function buildBins(index: Index): Bins {
  let [first, last] = [Infinity, -Infinity];
  for (const day of index.start) if (day !== NONE) [first, last] = [Math.min(first, day), Math.max(last, day)];
  const of = new Int16Array(index.count).fill(-1);
  if (first === Infinity) return { edges: [], of };
  const edges = edgesOf(first, last);
  for (let i = 0; i < index.count; i += 1) {
    const day = index.start[i] as number;
    if (day !== NONE) of[i] = binOf(edges, day);
  }
  return { edges, of };
}

function edgesOf(first: number, last: number): number[] {
  for (const [unit, size] of STEPS) {
    const edges = unit === "day" ? dayEdges(first, last, size) : monthEdges(first, last, size);
    if (edges.length - 1 <= MOST_BINS) return edges;
  }
  const size = Math.ceil((last - first + 1) / MOST_BINS);
  return dayEdges(first, last, size);
}

function dayEdges(first: number, last: number, size: number): number[] {
  const count = Math.floor((last - first) / size) + 1;
  return Array.from({ length: Math.min(count, 10_000) + 1 }, (_, k) => first + k * size);
}

function monthEdges(first: number, last: number, size: number): number[] {
  const day = (month: number) => Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000);
  const start = new Date(first * 86_400_000);
  const months = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const edges: number[] = [];
  for (let month = months - (((months % size) + size) % size); edges.length < 10_000; month += size) {
    edges.push(day(month));
    if (day(month) > last) break;
  }
  return edges;
}

export function binOf(edges: number[], day: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] as number) <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
