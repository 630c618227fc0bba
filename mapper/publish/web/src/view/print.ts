/** The printed sheet: the map as it stands, then every shown incident with its sources. */

import type { App } from "../app";
import type { Feature } from "../data/model";
import { isNarrowed } from "../data/query";
import { bdi, fill, h } from "../dom";
import { chips, factList, sides } from "./record";
import { sourceCards } from "./sources";

const MOST = 250;

export class PrintSheet {
  readonly element = h("section", { class: "print-sheet" });

  constructor(
    private readonly app: App,
    private readonly order: () => Int32Array,
  ) {
    window.addEventListener("beforeprint", () => this.build());
  }

  /** Reads what the sheet will need, then prints. */
  async print(): Promise<void> {
    await this.prepare();
    window.print();
  }

  async prepare(): Promise<void> {
    const wanted = [...this.order().subarray(0, MOST)];
    this.features = new Map();
    for (const incident of wanted) this.features.set(incident, await this.app.evidence.feature(incident));
    this.build();
  }

  private features = new Map<number, Feature>();

  private build(): void {
    const { app } = this;
    const { language, selection, index, head } = app;
    const order = this.order();
    const numbers = { shown: language.number(selection.count), all: language.number(index.count) };
    fill(
      this.element,
      h("h2", {}, bdi(head.title)),
      h("p", { text: language.say(isNarrowed(app.state) ? "printNote" : "printAll", numbers) }),
      h("p", { text: language.say("legendWords") }),
      h("ol", { class: "print-list" }, ...[...order.subarray(0, MOST)].map((incident) => this.entry(incident))),
      order.length > MOST ? h("p", { text: language.say("printLimit", { n: MOST }) }) : null,
    );
  }

  private entry(incident: number): HTMLElement {
    const { app } = this;
    const feature = this.features.get(incident) ?? app.evidence.loaded(incident);
    if (!feature) return h("li", {}, h("h3", {}, bdi(app.title(incident))));
    return h("li", {}, h("h3", {}, bdi(app.title(incident))), chips(app, feature), factList(app, feature), sides(app, feature), sourceCards(app, feature, false));
  }
}
