/** The drawer of facets, and the line of choices in force. */

import type { App } from "../app";
import { FACETS, type Facet, type FacetName } from "../data/facets";
import { isNarrowed, NOTHING } from "../data/query";
import { bdi, fill, h } from "../dom";

const FEW = 7;
const MANY = 80;
const OWN_ORDER = new Set<FacetName>(["toll", "attention"]);

export class Filters {
  readonly element = h("div", { class: "facets" });
  private readonly open = new Set<FacetName>();

  constructor(private readonly app: App) {}

  update(): void {
    const { app } = this;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["facet"] : undefined;
    const scroll = this.element.parentElement?.scrollTop ?? 0;
    const ordered = FACETS.map((name) => app.facets.find((facet) => facet.name === name) as Facet);
    fill(this.element, ...ordered.map((facet) => this.group(facet)));
    if (this.element.parentElement) this.element.parentElement.scrollTop = scroll;
    if (focused !== undefined) {
      const again = [...this.element.querySelectorAll<HTMLElement>("[data-facet]")].find((e) => e.dataset["facet"] === focused);
      again?.focus({ preventScroll: true });
    }
  }

  private group(facet: Facet): HTMLElement | null {
    const { app } = this;
    const counts = app.selection.counts.get(facet.name) as Uint32Array;
    const chosen = new Set(app.state.facets[facet.name] ?? []);
    const codes = facet.values.map((_, code) => code).filter((code) => (counts[code] as number) > 0 || chosen.has(facet.values[code] as string));
    if (codes.length === 0 || (codes.length === 1 && chosen.size === 0)) return null;
    if (!OWN_ORDER.has(facet.name)) codes.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
    const all = this.open.has(facet.name);
    const visible = codes.filter((code, at) => at < (all ? MANY : FEW) || chosen.has(facet.values[code] as string));
    const more = h("button", { type: "button", class: "link", "data-facet": `${facet.name}:more` });
    more.textContent = all ? app.language.say("showFewer") : app.language.say("showMore", { n: app.language.number(codes.length) });
    more.addEventListener("click", () => {
      if (all) this.open.delete(facet.name);
      else this.open.add(facet.name);
      this.update();
    });
    return h(
      "fieldset",
      { class: "facet" },
      h("legend", { text: app.language.say(`facet_${facet.name}`) }),
      ...visible.map((code) => this.choice(facet, facet.values[code] as string, counts[code] as number, chosen)),
      codes.length > FEW ? more : null,
    );
  }

  private choice(facet: Facet, value: string, count: number, chosen: Set<string>): HTMLElement {
    const { app } = this;
    const box = h("input", { type: "checkbox", "data-facet": `${facet.name}:${value}` });
    box.checked = chosen.has(value);
    box.addEventListener("change", () => app.toggle(facet.name, value));
    return h(
      "label",
      { class: "choice" },
      box,
      bdi(app.language.value(facet.name, value), "choice-name"),
      h("span", { class: "choice-count", text: app.language.number(count) }),
    );
  }
}

/** What narrows the view now: one button for each choice, which takes it back. */
export function activeFilters(app: App): HTMLElement {
  const { language, state } = app;
  const line = h("div", { class: "active-filters" });
  if (!isNarrowed(state)) return line;
  const chip = (text: string, undo: () => void) =>
    h("button", { type: "button", class: "filter-chip", on: { click: undo } }, bdi(text), h("span", { "aria-hidden": "true", text: " ×" }), h("span", { class: "visually-hidden", text: ` ${language.say("close")}` }));
  if (state.text.trim()) line.append(chip(`“${state.text.trim()}”`, () => app.ask({ text: "" })));
  for (const name of FACETS) {
    for (const value of state.facets[name] ?? []) line.append(chip(`${language.say(`facet_${name}`)}: ${language.value(name, value)}`, () => app.toggle(name, value)));
  }
  if (state.from !== null || state.to !== null) {
    const from = state.from === null ? "…" : language.dayNumber(state.from);
    const to = state.to === null ? "…" : language.dayNumber(state.to);
    line.append(chip(`${from} – ${to}`, () => app.ask({ from: null, to: null })));
  }
  line.append(h("button", { type: "button", class: "link", text: language.say("clearAll"), on: { click: () => app.ask(NOTHING) } }));
  return line;
}
