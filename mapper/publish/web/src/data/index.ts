/** Turns the written index into typed columns. */

import { NONE, type CodeLists, type Coded, type CodedName, type Index, type ListName, type NumberName, type PlaceName } from "./model";

interface WrittenCoded {
  names: string[];
  codes: number[];
}
interface WrittenLists extends WrittenCoded {
  sets: number[][];
}
export interface WrittenNames {
  id: string[];
  title: string[];
}
export interface WrittenIndex {
  place: number[];
  start: (number | null)[];
  /** Days from the first to the last; days since 1970 where only the last is known. */
  lasts: (number | null)[];
  needs_review: number[];
  source_count: number[];
  coded: Record<CodedName, WrittenCoded>;
  numbers: Record<NumberName, (number | null)[]>;
  lists: Record<ListName, WrittenLists>;
  places: {
    longitude: number[];
    latitude: number[];
    name: string[];
    id: string[];
    admin1: string[];
    country: string[];
    aliases: string[][];
  };
  called: { step: number[]; code: number[]; names: PlaceName[] };
}

export function toIndex({ id, title }: WrittenNames, written: WrittenIndex): Index {
  const { places } = written;
  const start = optional(written.start);
  const byId = new Map<string, number>();
  id.forEach((name, i) => byId.set(name, i));
  return {
    count: id.length,
    id,
    title,
    place: Int32Array.from(written.place),
    start,
    end: optional(written.lasts).map((lasts, i) => (lasts === NONE || start[i] === NONE ? lasts : lasts + (start[i] as number))),
    review: Uint8Array.from(written.needs_review),
    sourceCount: Uint16Array.from(written.source_count),
    coded: mapValues(written.coded, coded),
    numbers: mapValues(written.numbers, optional),
    lists: mapValues(written.lists, lists),
    places: {
      ...places,
      count: places.name.length,
      longitude: Float64Array.from(places.longitude),
      latitude: Float64Array.from(places.latitude),
    },
    byId,
    called: called(written.called),
  };
}

function called({ step, code, names }: WrittenIndex["called"]): Map<number, PlaceName> {
  let at = 0;
  return new Map(step.map((by, i) => [(at += by), names[code[i] as number] as PlaceName]));
}

function mapValues<K extends string, A, B>(record: Record<K, A>, change: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value as A)])) as Record<K, B>;
}

function optional(values: (number | null)[]): Int32Array {
  const column = new Int32Array(values.length);
  for (let i = 0; i < values.length; i += 1) column[i] = values[i] ?? NONE;
  return column;
}

function coded(column: WrittenCoded): Coded {
  return { names: column.names, codes: Uint32Array.from(column.codes) };
}

/** Each incident has one of the sets of values; here they are laid out one after the other. */
function lists(column: WrittenLists): CodeLists {
  const offsets = new Uint32Array(column.codes.length + 1);
  column.codes.forEach((set, i) => {
    offsets[i + 1] = (offsets[i] as number) + (column.sets[set] as number[]).length;
  });
  const codes = new Uint32Array(offsets[column.codes.length] as number);
  column.codes.forEach((set, i) => codes.set(column.sets[set] as number[], offsets[i]));
  return { names: column.names, offsets, codes };
}
