/** What the signs mean, in words, and where everything that was read went. */

import type { App } from "../app";
import { h } from "../dom";
import type { WordKey } from "../text/english";

export function legend(app: App): HTMLElement {
  const { language } = app;
  const sign = (kind: string, ...inside: (Node | string)[]) =>
    h("span", { class: `spot sample ${kind}`, "aria-hidden": "true" }, h("span", { class: "disc" }, ...inside));
  const rows: [HTMLElement, WordKey][] = [
    [sign("place", "3"), "legendPlace"],
    [sign("cluster", "12"), "legendCluster"],
    [sign("place hollow"), "legendHollow"],
    [sign("place hatched"), "legendHatched"],
    [h("span", { class: "sample-area", "aria-hidden": "true" }), "legendCircle"],
    [sign("place chosen"), "legendSelected"],
  ];
  const tiles = app.head.tiles;
  return h(
    "div",
    { class: "legend" },
    h("h2", { text: language.say("legendTitle"), tabindex: "-1" }),
    h("ul", { class: "legend-list" }, ...rows.map(([mark, key]) => h("li", {}, mark, h("span", { text: language.say(key) })))),
    h("p", { text: language.say("legendWords") }),
    h("p", { class: "fine", text: language.say("legendBase") }),
    tiles ? h("p", { class: "warning", text: language.say("tilesWarning", { host: hostOf(tiles.address) }) }) : null,
    account(app),
  );
}

export function hostOf(address: string): string {
  return address.split("/")[2] ?? address;
}

/** The count of everything, so that the parts can be seen to add up. */
export function account(app: App): HTMLElement {
  const { language, index, head } = app;
  let placed = 0;
  for (const place of index.place) if (place >= 0) placed += 1;
  const { articles, articles_cited: cited, articles_aside_only: aside, set_aside: numbers } = head.account;
  const rows: [WordKey, number, string][] = [];
  if (articles !== null) {
    rows.push(["articlesRead", articles, "sum"]);
  }
  rows.push(["articlesCited", cited, "part"], ["articlesAsideOnly", aside, "part"]);
  if (articles !== null) rows.push(["articlesSilent", Math.max(0, articles - cited - aside), "part"]);
  rows.push(["incidents", index.count, "sum"], ["incidentsMapped", placed, "part"], ["incidentsUnplaced", index.count - placed, "part"]);
  rows.push(["numbersAside", numbers, "sum"]);
  return h(
    "section",
    { class: "account" },
    h("h3", { text: language.say("accountTitle") }),
    h("dl", {}, ...rows.flatMap(([key, count, kind]) => [h("dt", { class: kind, text: language.say(key) }), h("dd", { class: kind, text: language.number(count) })])),
  );
}
