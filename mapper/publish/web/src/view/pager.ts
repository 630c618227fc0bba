/** Pages through the incidents of one place, by date: nothing that shares a point is out of reach. */

import type { App } from "../app";
import { fill, h } from "../dom";
import { briefCard } from "./record";

export class Pager {
  readonly element: HTMLElement;
  private at = 0;
  private readonly body = h("div", { class: "pager-body", "aria-live": "polite" });
  private readonly count = h("span", { class: "pager-count" });
  private readonly previous: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private turn = 0;

  constructor(
    private readonly app: App,
    private readonly incidents: readonly number[],
    private readonly changed: () => void,
  ) {
    const { language } = app;
    this.previous = h("button", { type: "button", class: "page-button", "aria-label": language.say("previous") }, "‹");
    this.next = h("button", { type: "button", class: "page-button", "aria-label": language.say("next") }, "›");
    this.previous.addEventListener("click", () => this.go(this.at - 1));
    this.next.addEventListener("click", () => this.go(this.at + 1));
    const record = h("button", { type: "button", class: "small", text: language.say("openRecord") });
    record.addEventListener("click", () => this.app.choose(this.id));
    const pages = incidents.length > 1 ? [this.previous, this.count, this.next] : [];
    this.element = h(
      "div",
      { class: "pager", dir: language.direction, lang: language.code },
      this.body,
      h("div", { class: "pager-bar" }, h("span", { class: "pager-pages" }, ...pages), record),
    );
    this.element.addEventListener("keydown", (event) => {
      const forward = language.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = language.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
      if (event.key === forward) this.go(this.at + 1);
      else if (event.key === back) this.go(this.at - 1);
      else return;
      event.stopPropagation();
      event.preventDefault();
    });
    const chosen = app.state.selected === null ? undefined : app.index.byId.get(app.state.selected);
    this.at = Math.max(0, chosen === undefined ? 0 : incidents.indexOf(chosen));
  }

  get id(): string {
    return this.app.index.id[this.incidents[this.at] as number] as string;
  }

  /** Shows another page; a page that was overtaken by the next one is dropped. */
  go(to: number): void {
    this.at = Math.min(this.incidents.length - 1, Math.max(0, to));
    void this.show();
  }

  async show(): Promise<void> {
    this.turn += 1;
    const mine = this.turn;
    const { language, evidence } = this.app;
    this.previous.disabled = this.at === 0;
    this.next.disabled = this.at === this.incidents.length - 1;
    this.count.textContent = language.say("pageOf", {
      i: language.number(this.at + 1),
      n: language.number(this.incidents.length),
    });
    if (this.body.childElementCount === 0) fill(this.body, h("p", { class: "loading", text: language.say("loading") }));
    const feature = await evidence.feature(this.incidents[this.at] as number);
    if (mine !== this.turn) return;
    fill(this.body, briefCard(this.app, feature));
    this.body.scrollTop = 0;
    this.changed();
  }
}
