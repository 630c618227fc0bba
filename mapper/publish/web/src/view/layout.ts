/** Puts the parts of the page in their places, and names them in the language in force. */

import type { App } from "../app";
import type { State } from "../data/query";
import { bdi, fill, h } from "../dom";
import { english, type WordKey } from "../text/english";
import { asidePanel } from "./aside";
import { download } from "./download";
import { activeFilters, Filters } from "./filters";
import { legend } from "./legend";
import { List, Order, Table } from "./list";
import { Pager } from "./pager";
import { PrintSheet } from "./print";
import { fullRecord } from "./record";
import { Timeline } from "./timeline";

type Panel = State["panel"];
const TABS: [Panel, WordKey][] = [
  ["list", "list"],
  ["record", "record"],
  ["aside", "setAside"],
  ["legend", "legend"],
];

export class Layout {
  readonly order: Order;
  private readonly list: List;
  private readonly table: Table;
  private readonly filters: Filters;
  private readonly timeline: Timeline;
  private readonly sheet: PrintSheet;
  private readonly header = h("header", { class: "top" });
  private readonly active = h("div", { class: "active-holder" });
  private readonly counts = h("p", { class: "counts", role: "status" });
  private readonly search = h("input", { type: "search", class: "search", maxlength: 200, autocomplete: "off", spellcheck: "false" });
  private readonly progress = h("span", { class: "progress", role: "status" });
  private readonly tabs = h("div", { class: "tabs", role: "tablist" });
  private readonly panelBody = h("div", { class: "panel-body", id: "panel-body", role: "tabpanel", tabindex: "-1" });
  private readonly drawer = h("aside", { class: "drawer", hidden: true });
  private readonly filterButton = h("button", { type: "button", class: "bar-button", "aria-expanded": "false" });
  private readonly listHolder: HTMLElement;
  private place: { pager: Pager } | null = null;
  /** The incident whose record was open last. */
  private last: string | null = null;
  private turn = 0;
  private typing: number | null = null;

