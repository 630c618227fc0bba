/** What the page knows: the index that it always holds, and the evidence that it fetches. */

export const NONE = -2147483648;

export interface Coded {
  names: string[];
  codes: Uint32Array;
}

/** Several values for each incident: those of incident i are codes[offsets[i] .. offsets[i + 1]]. */
export interface CodeLists {
  names: string[];
  offsets: Uint32Array;
  codes: Uint32Array;
}

export type CodedName =
  | "role"
  | "status"
  | "event_type"
  | "precision"
  | "method"
  | "date_edtf"
  | "place_as_written";
export type NumberName =
  | "uncertainty_m"
  | "killed_min"
  | "killed_max"
  | "injured_min"
  | "injured_max"
  | "women_killed_min"
  | "women_killed_max"
  | "children_killed_min"
  | "children_killed_max";
export type ListName = "actors" | "flags" | "sites" | "publishers";

export interface Places {
  count: number;
  longitude: Float64Array;
  latitude: Float64Array;
  name: string[];
  id: string[];
  admin1: string[];
  country: string[];
  aliases: string[][];
}

export type PlaceName = [name: string, id: string, admin1: string, country: string];

export interface Index {
  count: number;
  id: string[];
  title: string[];
  place: Int32Array;
  start: Int32Array;
  end: Int32Array;
  review: Uint8Array;
  sourceCount: Uint16Array;
  coded: Record<CodedName, Coded>;
  numbers: Record<NumberName, Int32Array>;
  lists: Record<ListName, CodeLists>;
  places: Places;
  byId: Map<string, number>;
  /** Places of incidents that are called other than the first incident there calls its point. */
  called: Map<number, PlaceName>;
}

export interface Source {
  id: string;
  file?: string;
  sha256?: string;
  title?: string;
  publisher?: string;
  author?: string;
  url?: string;
  archived_url?: string;
  published?: string;
  origin?: string;
}

export interface Claim {
  id?: string;
  source?: string;
  kind?: string;
  value?: string | number | boolean | null;
  op?: string | null;
  reporters?: string[];
  quote?: string;
  start?: number;
  end?: number;
  rule?: string;
  detail?: Record<string, unknown> | null;
}

export interface Candidate {
  id?: string;
  name?: string;
  longitude?: number;
  latitude?: number;
  score?: number;
  reasons?: string[];
}

export interface Properties {
  title: string;
  date_edtf: string;
  date_start: string;
  date_end: string;
  date_text: string;
  place_as_written: string;
  place_name: string;
  place_id: string;
  admin1: string;
  country: string;
  precision: string;
  uncertainty_m: number | null;
  method: string;
  score: number | null;
  needs_review: boolean;
  candidates: Candidate[];
  sources: Source[];
  claims: Claim[];
  flags: string[];
  actors: string[];
  [key: string]: unknown;
}

export interface Feature {
  type: "Feature";
  id: string;
  geometry: { type: "Point"; coordinates: number[] } | null;
  properties: Properties;
}

export interface SetAside {
  source?: string;
  kind?: string;
  value?: unknown;
  quote?: string;
  start?: number;
  end?: number;
  reason?: string;
  rule?: string;
  op?: string | null;
  contains?: string[];
}

export interface Account {
  articles: number | null;
  articles_cited: number;
  articles_aside_only: number;
  set_aside: number;
  set_aside_kinds: Record<string, number>;
}

export interface Head {
  format: number;
  title: string;
  language: "en" | "ar";
  count: number;
  chunks: number;
  tiles: { address: string; attribution: string } | null;
  account: Account;
  /** What the articles of set-aside numbers are called, by their ids. */
  articles?: Record<string, string>;
  /** Incidents, by id, that may be one event. */
  pairs?: [string, string][];
}

export interface Base {
  outlines: Uint8Array<ArrayBuffer>;
  countries: [string, number, number, number][];
  labels: [number, number, string, string, string, number][];
}
