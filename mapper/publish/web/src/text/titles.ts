/**
 * Titles in the language of the interface.
 *
 * The titles that `mapper build` composes follow one pattern ("Air strike
 * reported in Tell Example: 3 to 5 killed"). A title that says just what its
 * incident says, by that pattern, can be said in Arabic too; any other is shown
 * as it was written.
 */

import type { Range } from "./toll";
import { valueName } from "./values";

export interface Titled {
  title: string;
  event: string;
  killed: Range;
  injured: Range;
}

/** What stands before the name of a place, and its Arabic; the longest first. */
const RELATIONS: readonly (readonly [english: string, arabic: string])[] = [
  [" in the countryside of ", "في ريف"],
  [" near ", "قرب"],
  [" off ", "قبالة"],
  [" in ", "في"],
  [", ", "في"],
];
const ISOLATE = ["\u2068", "\u2069"] as const;

/** The title in Arabic, or null if it is not of our making. */
export function arabicTitle({ title, event, killed, injured }: Titled): string | null {
  const kind = event === "" || event === "unknown" ? "incident" : event.replaceAll("_", " ").replaceAll("-", " ");
  const head = `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)} reported`;
  const harm = [english(killed, "killed"), english(injured, "injured")].filter(Boolean).join(", ");
  const tail = harm && `: ${harm}`;
  if (!title.startsWith(head) || !title.endsWith(tail) || head.length + tail.length > title.length) return null;
  const where = placed(title.slice(head.length, title.length - tail.length));
  if (where === null) return null;
  const what = kind === "incident" ? "حادثة" : valueName("event_type", event, "ar");
  const told = [arabic(killed, "القتلى"), arabic(injured, "الجرحى")].filter(Boolean).join("، ");
  return `بلاغ عن ${what}${where}${told && `: ${told}`}`;
}

function placed(words: string): string | null {
  if (words === "") return "";
  const found = RELATIONS.find(([english]) => words.startsWith(english) && words.length > english.length);
  return found ? ` ${found[1]} ${ISOLATE[0]}${words.slice(found[0].length)}${ISOLATE[1]}` : null;
}

const grouped = (n: number): string => n.toLocaleString("en");

function english({ min, max }: Range, what: string): string {
  if (min === null) return max === null ? "" : `up to ${grouped(max)} ${what}`;
  if (max === null) return `at least ${grouped(min)} ${what}`;
  return `${min === max ? grouped(min) : `${grouped(min)} to ${grouped(max)}`} ${what}`;
}

function arabic({ min, max }: Range, what: string): string {
  if (min === null) return max === null ? "" : `${what} ${grouped(max)} على الأكثر`;
  if (max === null) return `${what} ${grouped(min)} على الأقل`;
  return `${what} ${min === max ? grouped(min) : `من ${grouped(min)} إلى ${grouped(max)}`}`;
}
