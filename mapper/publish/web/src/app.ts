/** The state of the page and what follows from it: selection, hits, and who must be told. */

import { Evidence } from "./data/evidence";
import { buildFacets, type Facet, type FacetName } from "./data/facets";
import { buildBins, select, type Bins, type Selection } from "./data/filter";
import type { Base, Head, Index } from "./data/model";
import { fromFragment, NOTHING, toFragment, type Query, type State } from "./data/query";
import { Search } from "./data/search";
import { Language } from "./text/language";
import { arabicTitle } from "./text/titles";
import { rangeOf } from "./text/toll";

export type Topic = "selection" | "selected" | "panel" | "language" | "wide" | "sort" | "searching";

export class App {
  readonly evidence: Evidence;
  readonly facets: Facet[];
  readonly bins: Bins;
  state: State;
  language: Language;
  selection: Selection;
  /** Share of the quotes that were searched, null when no search is running. */
  searching: number | null = null;
  quotes = true;
  private noting: number | null = null;
  private search: Search;
  private hits: Uint8Array | null = null;
  private abort: AbortController | null = null;
  private readonly listeners: [Topic, () => void][] = [];

  constructor(
    readonly head: Head,
    readonly index: Index,
    readonly base: Base,
  ) {
    this.state = {
      ...NOTHING,
      selected: null,
      at: null,
      panel: "list",
      wide: false,
      sort: "date",
      language: head.language,
      ...fromFragment(location.hash),
    };
    this.language = new Language(this.state.language);
    this.evidence = new Evidence(index);
    this.facets = buildFacets(index);
    this.bins = buildBins(index);
    this.search = this.newSearch();
    this.hits = this.search.quick(this.state.text);
    this.selection = select(index, this.facets, this.bins, this.state, this.hits);
    if (this.hits) void this.searchQuotes();
  }

  on(topic: Topic, listener: () => void): void {
    this.listeners.push([topic, listener]);
  }

  private tell(...topics: Topic[]): void {
    for (const [topic, listener] of this.listeners) if (topics.includes(topic)) listener();
  }

  private newSearch(): Search {
    return new Search(this.index, this.evidence, (group, value) => this.language.value(group, value));
  }

  /** Changes what is asked for, and everything that depends on it. */
  ask(change: Partial<Query>): void {
    const searched = change.text !== undefined && change.text !== this.state.text;
    this.state = { ...this.state, ...change };
    if (searched) {
      this.hits = this.search.quick(this.state.text);
      void this.searchQuotes();
    }
    this.refresh();
  }

  private refresh(): void {
    this.selection = select(this.index, this.facets, this.bins, this.state, this.hits);
    this.remember();
    this.tell("selection");
  }

  private async searchQuotes(): Promise<void> {
    this.abort?.abort();
    this.searching = null;
    const { hits } = this;
    if (!hits) {
      this.tell("searching");
      return;
    }
    const abort = new AbortController();
    this.abort = abort;
    let [stale, last] = [false, performance.now()];
    await this.search.deep(this.state.text, hits, abort.signal, (share, found) => {
      stale ||= found;
      this.searching = share < 1 ? share : null;
      if (share === 1 || performance.now() - last > 400) {
        last = performance.now();
        this.tell("searching");
        if (stale) this.refresh();
        stale = false;
      }
    });
  }

  toggle(facet: FacetName, value: string): void {
    const old = this.state.facets[facet] ?? [];
    const values = old.includes(value) ? old.filter((other) => other !== value) : [...old, value];
    this.ask({ facets: { ...this.state.facets, [facet]: values } });
  }

  /** Opens the record of an incident, or closes it. */
  choose(id: string | null): void {
    const step = id !== this.state.selected;
    this.state = { ...this.state, selected: id, panel: id === null ? "list" : "record" };
    this.remember(step);
    this.tell("selected", "panel");
  }

  show(panel: State["panel"]): void {
    this.state = { ...this.state, panel };
    this.tell("panel");
  }

  setWide(wide: boolean): void {
    const step = wide !== this.state.wide;
    // The table wants the room of whatever is no record.
    const panel = wide && this.state.panel !== "record" ? "list" : this.state.panel;
    const turned = panel !== this.state.panel;
    this.state = { ...this.state, wide, panel };
    this.remember(step);
    this.tell("wide");
    if (turned) this.tell("panel");
  }

  setSort(sort: string): void {
    this.state = { ...this.state, sort };
    this.remember();
    this.tell("sort");
  }

  setQuotes(quotes: boolean): void {
    this.quotes = quotes;
    document.documentElement.classList.toggle("quotes-hidden", !quotes);
  }

  setLanguage(language: "en" | "ar"): void {
    this.state = { ...this.state, language };
    this.language = new Language(language);
    this.search = this.newSearch();
    this.remember();
    this.tell("language");
  }

  moved(zoom: number, latitude: number, longitude: number): void {
    this.state = { ...this.state, at: { zoom, latitude, longitude } };
    // A drag makes many moves; browsers slow down pages that write their address as often.
    if (this.noting !== null) window.clearTimeout(this.noting);
    this.noting = window.setTimeout(() => this.remember(), 80);
  }

  /** The address of what is shown now, or of one incident in it. */
  link(id: string | null = this.state.selected): string {
    const fragment = toFragment({ ...this.state, selected: id }, this.head.language);
    return `${location.href.split("#")[0] ?? ""}#${fragment}`;
  }

  /** Writes the state into the address; a `step` is one that the button "back" takes back. */
  private remember(step = false): void {
    // A map inside a notebook has no address of its own.
    if (location.protocol === "about:") return;
    const address = `#${toFragment(this.state, this.head.language)}`;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  /** Takes over what the address says, when the reader changed it by hand or went back; gives the view it asks for. */
  follow(fragment: string): State["at"] {
    if (this.noting !== null) window.clearTimeout(this.noting);
    const next = fromFragment(fragment);
    const language = next.language ?? this.head.language;
    this.state = { ...this.state, sort: "date", ...next, language };
    this.hits = this.search.quick(this.state.text);
    void this.searchQuotes();
    if (language !== this.language.code) this.setLanguage(language);
    this.refresh();
    // The address says so already: choosing it is no new step.
    this.choose(this.state.selected);
    this.tell("wide", "sort");
    return next.at ?? null;
  }

  /** The title of an incident: in Arabic where it says no more than the incident, else as it is written. */
  title(i: number): string {
    const { index, language } = this;
    const title = index.title[i] as string;
    if (language.code !== "ar") return title;
    const event = index.coded.event_type;
    const range = (group: "killed" | "injured") => rangeOf(index.numbers[`${group}_min`][i] as number, index.numbers[`${group}_max`][i] as number);
    return arabicTitle({ title, event: event.names[event.codes[i] as number] ?? "", killed: range("killed"), injured: range("injured") }) ?? title;
  }

  /** Shown incidents, in their reading order. */
  *shown(): Generator<number> {
    for (let i = 0; i < this.index.count; i += 1) if (this.selection.shown[i]) yield i;
  }
}
