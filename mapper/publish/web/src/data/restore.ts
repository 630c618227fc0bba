/** Undoes the packing of one chunk: what the index holds, and what follows from the rest, is put back. */

import { rowOf, type Table } from "./blocks";
import { NONE, type Candidate, type Claim, type CodedName, type Feature, type Index, type ListName, type NumberName, type PlaceName, type Properties, type Source } from "./model";
import { isoDay } from "./query";

export interface WrittenChunk {
  features: {
    cited: number[][];
    claims: number[];
    extra: (Record<string, unknown> | null)[];
    responses: string[][];
    date_text: string[];
    score: number[];
    candidates: Candidate[][];
  };
  sources: Table;
  claims: {
    id: (string | 0)[];
    source: (string | number)[];
    reporters: string[][];
    quote: string[];
    start: number[];
    end: (number | null)[];
    /** The row of `said` that each claim has. */
    said: number[];
  };
  said: Said[];
}

/** What many claims say alike: kind, value, operator, rule and detail. */
export type Said = [string, NonNullable<Claim["value"]> | Record<string, never> | null, string | null, string, Record<string, unknown>];

/** The features of a chunk; `first` is the number of its first incident. */
export function restore(written: WrittenChunk, index: Index, first: number): Feature[] {
  const sources = Array.from({ length: written.sources.length }, (_, i) => restoreSource(rowOf(written.sources, i)));
  const claims = restoreClaims(written, sources);
  let claim = 0;
  return written.features.claims.map((count, row) => {
    const place = index.place[first + row] as number;
    const properties = restoreProperties(written.features, row, index, first + row);
    properties.sources = (written.features.cited[row] as number[]).map((number) => sources[number] as Source);
    properties.claims = claims.slice(claim, claim + count);
    claim += count;
    return {
      type: "Feature",
      id: index.id[first + row] as string,
      geometry:
        place < 0
          ? null
          : {
              type: "Point",
              coordinates: [index.places.longitude[place] as number, index.places.latitude[place] as number],
            },
      properties,
    };
  });
}

function restoreProperties(written: WrittenChunk["features"], row: number, index: Index, i: number): Properties {
  const coded = (name: CodedName) => index.coded[name].names[index.coded[name].codes[i] as number] ?? "";
  const number = (name: NumberName) => {
    const value = index.numbers[name][i] as number;
    return value === NONE ? null : value;
  };
  const list = (name: ListName) => {
    const { names, codes, offsets } = index.lists[name];
    return [...codes.subarray(offsets[i], offsets[i + 1])].map((code) => names[code] as string);
  };
  const day = (column: Int32Array) => (column[i] === NONE ? "" : isoDay(column[i] as number));
  const place = index.place[i] as number;
  const { places } = index;
  const usual: PlaceName =
    place < 0
      ? ["", "", "", ""]
      : [places.name[place] as string, places.id[place] as string, places.admin1[place] as string, places.country[place] as string];
  const [name, id, admin1, country] = index.called.get(i) ?? usual;
  return {
    title: index.title[i] as string,
    role: coded("role"),
    status: coded("status"),
    event_type: coded("event_type"),
    actors: list("actors"),
    sites: list("sites"),
    responses: written.responses[row] ?? [],
    date_edtf: coded("date_edtf"),
    date_start: day(index.start),
    date_end: day(index.end),
    date_text: written.date_text[row] ?? "",
    place_as_written: coded("place_as_written"),
    place_name: name,
    place_id: id,
    admin1,
    country,
    precision: coded("precision"),
    uncertainty_m: number("uncertainty_m"),
    method: coded("method"),
    score: written.score[row] ?? 0,
    needs_review: index.review[i] === 1,
    candidates: written.candidates[row] ?? [],
    killed_min: number("killed_min"),
    killed_max: number("killed_max"),
    injured_min: number("injured_min"),
    injured_max: number("injured_max"),
    women_killed_min: number("women_killed_min"),
    women_killed_max: number("women_killed_max"),
    children_killed_min: number("children_killed_min"),
    children_killed_max: number("children_killed_max"),
    sources: [],
    claims: [],
    flags: list("flags"),
    ...written.extra[row],
  };
}

/** A file that is called as its article is was left out. */
function restoreSource(row: Record<string, unknown>): Source {
  return (row["file"] === 0 ? { ...row, file: `${String(row["id"])}.txt` } : row) as unknown as Source;
}

function restoreClaims({ claims: written, said }: WrittenChunk, sources: Source[]): Claim[] {
  let start = 0;
  return written.quote.map((quote, at) => {
    const named = written.source[at];
    const source = typeof named === "number" ? (sources[named] as Source).id : (named ?? "");
    const [kind, value, op, rule, detail] = said[written.said[at] as number] as Said;
    start += written.start[at] ?? 0;
    // Offsets count characters, not the halves of which JavaScript makes some of them.
    const end = written.end[at] ?? start + [...quote].length;
    return {
      id: written.id[at] || `${source}/${kind}/${start}-${end}`,
      source,
      kind,
      value: typeof value === "object" && value !== null ? quote : value,
      op,
      reporters: written.reporters[at] ?? [],
      quote,
      start,
      end,
      rule,
      detail,
    };
  });
}
