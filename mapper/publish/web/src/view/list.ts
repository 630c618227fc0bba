/** The list beside the map and the table in place of it: every shown incident, placed or not. */

import type { App } from "../app";
import { isDerived, isHollow } from "../data/facets";
import { NONE } from "../data/model";
import { isoDay } from "../data/query";
import { COLUMNS, parseSort, sortIncidents, type Column } from "../data/sort";
import { bdi, h } from "../dom";
import type { WordKey } from "../text/english";
import { rangeOf } from "../text/toll";
import { Rows } from "./rows";

const LIST_ROW = 66;
const TABLE_ROW = 36;

const HEADINGS: Record<Column, WordKey> = {
  date: "date",
  place: "place",
  title: "title",
  killed: "killed",
  injured: "injured",
  actor: "actor",
  sources: "sources",
  precision: "precision",
  status: "status",
};

/** Order of the shown incidents; sorted once for list and table. */
export class Order {
  incidents: Int32Array = new Int32Array();

  constructor(private readonly app: App) {}

  update(): void {
    const { app } = this;
    const { language } = app;
    const shown = { locale: language.code, title: (i: number) => app.title(i), value: language.value.bind(language) };
    this.incidents = sortIncidents(app.index, app.shown(), app.state.sort, shown);
  }
}

function dateText(app: App, i: number): string {
  const start = app.index.start[i] as number;
  return start === NONE ? app.language.say("undatedOne") : app.language.dates(isoDay(start), isoDay(app.index.end[i] as number));
}

function placeName(app: App, i: number): string {
  const place = app.index.place[i] as number;
  const written = app.index.coded.place_as_written;
  return (place >= 0 ? app.index.places.name[place] : "") || (written.names[written.codes[i] as number] ?? "");
}

/** A row names the place that was found: a word beside it says where that is not the place as written. */
function doubt(app: App, i: number): HTMLElement | null {
  const { index, language } = app;
  const chip = (text: string) => h("span", { class: "chip", text });
  if ((index.place[i] as number) < 0) return chip(language.say("unplaced"));
  if (isWider(app, i)) return chip(language.say("widerPlace"));
  if (isHollow(index, i)) return chip(language.value("method", "geocoder"));
  return isDerived(index, i) ? chip(language.say("approximate")) : null;
}

/** True where only the place that contains the one as written is known. */
function isWider(app: App, i: number): boolean {
  const { names, codes } = app.index.coded.method;
  return (app.index.place[i] as number) >= 0 && names[codes[i] as number] === "parent";
}

/** What an article only recalls is no news of it. */
function recalled(app: App, i: number): HTMLElement | null {
  const { names, codes } = app.index.coded.role;
  return names[codes[i] as number] === "background" ? h("span", { class: "chip", text: app.language.say("inPassing") }) : null;
}

function counted(app: App, i: number, group: "killed" | "injured"): string {
  const { numbers } = app.index;
  return app.language.range(rangeOf(numbers[`${group}_min`][i] as number, numbers[`${group}_max`][i] as number));
}

function tolls(app: App, i: number): string {
  const killed = `${app.language.say("killed")}: ${counted(app, i, "killed")}`;
  const { injured_min: low, injured_max: high } = app.index.numbers;
  if (low[i] === NONE && high[i] === NONE) return killed;
  return `${killed} · ${app.language.say("injured")}: ${counted(app, i, "injured")}`;
}

export class List {
  readonly rows: Rows;

  constructor(
    private readonly app: App,
    private readonly order: Order,
  ) {
    this.rows = new Rows(LIST_ROW, "list", (at) => this.row(at));
  }

  update(rewind: boolean): void {
    this.rows.element.setAttribute("aria-label", this.app.language.say("incidents"));
    this.rows.set(this.order.incidents.length, rewind);
  }

