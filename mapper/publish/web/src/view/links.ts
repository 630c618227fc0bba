/** Links to sources: http and https only; anything else is shown as the text it is. */

import { bdi, h } from "../dom";

/** The address, if it is one that may be followed. */
export function safeAddress(text: string | null | undefined): string | null {
  const trimmed = (text ?? "").trim();
  // The parser of addresses forgives what a reader would not see; so the text itself must begin plainly.
  if (!/^https?:\/\/[^\s/\\@]/iu.test(trimmed) || /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/u.test(trimmed)) return null;
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  const plain = (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
  return plain && url.hostname !== "" ? url.href : null;
}

/** A link with a label, or the raw text where the address must not be followed. */
export function sourceLink(address: string, label: string | HTMLElement): HTMLElement {
  const href = safeAddress(address);
  const content = typeof label === "string" ? bdi(label) : label;
  if (!href) return h("span", { class: "no-link" }, content);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", referrerpolicy: "no-referrer" }, content);
}
