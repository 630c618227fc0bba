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
  let at = 0;
  const grow = async () => {
    const rows = await setAside(at, PAGE);
    at += rows.length;
    list.append(...rows.map((row) => entry(app, row)));
    more.hidden = at >= total || rows.length === 0;
    more.textContent = language.say("more", { n: language.number(Math.min(PAGE, total - at)) });
  };
  more.addEventListener("click", () => void grow());
  const kinds = Object.entries(head.account.set_aside_kinds).sort(([, a], [, b]) => b - a);
  const panel = h(
    "div",
    { class: "aside" },
    h("h2", { text: language.say("setAside"), tabindex: "-1" }),
    h("p", { text: language.say(total > 0 ? "asideIntro" : "asideNone") }),
    h("ul", { class: "chips" }, ...kinds.map(([kind, count]) => h("li", { class: "chip" }, bdi(language.value("aside", kind)), ` ${language.number(count)}`))),
    total > 0 ? contentNote(app) : null,
    list,
    more,
  );
  more.hidden = true;
  if (total > 0) void grow();
  return panel;
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
    h("p", { class: "fine" }, bdi(app.head.articles?.[row.source ?? ""] ?? row.source ?? ""), row.rule ? ` · ${language.say("rule", { rule: row.rule })}` : ""),
  );
}
