/** What the reader asks for, and its form in the address of the page. */

import { FACETS, type FacetName } from "./facets";

export interface View {
  zoom: number;
  latitude: number;
  longitude: number;
}

export interface Query {
  text: string;
  facets: Partial<Record<FacetName, readonly string[]>>;
  from: number | null;
  to: number | null;
  undated: boolean;
}

export interface State extends Query {
  selected: string | null;
  at: View | null;
  panel: "list" | "record" | "aside" | "legend";
  wide: boolean;
  sort: string;
  language: "en" | "ar";
}

const DAY = 86_400_000;

export const NOTHING: Query = { text: "", facets: {}, from: null, to: null, undated: true };

export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function dayOf(iso: string | null): number | null {
  if (!iso || !/^-?\d{4,6}-\d\d-\d\d$/u.test(iso)) return null;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}

/** True if anything narrows the incidents down. */
export function isNarrowed(query: Query): boolean {
  return (
    query.text.trim() !== "" ||
    query.from !== null ||
    query.to !== null ||
    !query.undated ||
    FACETS.some((name) => (query.facets[name]?.length ?? 0) > 0)
  );
}

export function toFragment(state: State, initialLanguage: string): string {
  const parts = new URLSearchParams();
  if (state.text.trim()) parts.set("q", state.text.trim());
  for (const name of FACETS) for (const value of state.facets[name] ?? []) parts.append(name, value);
  if (state.from !== null) parts.set("from", isoDay(state.from));
  if (state.to !== null) parts.set("to", isoDay(state.to));
  if (!state.undated) parts.set("undated", "0");
  if (state.wide) parts.set("view", "table");
  if (state.sort !== "date") parts.set("sort", state.sort);
  if (state.language !== initialLanguage) parts.set("lang", state.language);
  if (state.at) {
    const { zoom, latitude, longitude } = state.at;
    parts.set("at", `${zoom}/${latitude.toFixed(4)}/${longitude.toFixed(4)}`);
  }
  if (state.selected !== null) parts.set("id", state.selected);
  return parts.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
}

export function fromFragment(fragment: string): Partial<State> {
  const parts = new URLSearchParams(fragment.replace(/^#/u, ""));
  const facets: Partial<Record<FacetName, readonly string[]>> = {};
  for (const name of FACETS) {
    const values = parts.getAll(name);
    if (values.length > 0) facets[name] = values;
  }
  const state: Partial<State> = {
    text: (parts.get("q") ?? "").slice(0, 200),
    facets,
    from: dayOf(parts.get("from")),
    to: dayOf(parts.get("to")),
    undated: parts.get("undated") !== "0",
    wide: parts.get("view") === "table",
    selected: parts.get("id"),
    at: viewOf(parts.get("at")),
  };
  const sort = parts.get("sort");
  if (sort) state.sort = sort;
  const language = parts.get("lang");
  if (language === "en" || language === "ar") state.language = language;
  return state;
}

function viewOf(text: string | null): View | null {
  const numbers = (text ?? "").split("/").map(Number);
  const [zoom, latitude, longitude] = numbers;
  if (numbers.length !== 3 || zoom === undefined || latitude === undefined || longitude === undefined) return null;
  if (!numbers.every(Number.isFinite) || Math.abs(latitude) > 90 || Math.abs(longitude) > 540) return null;
  return { zoom: Math.min(20, Math.max(0, zoom)), latitude, longitude };
}