  constructor(
    private readonly app: App,
    readonly mapElement: HTMLElement,
    private readonly showOnMap: (incident: number) => void,
    private readonly resized: () => void,
  ) {
    this.order = new Order(app);
    this.list = new List(app, this.order);
    this.table = new Table(app, this.order);
    this.filters = new Filters(app);
    this.timeline = new Timeline(app);
    this.sheet = new PrintSheet(app, () => this.order.incidents);
    this.listHolder = h("div", { class: "list-holder" }, this.list.rows.element);
    this.search.addEventListener("input", () => {
      if (this.typing !== null) window.clearTimeout(this.typing);
      this.typing = window.setTimeout(() => app.ask({ text: this.search.value }), 120);
    });
    this.filterButton.addEventListener("click", () => this.toggleDrawer(this.drawer.hidden === true));
    const skip = h("a", { class: "skip", href: "#panel-body" });
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      this.panelBody.focus();
    });
    const stage = h("main", { class: "stage" }, h("div", { class: "map-holder" }, mapElement), this.table.rows.element, this.timeline.element);
    const side = h("section", { class: "panel" }, this.tabs, this.panelBody);
    document.body.prepend(skip, this.header, this.active, h("div", { class: "body" }, this.drawer, stage, side), this.sheet.element);
    app.on("selection", () => this.onSelection(true));
    app.on("sort", () => this.onSelection(true));
    app.on("selected", () => this.onSelected());
    app.on("panel", () => void this.drawPanel(true));
    app.on("language", () => this.draw());
    app.on("wide", () => this.applyWide());
    app.on("searching", () => this.drawProgress());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.drawer.hidden) this.toggleDrawer(false);
    });
    this.panelBody.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && app.state.panel === "record") app.choose(null);
    });
  }

  /** Draws everything; again when the language changes. */
  draw(): void {
    const { language } = this.app;
    document.documentElement.lang = language.code;
    document.documentElement.dir = language.direction;
    document.title = titleOf(this.app);
    this.drawHeader();
    this.mapElement.setAttribute("aria-label", language.say("mapName"));
    this.mapElement.setAttribute("role", "region");
    this.panelBody.parentElement?.setAttribute("aria-label", language.say("panelName"));
    const skip = document.querySelector(".skip");
    if (skip) skip.textContent = language.say("skip");
    this.onSelection(true);
    void this.drawPanel(false);
    this.applyWide();
  }

  private drawHeader(): void {
    const { app } = this;
    const { language } = app;
    this.search.placeholder = language.say("searchHint");
    this.search.setAttribute("aria-label", language.say("search"));
    this.search.value = app.state.text;
    this.filterButton.textContent = language.say("filters");
    const other = language.code === "ar" ? "en" : "ar";
    const action = (key: WordKey, act: () => unknown) => h("button", { type: "button", text: language.say(key), on: { click: () => void act() } });
    const menu = h(
      "details",
      { class: "menu" },
      h("summary", { class: "bar-button", text: language.say("download") }),
      h(
        "div",
        { class: "menu-items" },
        action("downloadGeojson", () => download(app, "geojson")),
        action("downloadCsv", () => download(app, "csv")),
        action("print", () => this.sheet.print()),
      ),
    );
    menu.addEventListener("click", (event) => {
      if (event.target instanceof HTMLButtonElement) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") menu.open = false;
    });
    const wide = h("button", { type: "button", class: "bar-button wide-button", text: language.say(app.state.wide ? "map" : "table") });
    wide.addEventListener("click", () => {
      app.setWide(!app.state.wide);
    });
    const tongue = h("button", { type: "button", class: "bar-button", lang: other, text: language.say("language") });
    tongue.addEventListener("click", () => app.setLanguage(other));
    fill(
      this.header,
      h("div", { class: "heading" }, h("h1", {}, bdi(titleOf(app))), this.counts),
      h("div", { class: "search-holder", role: "search" }, this.search, this.progress),
      h("div", { class: "bar" }, this.filterButton, wide, menu, tongue),
    );
    fill(this.drawer, h("div", { class: "drawer-head" }, h("h2", { text: language.say("filters") }), h("button", { type: "button", class: "small", text: language.say("close"), on: { click: () => this.toggleDrawer(false) } })), this.filters.element);
    this.drawer.setAttribute("aria-label", language.say("filters"));
  }

  private toggleDrawer(open: boolean): void {
    this.drawer.hidden = !open;
    this.filterButton.setAttribute("aria-expanded", String(open));
    if (open) {
      this.filters.update();
      this.drawer.querySelector<HTMLElement>("button")?.focus();
    } else {
      this.filterButton.focus();
    }
    this.resized();
  }

  private onSelection(rewind: boolean): void {
    const { app } = this;
    this.order.update();
    if (app.state.wide) this.table.update(rewind);
    else this.list.update(rewind);
    if (!this.drawer.hidden) this.filters.update();
    this.timeline.update();
    fill(this.active, activeFilters(app));
    if (document.activeElement !== this.search) this.search.value = app.state.text;
    this.drawCounts();
    this.drawEmpty();
  }

  private drawCounts(): void {
    const { language, selection, index } = this.app;
    const numbers = { shown: language.number(selection.count), all: language.number(index.count) };
    const whole = selection.count === index.count ? language.say("allShown", numbers) : language.say("shownOf", numbers);
    const parts = [`${language.number(selection.placed)} ${language.say("onMap")}`, `${language.number(selection.count - selection.placed)} ${language.say("withoutPlace")}`];
    this.counts.textContent = `${whole} · ${parts.join(language.comma)}`;
  }

  private drawEmpty(): void {
    const { language, selection, index } = this.app;
    this.listHolder.querySelector(".empty")?.remove();
    if (selection.count > 0) return;
    this.listHolder.prepend(h("p", { class: "empty", text: language.say(index.count === 0 ? "noIncidents" : "nothingShown") }));
  }

  private drawProgress(): void {
    const { searching, language } = this.app;
    this.progress.textContent = searching === null ? "" : language.say("searchingQuotes", { n: Math.round(searching * 100) });
  }

  private onSelected(): void {
    const { app } = this;
    if (app.state.selected !== null) {
      const incident = app.index.byId.get(app.state.selected);
      if (incident !== undefined) this.list.rows.reveal(this.order.incidents.indexOf(incident));
    }
    (app.state.wide ? this.table.rows : this.list.rows).draw(true);
  }

  private applyWide(): void {
    const { app } = this;
    document.body.classList.toggle("wide", app.state.wide);
    const button = this.header.querySelector(".wide-button");
    if (button) button.textContent = app.language.say(app.state.wide ? "map" : "table");
    if (app.state.wide) this.table.update(true);
    else this.list.update(true);
    this.resized();
  }

  /** Pages through the incidents of a place in the panel: what a popup does on larger screens. */
  showPlace(incidents: number[]): void {
    const pager = new Pager(this.app, incidents, () => undefined);
    this.place = { pager };
    void pager.show();
    this.app.show("record");
    this.place = { pager };
    void this.drawPanel(true);
  }

  private async drawPanel(focus: boolean): Promise<void> {
    const { app } = this;
    const { language, state } = app;
    const onTabs = this.tabs.contains(document.activeElement);
    // On a phone what is read takes the room of the map; see narrow.css.
    document.body.classList.toggle("reading", state.panel !== "list");
    this.panelBody.parentElement?.classList.toggle("on-list", state.panel === "list");
    this.turn += 1;
    const mine = this.turn;
    fill(
      this.tabs,
      ...TABS.filter(([panel]) => panel !== "record" || state.panel === "record" || state.selected !== null).map(([panel, key]) => {
        const mineNow = state.panel === panel;
        const tab = h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(mineNow), "aria-controls": "panel-body", tabindex: mineNow ? "0" : "-1", text: language.say(key) });
        tab.addEventListener("click", () => app.show(panel));
        return tab;
      }),
    );
    this.tabs.onkeydown = (event) => this.walkTabs(event);
    if (onTabs) this.tabs.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
    this.tabs.setAttribute("aria-label", language.say("panelName"));
    this.panelBody.setAttribute("aria-label", language.say((TABS.find(([panel]) => panel === state.panel) ?? ["list", "list"])[1] as WordKey));
    const content = await this.panelContent();
    if (mine !== this.turn) return;
    fill(this.panelBody, content);
    if (state.panel === "list") this.list.update(false);
    if (state.panel !== "record") this.place = null;
    if (focus && !onTabs) this.focusPanel();
    if (state.selected !== null) this.last = state.selected;
    this.panelBody.scrollTop = 0;
  }

  /** The record that was opened; or, once it is closed, the line of the list that it was opened from. */
  private focusPanel(): void {
    if (this.app.state.panel === "record") {
      this.panelBody.querySelector<HTMLElement>("h2, h3")?.focus();
    } else if (this.app.state.panel === "list" && document.activeElement === document.body) {
      const lines = [...this.panelBody.querySelectorAll<HTMLElement>("[data-key]")];
      lines.find((line) => line.dataset["key"] === this.last)?.focus({ preventScroll: true });
    }
  }

  private walkTabs(event: KeyboardEvent): void {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const all = [...this.tabs.querySelectorAll<HTMLElement>("[role=tab]")];
    const forward = (event.key === "ArrowRight") === (this.app.language.direction === "ltr");
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = (at + (forward ? 1 : -1) + all.length) % all.length;
    all[next]?.click();
    this.tabs.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
    event.preventDefault();
  }

  private async panelContent(): Promise<HTMLElement> {
    const { app } = this;
    switch (app.state.panel) {
      case "aside":
        return asidePanel(app);
      case "legend":
        return legend(app);
      case "record":
        return this.recordPanel();
      default:
        return this.listHolder;
    }
  }

  private async recordPanel(): Promise<HTMLElement> {
    const { app } = this;
    if (this.place && app.state.selected === null) return this.place.pager.element;
    const incident = app.state.selected === null ? undefined : app.index.byId.get(app.state.selected);
    if (incident === undefined) return h("p", { class: "empty", text: app.language.say("nothingShown") });
    const { language } = app;
    const feature = await app.evidence.feature(incident);
    const placed = (app.index.place[incident] as number) >= 0;
    const copy = h("button", { type: "button", class: "small", text: language.say("copyLink") });
    copy.addEventListener("click", () => void copyLink(app, copy));
    const show = h("button", { type: "button", class: "small", text: language.say("showAllPlaces"), on: { click: () => this.showOnMap(incident) } });
    const close = h("button", { type: "button", class: "small", text: language.say("close"), on: { click: () => app.choose(null) } });
    return h("div", {}, h("div", { class: "record-bar" }, close, placed ? show : null, copy), fullRecord(app, feature));
  }
}

/** The title that was given, or ours in the language of the interface. */
export function titleOf({ head, language }: App): string {
  return head.title === english.mapTitle ? language.say("mapTitle") : head.title;
}

async function copyLink(app: App, button: HTMLButtonElement): Promise<void> {
  const link = app.link();
  const field = h("textarea", { class: "visually-hidden", "aria-hidden": "true" });
  field.value = link;
  // The clipboard interface is not there for every file opened from disk.
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(link).catch(() => copyByCommand(field));
  } else {
    copyByCommand(field);
  }
  button.textContent = app.language.say("copied");
}

function copyByCommand(field: HTMLTextAreaElement): void {
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
