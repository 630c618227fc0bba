/** A small index for tests. */

import { toIndex, type WrittenIndex } from "../src/data/index";
import type { Index } from "../src/data/model";

export interface Row {
  id: string;
  place?: number;
  start?: number | null;
  end?: number | null;
  killed?: [number | null, number | null];
  type?: string;
  actors?: string[];
  method?: string;
  precision?: string;
  review?: boolean;
  flags?: string[];
}

export function sampleIndex(rows: Row[], places: [number, number, string][]): Index {
  const coded = (pick: (row: Row) => string) => {
    const names = [...new Set(rows.map(pick))];
    return { names, codes: rows.map((row) => names.indexOf(pick(row))) };
  };
  const lists = (pick: (row: Row) => string[]) => {
    const names = [...new Set(rows.flatMap(pick))];
    return { names, sets: rows.map((row) => pick(row).map((name) => names.indexOf(name))), codes: rows.map((_, i) => i) };
  };
  const none = rows.map(() => null);
  const written: WrittenIndex = {
    place: rows.map(({ place }) => place ?? -1),
    start: rows.map(({ start }) => start ?? null),
    lasts: rows.map(({ start, end }) => (end == null ? (start == null ? null : 0) : end - (start ?? 0))),
    needs_review: rows.map(({ review }) => (review ? 1 : 0)),
    source_count: rows.map(() => 1),
    coded: {
      role: coded(() => "primary"),
      status: coded(() => "unreviewed"),
      event_type: coded((row) => row.type ?? "unknown"),
      precision: coded((row) => row.precision ?? "village"),
      method: coded((row) => row.method ?? "gazetteer"),
      date_edtf: coded(() => ""),
      place_as_written: coded(() => "the hill"),
    },
    numbers: {
      uncertainty_m: rows.map(() => 3000),
      killed_min: rows.map(({ killed }) => killed?.[0] ?? null),
      killed_max: rows.map(({ killed }) => killed?.[1] ?? null),
      injured_min: none,
      injured_max: none,
      women_killed_min: none,
      women_killed_max: none,
      children_killed_min: none,
      children_killed_max: none,
    },
    lists: {
      actors: lists((row) => row.actors ?? []),
      flags: lists((row) => row.flags ?? []),
      sites: lists(() => []),
      publishers: lists(() => ["Hill Post"]),
    },
    places: {
      longitude: places.map(([longitude]) => longitude),
      latitude: places.map(([, latitude]) => latitude),
      name: places.map(([, , name]) => name),
      id: places.map((_, i) => `p${i}`),
      admin1: places.map(() => "Hills"),
      country: places.map(() => "SY"),
      aliases: places.map(() => []),
    },
    called: { step: [], code: [], names: [] },
  };
  const names = { id: rows.map(({ id }) => id), title: rows.map(({ id }) => `Report ${id}`) };
  return toIndex(names, written);
}
