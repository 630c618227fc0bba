/** The evidence: each source with what it reports, in its own words. */

import type { App } from "../app";
import type { Claim, Feature, Source } from "../data/model";
import { bdi, h } from "../dom";
import { claimText, endsSet, wholeRange } from "./claims";
import { safeAddress, sourceLink } from "./links";

/** Quotes up to this many characters stand in the line of their claim. */
const SHORT = 48;

/** One card for each source. `brief` leaves out hashes and rules. */
export function sourceCards(app: App, feature: Feature, brief: boolean): HTMLElement {
  const { sources, claims } = feature.properties;
  const list = h("ol", { class: "sources" });
  for (const source of sources) {
    const mine = claims.filter((claim) => claim.source === source.id);
    // A popup is short: what is counted comes first, the rest as the article has it.
    if (brief) mine.sort((a, b) => Number(b.kind === "toll") - Number(a.kind === "toll"));
    list.append(sourceCard(app, feature, source, mine, brief));
  }
  const stray = claims.filter((claim) => !sources.some(({ id }) => id === claim.source));
  if (stray.length > 0) list.append(h("li", { class: "source" }, claimList(app, feature, stray, brief)));
  return list;
}

function sourceCard(app: App, feature: Feature, source: Source, claims: Claim[], brief: boolean): HTMLElement {
  const { language } = app;
  const title = source.title || source.publisher || source.file || source.id || language.say("untitled");
  const meta = h("p", { class: "source-meta" });
  const facts: (Node | string)[] = [];
  if (source.publisher && source.title) facts.push(bdi(source.publisher, "publisher"));
  if (source.author) facts.push(h("span", {}, `${language.say("author")} `, bdi(source.author)));
  facts.push(publishedText(app, source));
  if (safeAddress(source.archived_url)) facts.push(sourceLink(source.archived_url ?? "", language.say("archived")));
  facts.forEach((fact, i) => meta.append(i > 0 ? " · " : "", fact));
  return h(
    "li",
    { class: "source" },
    h("p", { class: "source-title" }, sourceLink(source.url ?? "", bdi(title))),
    meta,
    claimList(app, feature, claims, brief),
    brief ? null : custody(app, source),
  );
}

function publishedText(app: App, source: Source): string {
  const { language } = app;
  const published = source.published ?? "";
  if (!published) return language.say("publishedUnknown");
  const [start = "", end = start] = published.split("/");
  const areDays = [start, end].every((day) => /^\d{4}-\d\d-\d\d$/u.test(day));
  return areDays ? language.dates(start, end) : published;
}

/** Where the source was found and what proves that it is the same. */
function custody(app: App, source: Source): HTMLElement {
  const { language } = app;
  const rows: [string, HTMLElement][] = [];
  const address = (text: string) => sourceLink(text, h("bdi", { dir: "ltr", class: "address", text }));
  if (source.url) rows.push([language.say("original"), address(source.url)]);
  if (source.archived_url) rows.push([language.say("archived"), address(source.archived_url)]);
  if (source.origin) rows.push([language.say("origin"), address(source.origin)]);
  if (source.file) rows.push([language.say("file"), bdi(source.file, "address")]);
  if (source.sha256) rows.push([language.say("fingerprint"), h("code", { dir: "ltr", text: source.sha256 })]);
  return h("dl", { class: "custody" }, ...rows.flatMap(([term, value]) => [h("dt", { text: term }), h("dd", {}, value)]));
}

/** Claims under the quote they come from: one quote, and the values read in it. */
function claimList(app: App, feature: Feature, claims: Claim[], brief: boolean): HTMLElement {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = `${claim.start}:${claim.end}:${claim.quote}`;
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return h("ul", { class: "claims" }, ...[...groups.values()].map((group) => claimGroup(app, feature, group, brief)));
}

function claimGroup(app: App, feature: Feature, claims: Claim[], brief: boolean): HTMLElement {
  const { language } = app;
  const [first] = claims as [Claim];
  const values = claims.map((claim) => {
    const end = claim.kind === "toll" ? endsSet(claim, wholeRange(feature, claim)) : null;
    const reporters = (claim.reporters ?? []).filter((name) => name !== "");
    const line = h("p", { class: `claim ${claim.kind ?? ""}` }, bdi(claimText(claim, language), "claim-text"));
    if (reporters.length > 0) {
      line.append(" ", h("span", { class: "according" }, accordingTo(app, reporters)));
    }
    if (end) line.append(" ", h("span", { class: "end", text: language.say(end) }));
    if (!brief && claim.rule) line.append(" ", h("span", { class: "rule", text: language.say("rule", { rule: claim.rule }) }));
    return line;
  });
  const place =
    typeof first.start === "number" && typeof first.end === "number"
      ? h("span", { class: "span", text: language.say("characters", { start: first.start, end: first.end }) })
      : null;
  const short = first.quote !== undefined && first.quote.length <= SHORT && claims.length === 1;
  const quote = first.quote
    ? h("blockquote", { class: short ? "quote short" : "quote", dir: "auto" }, h("p", { text: first.quote }), " ", place)
    : place;
  return h("li", { class: short ? "in-line" : undefined }, ...values, " ", quote);
}

function accordingTo(app: App, reporters: string[]): DocumentFragment {
  const [before = "", after = ""] = app.language.say("accordingTo", { who: "\u0000" }).split("\u0000");
  const fragment = document.createDocumentFragment();
  fragment.append(before);
  reporters.forEach((name, i) => fragment.append(i > 0 ? app.language.comma : "", bdi(app.language.value("actors", name))));
  fragment.append(after);
  return fragment;
}

/** The note that stands before quotes, and the switch that hides them. */
export function contentNote(app: App): HTMLElement {
  const { language } = app;
  const button = h("button", { type: "button", class: "link", "aria-pressed": app.quotes ? "false" : "true" });
  const label = () => {
    button.textContent = language.say(app.quotes ? "hideQuotes" : "showQuotes");
    button.setAttribute("aria-pressed", app.quotes ? "false" : "true");
  };
  label();
  button.addEventListener("click", () => {
    app.setQuotes(!app.quotes);
    label();
  });
  return h("p", { class: "content-note" }, h("span", { text: language.say("contentNote") }), " ", button);
}