  private row(at: number): HTMLElement {
    const { app } = this;
    const i = this.order.incidents[at] as number;
    const chosen = app.index.id[i] === app.state.selected;
    return h(
      "div",
      { role: "listitem", class: "item-holder", "aria-setsize": this.order.incidents.length, "aria-posinset": at + 1 },
      h(
        "button",
        { type: "button", class: chosen ? "item chosen" : "item", "data-key": app.index.id[i], "aria-current": chosen ? "true" : null, on: { click: () => app.choose(app.index.id[i] as string) } },
        h("span", { class: "item-title", dir: "auto", text: app.title(i) }),
        h("span", { class: "item-meta" }, dateText(app, i), " · ", bdi(placeName(app, i)), doubt(app, i)),
        h("span", { class: "item-toll" }, tolls(app, i), recalled(app, i)),
      ),
    );
  }
}

export class Table {
  readonly rows: Rows;
  private readonly header = h("div", { class: "table-head", role: "row" });

  constructor(
    private readonly app: App,
    private readonly order: Order,
  ) {
    this.rows = new Rows(TABLE_ROW, "table", (at) => this.row(at), h("div", { role: "rowgroup", class: "table-head-group" }, this.header));
    this.rows.element.classList.add("table");
  }

  update(rewind: boolean): void {
    const { app } = this;
    const sort = parseSort(app.state.sort);
    this.rows.element.setAttribute("aria-label", app.language.say("incidents"));
    this.rows.element.setAttribute("aria-rowcount", String(this.order.incidents.length + 1));
    this.header.replaceChildren(
      ...COLUMNS.map((column) => {
        const heading = app.language.say(HEADINGS[column]);
        const mine = sort.column === column;
        const arrow = mine ? (sort.down ? " ↓" : " ↑") : "";
        const button = h("button", { type: "button", class: "sort", "aria-label": app.language.say("sortBy", { column: heading }), text: heading + arrow });
        button.addEventListener("click", () => {
          app.setSort(mine && !sort.down ? `-${column}` : column);
          this.header.querySelectorAll<HTMLElement>("button")[COLUMNS.indexOf(column)]?.focus();
        });
        return h("span", { role: "columnheader", class: `cell ${column}`, "aria-sort": mine ? (sort.down ? "descending" : "ascending") : "none" }, button);
      }),
    );
    this.rows.set(this.order.incidents.length, rewind);
  }

  private row(at: number): HTMLElement {
    const { app } = this;
    const { index, language } = app;
    const i = this.order.incidents[at] as number;
    const actors = index.lists.actors;
    const names = [...actors.codes.subarray(actors.offsets[i], actors.offsets[i + 1])].map((code) => actors.names[code] ?? "");
    const coded = (name: "precision" | "status") => language.value(name, index.coded[name].names[index.coded[name].codes[i] as number] ?? "");
    const unplaced = (index.place[i] as number) < 0;
    const cells: Record<Column, HTMLElement | string> = {
      date: dateText(app, i),
      place: h("span", {}, bdi(placeName(app, i)), unplaced ? h("span", { class: "chip", text: language.say("unplaced") }) : null),
      title: h("button", { type: "button", class: "link", dir: "auto", "data-key": index.id[i], text: app.title(i), on: { click: () => app.choose(index.id[i] as string) } }),
      killed: counted(app, i, "killed"),
      injured: counted(app, i, "injured"),
      actor: h("span", {}, ...names.flatMap((name, at) => [at > 0 ? " · " : null, bdi(language.value("actors", name))])),
      sources: language.number(index.sourceCount[i] as number),
      precision: isWider(app, i) ? `${language.say("widerPlace")}: ${coded("precision")}` : coded("precision"),
      status: coded("status"),
    };
    const chosen = index.id[i] === app.state.selected;
    return h(
      "div",
      { role: "row", class: chosen ? "table-row chosen" : "table-row", "aria-rowindex": at + 2 },
      ...COLUMNS.map((column) => h("span", { role: "cell", class: `cell ${column}` }, cells[column])),
    );
  }
}
