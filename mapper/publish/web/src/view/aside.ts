/** The panel of what was read and not mapped. */

import type { App } from "../app";
import { setAside } from "../data/evidence";
import type { SetAside } from "../data/model";
import { bdi, h } from "../dom";
import { claimRange } from "../text/toll";
import { contentNote } from "./sources";

const PAGE = 50;

export function asidePanel(app: App): HTMLElement {
  const { language, head } = app;
  const total = head.account.set_aside;
  const list = h("ol", { class: "aside-list" });
  const more = h("button", { type: "button", class: "small" });
  const kinds = Object.entries(head.account.set_aside_kinds).sort(([, a], [, b]) => b - a);
  const buttons = kinds.map(([kind, count]) => {
    const button = h("button", { type: "button", class: "chip", "aria-pressed": "false" }, bdi(language.value("aside", kind)), ` ${language.number(count)}`);
    button.addEventListener("click", () => choose(chosen === kind ? null : kind));
    return button;
  });
  let [at, shown, turn] = [0, 0, 0];
  let chosen: string | null = null;
  let waiting: SetAside[] = [];
  /** Shows the next rows, of the chosen kind if one is; what another choice has overtaken is dropped. */
  const grow = async () => {
    const mine = turn;
    const wanted = chosen === null ? total : (head.account.set_aside_kinds[chosen] ?? 0);
    while (waiting.length < PAGE && shown + waiting.length < wanted) {
      const rows = await setAside(at, PAGE);
      if (mine !== turn) return;
      if (rows.length === 0) break;
      at += rows.length;
      waiting.push(...rows.filter(fits));
    }
    const next = waiting.splice(0, PAGE);
    shown += next.length;
    list.append(...next.map((row) => entry(app, row)));
    more.hidden = shown >= wanted || next.length === 0;
    more.textContent = language.say("more", { n: language.number(Math.min(PAGE, wanted - shown)) });
  };
  const fits = (row: SetAside) => chosen === null || (row.kind ?? "other") === chosen;
  const choose = (kind: string | null) => {
    chosen = kind;
    [at, shown, turn] = [0, 0, turn + 1];
    waiting = [];
    list.replaceChildren();
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(kinds[i]?.[0] === kind)));
    void grow();
  };
  more.addEventListener("click", () => void grow());
  const panel = h(
    "div",
    { class: "aside" },
    h("h2", { text: language.say("setAside"), tabindex: "-1" }),
    h("p", { text: language.say(total > 0 ? "asideIntro" : "asideNone") }),
    h("ul", { class: "chips" }, ...buttons.map((button) => h("li", {}, button))),
    total > 0 ? contentNote(app) : null,
    list,
    more,
  );
  more.hidden = true;
  if (total > 0) void grow();
  return panel;
}

/** The incidents that a total is known to include, each a way to its record. */
function included(app: App, row: SetAside): HTMLElement | null {
  const known = (row.contains ?? []).filter((id) => app.index.byId.has(id));
  if (known.length === 0) return null;
  const link = (id: string) =>
    h("button", { type: "button", class: "link", dir: "auto", text: app.title(app.index.byId.get(id) as number), on: { click: () => app.choose(id) } });
  return h("div", { class: "includes" }, h("p", { class: "fine", text: app.language.say("asideIncludes") }), h("ul", {}, ...known.map((id) => h("li", {}, link(id)))));
}

function valueText({ language }: App, { value, op }: SetAside): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  const range = language.range(claimRange({ value, op: op ?? null }));
  return op === "~" ? language.say("about", { n: range }) : range;
}

function entry(app: App, row: SetAside): HTMLElement {
  const { language } = app;
  const value = valueText(app, row);
  return h(
    "li",
    {},
    h("p", {}, h("strong", {}, bdi(value)), value ? " · " : "", bdi(language.value("aside", row.kind ?? "other"))),
    row.reason ? h("p", { class: "reason" }, bdi(language.value("reason", row.reason))) : null,
    row.quote
      ? h("blockquote", { class: "quote", dir: "auto" }, h("p", { text: row.quote }), h("span", { class: "span", text: language.say("characters", { start: row.start ?? "", end: row.end ?? "" }) }))
      : null,
    included(app, row),
    h("p", { class: "fine" }, bdi(app.head.articles?.[row.source ?? ""] ?? row.source ?? ""), row.rule ? ` · ${language.say("rule", { rule: row.rule })}` : ""),
  );
}
