/** The record of one incident: what is reported, how it was placed, and on whose word. */

import type { App } from "../app";
import type { Candidate, Feature } from "../data/model";
import { NONE } from "../data/model";
import { isoDay } from "../data/query";
import { bdi, h } from "../dom";
import { rangeOf, type Range } from "../text/toll";
import { claimText, conflicts } from "./claims";
import { sourceLink } from "./links";
import { contentNote, sourceCards } from "./sources";

const MOST_CANDIDATES = 8;
const MOST_TWINS = 6;

type Row = [term: string, ...values: (Node | string | null)[]];

/** The short form, for a popup: what, when, how many, who says so. */
export function briefCard(app: App, feature: Feature): HTMLElement {
  return h(
    "article",
    { class: "card" },
    h("h2", { class: "card-title", tabindex: "-1" }, bdi(titleText(app, feature))),
    h("p", { class: "card-when" }, whenText(app, feature), placeText(feature) ? " · " : "", bdi(placeText(feature))),
    chips(app, feature),
    tollLine(app, feature),
    contentNote(app),
    sourceCards(app, feature, true),
  );
}

/** The whole record, for the side panel. */
export function fullRecord(app: App, feature: Feature): HTMLElement {
  const { language } = app;
  return h(
    "article",
    { class: "record" },
    h("h2", { class: "card-title", tabindex: "-1" }, bdi(titleText(app, feature))),
    chips(app, feature),
    twins(app, feature),
    factList(app, feature),
    sides(app, feature),
    responses(app, feature),
    h("h3", { text: language.say("claims") }),
    contentNote(app),
    sourceCards(app, feature, false),
  );
}

/** Incidents that may be the same event, to go to. */
function twins(app: App, feature: Feature): HTMLElement | null {
  const others = (app.head.pairs ?? []).flatMap(([one, other]) => (one === feature.id ? [other] : other === feature.id ? [one] : []));
  const known = others.flatMap((id) => app.index.byId.get(id) ?? []).slice(0, MOST_TWINS);
  if (known.length === 0) return null;
  const button = (incident: number) => {
    const [id, start, end] = [app.index.id[incident] as string, app.index.start[incident] as number, app.index.end[incident] as number];
    const when = start === NONE ? app.language.say("undatedOne") : app.language.dates(isoDay(start), isoDay(end));
    return h("button", { type: "button", class: "link", on: { click: () => app.choose(id) } }, bdi(app.title(incident)), ` · ${when}`);
  };
  return h("section", { class: "twins" }, h("h3", { text: app.language.say("maybeSame") }), h("ul", {}, ...known.map((incident) => h("li", {}, button(incident)))));
}

/** What is reported and how it was placed, as a list of terms: for the record and for paper. */
export function factList(app: App, feature: Feature): HTMLElement {
  return definitions(facts(app, feature));
}

function definitions(rows: Row[]): HTMLElement {
  const list = h("dl", { class: "facts" });
  for (const [term, ...values] of rows) list.append(h("dt", { text: term }), h("dd", {}, ...values));
  return list;
}

function facts(app: App, feature: Feature): Row[] {
  const { language } = app;
  const { properties } = feature;
  const rows: Row[] = [];
  const written = properties.date_text ? h("span", { class: "as-written" }, ` (${language.say("dateAsWritten")}: `, bdi(properties.date_text), ")") : null;
  const edtf = properties.date_edtf ? h("code", { dir: "ltr", text: properties.date_edtf }) : null;
  rows.push([language.say("date"), whenText(app, feature), written, edtf ? " " : null, edtf]);
  rows.push([language.say("reportedKilled"), h("strong", { text: language.range(range(feature, "killed")) }), subsets(app, feature)]);
  rows.push([language.say("reportedInjured"), language.range(range(feature, "injured"))]);
  rows.push([language.say("facet_event_type"), bdi(language.value("event_type", String(properties["event_type"] ?? "")))]);
  if (properties.actors.length > 0) rows.push([language.say("actor"), list(properties.actors.map((name) => language.value("actors", name)))]);
  rows.push([language.say("placeWritten"), bdi(properties.place_as_written || language.say("noneGiven"))]);
  rows.push(resolvedRow(app, feature));
  if (properties.method) rows.push([language.say("placeHow"), how(app, feature)]);
  const others = properties.candidates.filter(({ id }) => !id || id !== properties.place_id);
  if (others.length > 0) rows.push([language.say("candidates"), candidateList(app, others)]);
  rows.push([language.say("review"), language.value("status", String(properties["status"] ?? ""))]);
  rows.push([language.say("identifier"), h("code", { class: "identifier", dir: "ltr", text: feature.id })]);
  return rows;
}

function resolvedRow(app: App, feature: Feature): Row {
  const { language } = app;
  const { properties } = feature;
  if (!feature.geometry) {
    const why = properties.flags.some((flag) => flag.includes("ambiguous")) ? h("span", { text: ` ${language.say("ambiguousNote")}` }) : null;
    return [language.say("placeResolved"), language.say("notPlaced"), why];
  }
  const within = [properties.admin1, language.country(properties.country)].filter((name) => name && name !== properties.place_name);
  return [
    language.say("placeResolved"),
    // Each name apart: one in the other script must not turn its neighbours about.
    h("span", {}, ...[properties.place_name || properties.place_as_written, ...within].flatMap((name, i) => [i > 0 ? language.comma : null, bdi(name)])),
    properties.uncertainty_m ? h("span", { class: "block", text: `${language.value("precision", properties.precision)} · ${language.say(properties.method === "parent" ? "uncertaintyParent" : "uncertainty", { km: language.distance(properties.uncertainty_m) })}` }) : null,
    h("span", { class: "block" }, h("bdi", { dir: "ltr", text: pointText(feature.geometry.coordinates) })),
  ];
}

