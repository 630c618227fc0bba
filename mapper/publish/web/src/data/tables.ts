/** Writes shown incidents as GeoJSON or CSV, piece by piece. */

import type { Feature } from "./model";

export async function* geojsonPieces(features: AsyncIterable<Feature>): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  let first = true;
  for await (const feature of features) {
    yield (first ? "" : ",\n") + JSON.stringify(feature);
    first = false;
  }
  yield "\n]}\n";
}

/** The columns of `mapper export`, so that `mapper map` and any table program read the file back. */
const PLAIN = [
  "title", "role", "status", "event_type", "actors", "sites", "responses", "date_edtf", "date_start", "date_end",
  "date_text", "place_as_written", "place_name", "place_id", "admin1", "country", "precision", "uncertainty_m", "method",
  "score", "needs_review", "killed_min", "killed_max", "injured_min", "injured_max", "women_killed_min",
  "women_killed_max", "children_killed_min", "children_killed_max", "flags",
] as const;
const NESTED = ["candidates", "sources", "claims"] as const;

export async function* csvPieces(features: AsyncIterable<Feature>): AsyncGenerator<string> {
  const names = ["id", "longitude", "latitude", ...PLAIN, "publishers", "urls", ...NESTED];
  yield `\ufeff${names.join(",")}\r\n`;
  for await (const feature of features) yield `${csvRow(feature).map(csvCell).join(",")}\r\n`;
}

function csvRow({ id, geometry, properties }: Feature): unknown[] {
  const each = (member: "publisher" | "url") => [...new Set(properties.sources.map((source) => source[member] ?? ""))].filter(Boolean);
  return [
    id,
    geometry?.coordinates[0] ?? null,
    geometry?.coordinates[1] ?? null,
    ...PLAIN.map((name) => properties[name]),
    each("publisher"),
    each("url"),
    ...NESTED.map((name) => JSON.stringify(properties[name])),
  ];
}

/** Words in one cell: joined by "; " where they can be told apart again, else as JSON. */
function joined(words: string[]): string {
  const plain = words.join("; ");
  const whole = plain === "" ? words.length === 0 : !plain.startsWith("[") && words.every((word) => word !== "" && !word.includes("; "));
  return whole ? plain : JSON.stringify(words);
}

/** One cell. Text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = Array.isArray(value) ? joined(value.map(String)) : String(value);
  const safe = /^(?:'|[\s\u0000-\u001f]*[=+\-@\t\r\n\u0000＝＋－＠])/u.test(text) ? `'${text}` : text;
  return /[",\r\n|;\u0000-\u001f]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
