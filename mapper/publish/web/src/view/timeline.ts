/** The histogram of incidents over time, two handles that narrow it, and a button that plays it. */

import type { App } from "../app";
import { isoDay } from "../data/query";
import { fill, h, s } from "../dom";

const HEIGHT = 40;
const STEP_MS = 350;
const DAY_MS = 86_400_000;
const MOST_TICKS = 5;
/** A tick further along would be written over the end of the axis. */
const LAST_TICK = 0.88;
const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

export class Timeline {
  readonly element = h("section", { class: "timeline" });
  private readonly low = h("input", { type: "range", class: "handle low", min: 0, step: 1 });
  private readonly high = h("input", { type: "range", class: "handle high", min: 0, step: 1 });
  private readonly bars = s("svg", { class: "bars", preserveAspectRatio: "none", "aria-hidden": "true" });
  private readonly axis = h("div", { class: "ticks", "aria-hidden": "true" });
  private readonly span = h("output", { class: "time-span" });
  private readonly playButton = h("button", { type: "button", class: "play" });
  private readonly undated = h("input", { type: "checkbox" });
  private readonly undatedText = h("span");
  private readonly whole = h("button", { type: "button", class: "link" });
  private timer: number | null = null;

  constructor(private readonly app: App) {
    const last = Math.max(0, this.count - 1);
    for (const handle of [this.low, this.high]) {
      handle.max = String(last);
      handle.addEventListener("input", () => {
        this.stop();
        this.ask(handle);
      });
    }
    this.playButton.addEventListener("click", () => (this.timer === null ? this.play() : this.stop()));
    this.undated.addEventListener("change", () => app.ask({ undated: this.undated.checked }));
    this.whole.addEventListener("click", () => {
      this.stop();
      app.ask({ from: null, to: null });
    });
    fill(
      this.element,
      h("div", { class: "time-bar" }, this.playButton, this.span, this.whole, h("label", { class: "undated" }, this.undated, this.undatedText)),
      h("div", { class: "track", dir: "ltr" }, this.bars, this.axis, this.low, this.high),
    );
    this.element.hidden = this.count === 0;
  }

  private get count(): number {
    return Math.max(0, this.app.bins.edges.length - 1);
  }

  /** The bins between the handles, both included. */
  private window_(): [first: number, last: number] {
    const { state, bins } = this.app;
    const last = this.count - 1;
    const first = state.from === null ? 0 : bins.edges.findIndex((edge, i) => i > 0 && edge > (state.from as number)) - 1;
    let end = last;
    if (state.to !== null) {
      const after = bins.edges.findIndex((edge) => edge > (state.to as number));
      end = after < 0 ? last : Math.max(0, after - 1);
    }
    return [first < 0 ? last : Math.min(first, last), end];
  }

  private ask(moved: HTMLInputElement | null): void {
    let [first, last] = [Number(this.low.value), Number(this.high.value)];
    if (first > last) {
      if (moved === this.low) last = first;
      else first = last;
    }
    this.narrow(first, last);
  }

  private narrow(first: number, last: number): void {
    const { edges } = this.app.bins;
    this.app.ask({
      from: first === 0 ? null : (edges[first] as number),
      to: last >= this.count - 1 ? null : (edges[last + 1] as number) - 1,
    });
  }

  private play(): void {
    let [first, last] = this.window_();
    const width = last - first >= this.count - 1 ? Math.max(0, Math.round(this.count / 12)) : last - first;
    if (last >= this.count - 1) [first, last] = [0, width];
    this.narrow(first, last);
    this.timer = window.setInterval(() => {
      if (last >= this.count - 1) {
        this.stop();
        return;
      }
      first += 1;
      last += 1;
      this.narrow(first, last);
    }, STEP_MS);
    this.label();
  }

  private stop(): void {
    if (this.timer !== null) window.clearInterval(this.timer);
    this.timer = null;
    this.label();
  }

  private label(): void {
    const { language } = this.app;
    const playing = this.timer !== null;
    this.playButton.textContent = playing ? "❚❚" : "▶";
    this.playButton.setAttribute("aria-label", language.say(playing ? "pause" : "play"));
  }

  update(): void {
    if (this.count === 0) return;
    const { app } = this;
    const { language, selection, bins, state } = app;
    const [first, last] = this.window_();
    this.low.value = String(first);
    this.high.value = String(last);
    const start = language.dayNumber(bins.edges[first] as number);
    const end = language.dayNumber((bins.edges[last + 1] as number) - 1);
    this.low.setAttribute("aria-label", language.say("from"));
    this.high.setAttribute("aria-label", language.say("to"));
    this.low.setAttribute("aria-valuetext", start);
    this.high.setAttribute("aria-valuetext", end);
    this.element.setAttribute("aria-label", language.say("timeline"));
    fill(this.span, h("bdi", { text: start }), " – ", h("bdi", { text: end }));
    this.whole.textContent = language.say("wholePeriod");
    this.whole.hidden = state.from === null && state.to === null;
    this.undated.checked = state.undated;
    this.undatedText.textContent = ` ${language.say("undated")} (${language.number(selection.undated)})`;
    this.undated.parentElement?.toggleAttribute("hidden", selection.undated === 0 && state.undated);
    this.label();
    this.draw(first, last);
    this.drawAxis();
  }

  /** Names years, or months where there are few, so that a peak can be dated at a glance. */
  private drawAxis(): void {
    const { bins, language } = this.app;
    fill(
      this.axis,
      ...ticks(bins.edges).map(({ day, share }) => {
        const isYear = new Date(day * DAY_MS).getUTCMonth() === 0;
        const tick = h("span", { class: "tick", dir: "auto", text: isYear ? isoDay(day).slice(0, 4) : language.monthOf(day) });
        tick.style.left = `${(share * 100).toFixed(2)}%`;
        return tick;
      }),
    );
  }

  private draw(first: number, last: number): void {
    const { histogram } = this.app.selection;
    const most = Math.max(1, ...histogram);
    this.bars.setAttribute("viewBox", `0 0 ${this.count} ${HEIGHT}`);
    fill(
      this.bars,
      ...[...histogram].map((count, i) => {
        const height = count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT);
        const inside = i >= first && i <= last;
        return s("rect", { x: i + 0.08, y: HEIGHT - height, width: 0.84, height, class: inside ? "bar in" : "bar" });
      }),
    );
  }
}

/** First days of months, at most five and evenly spread in the calendar, and how far along the bins they lie. */
export function ticks(edges: readonly number[]): { day: number; share: number }[] {
  const [first, last] = [edges[0], edges[edges.length - 1]];
  if (first === undefined || last === undefined || last <= first) return [];
  const month = (day: number) => {
    const date = new Date(day * DAY_MS);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const [from, to] = [month(first), month(last)];
  const step = STEPS.find((months) => (to - from) / months <= MOST_TICKS) ?? 1200;
  const found: { day: number; share: number }[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const day = Math.round(Date.UTC(Math.floor(at / 12), at % 12, 1) / DAY_MS);
    const bin = edges.findIndex((edge) => edge > day) - 1;
    if (day < first || bin < 0) continue;
    const [low, high] = [edges[bin] as number, edges[bin + 1] as number];
    const share = (bin + (day - low) / (high - low)) / (edges.length - 1);
    if (share < LAST_TICK) found.push({ day, share });
  }
  return found;
}