/** A point as it is cited: latitude first, with the names of the directions, and no more decimals than it has. */
function pointText([longitude = 0, latitude = 0]: readonly number[]): string {
  const part = (value: number, positive: string, negative: string) => `${Number(Math.abs(value).toFixed(6))}° ${value < 0 ? negative : positive}`;
  return `${part(latitude, "N", "S")}, ${part(longitude, "E", "W")}`;
}

function how(app: App, feature: Feature): HTMLElement {
  const { language } = app;
  const { method, score, needs_review: review } = feature.properties;
  const parts = [language.value("method", method)];
  if (typeof score === "number" && score > 0) parts.push(language.say("score", { n: score.toFixed(2) }));
  if (review) parts.push(language.say("needsReview"));
  return h("span", { text: parts.join(" · ") });
}

function candidateList(app: App, candidates: Candidate[]): HTMLElement {
  const { language } = app;
  return h(
    "ul",
    { class: "candidates" },
    ...candidates.slice(0, MOST_CANDIDATES).map((candidate) => {
      const at =
        typeof candidate.longitude === "number" && typeof candidate.latitude === "number"
          ? h("span", { class: "coordinates", dir: "ltr", text: `${candidate.latitude.toFixed(3)}, ${candidate.longitude.toFixed(3)}` })
          : null;
      const score = typeof candidate.score === "number" ? ` · ${language.say("score", { n: candidate.score.toFixed(2) })}` : "";
      return h("li", {}, bdi(candidate.name ?? candidate.id ?? ""), " ", at, score);
    }),
  );
}

function list(values: string[]): HTMLElement {
  return h("span", {}, ...values.flatMap((value, i) => [i > 0 ? " · " : null, bdi(value)]));
}

export function range(feature: Feature, group: string): Range {
  const end = (name: string): number => {
    const value = feature.properties[`${group}_${name}`];
    return typeof value === "number" ? value : NONE;
  };
  return rangeOf(end("min"), end("max"));
}

function subsets(app: App, feature: Feature): HTMLElement | null {
  const { language } = app;
  const parts: string[] = [];
  for (const [group, word] of [
    ["women_killed", "ofWomen"],
    ["children_killed", "ofChildren"],
  ] as const) {
    const counted = range(feature, group);
    if (counted.min !== null || counted.max !== null) parts.push(`${language.say(word)} ${language.range(counted)}`); // right of one and of many
  }
  return parts.length > 0 ? h("span", { class: "block", text: `${language.say("amongKilled")}: ${parts.join(" · ")}` }) : null;
}

function titleText(app: App, { id, properties }: Feature): string {
  const incident = app.index.byId.get(id);
  return incident === undefined ? properties.title : app.title(incident);
}

export function whenText(app: App, feature: Feature): string {
  return app.language.dates(feature.properties.date_start, feature.properties.date_end);
}

function placeText(feature: Feature): string {
  return feature.properties.place_name || feature.properties.place_as_written;
}

function tollLine(app: App, feature: Feature): HTMLElement {
  const { language } = app;
  const killed = h("span", {}, `${language.say("reportedKilled")}: `, h("strong", { text: language.range(range(feature, "killed")) }));
  const injured = range(feature, "injured");
  const line = h("p", { class: "toll-line" }, killed);
  if (injured.min !== null || injured.max !== null) {
    line.append(" · ", h("span", {}, `${language.say("injured")}: `, h("strong", { text: language.range(injured) })));
  }
  return line;
}

/** What to be careful about, in a word each. */
export function chips(app: App, feature: Feature): HTMLElement | null {
  const { language } = app;
  const { properties } = feature;
  const texts: [string, string][] = properties.flags.map((flag) => [language.value("flag", flag), "chip warn"]);
  if (properties.method === "parent") texts.push([language.value("method", "parent"), "chip warn"]);
  if (properties.needs_review) texts.push([language.say("needsReview"), "chip warn"]);
  if (properties["role"] === "background") texts.push([language.value("role", "background"), "chip"]);
  if (properties["status"] !== "unreviewed") texts.push([language.value("status", String(properties["status"])), "chip"]);
  if (texts.length === 0) return null;
  return h("ul", { class: "chips" }, ...texts.map(([text, kind]) => h("li", { class: kind }, bdi(text))));
}

/** Versions that disagree, side by side. */
export function sides(app: App, feature: Feature): HTMLElement | null {
  const found = conflicts(feature, app.language);
  if (found.length === 0) return null;
  return h(
    "section",
    { class: "conflicts" },
    h("h3", { text: app.language.say("conflict") }),
    ...found.map(({ title, sides: versions }) =>
      h(
        "div",
        { class: "conflict" },
        h("h4", { text: title }),
        h(
          "ul",
          { class: "sides" },
          ...versions.map(({ text, sources }) =>
            h("li", {}, h("strong", {}, bdi(text)), ...sources.map((source) => h("span", { class: "block" }, sourceLink(source.url ?? "", bdi(source.publisher || source.title || source.id))))),
          ),
        ),
      ),
    ),
  );
}

function responses(app: App, feature: Feature): HTMLElement | null {
  const answers = feature.properties.claims.filter(({ kind }) => kind === "response");
  if (answers.length === 0) return null;
  const { language } = app;
  return h(
    "section",
    { class: "responses" },
    h("h3", { text: language.say("response") }),
    ...answers.map((claim) =>
      h(
        "div",
        {},
        h("p", {}, h("strong", {}, bdi(claimText(claim, language).replace(/^[^:]*: /u, "")))),
        claim.quote ? h("blockquote", { class: "quote", dir: "auto" }, h("p", { text: claim.quote })) : null,
      ),
    ),
  );
}
