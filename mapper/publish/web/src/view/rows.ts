/** A long list that draws only the rows in sight. */

import { h } from "../dom";

export class Rows {
  readonly element: HTMLElement;
  private readonly spacer = h("div", { class: "rows-spacer", role: "presentation" });
  private readonly window_ = h("div", { class: "rows-window" });
  private count = 0;
  private first = -1;
  private last = -1;

  constructor(
    private readonly height: number,
    role: string,
    private readonly row: (at: number) => HTMLElement,
    /** Stands above the rows and scrolls with them sideways only. */
    header: HTMLElement | null = null,
  ) {
    this.element = h("div", { class: "rows", tabindex: "0", role });
    this.window_.setAttribute("role", role === "table" ? "rowgroup" : "presentation");
    this.spacer.append(this.window_);
    if (header) this.element.append(header);
    this.element.append(this.spacer);
    this.element.addEventListener("scroll", () => this.draw(false), { passive: true });
    new ResizeObserver(() => this.draw(false)).observe(this.element);
  }

  /** Shows `count` rows, from the top if `rewind`. */
  set(count: number, rewind: boolean): void {
    this.count = count;
    this.spacer.style.height = `${count * this.height}px`;
    if (rewind) this.element.scrollTop = 0;
    this.draw(true);
  }

  draw(anew: boolean): void {
    // Rows that nobody sees yet are drawn when they come into the page.
    if (!this.element.isConnected) {
      this.first = -1;
      return;
    }
    const first = Math.max(0, Math.floor(this.element.scrollTop / this.height) - 6);
    // Whatever the layout says, no more is in sight than the screen is high.
    const high = Math.min(this.element.clientHeight, window.innerHeight);
    const last = Math.min(this.count, Math.ceil((this.element.scrollTop + high) / this.height) + 6);
    if (!anew && first === this.first && last === this.last) return;
    const focused = this.window_.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset["key"]
      : undefined;
    [this.first, this.last] = [first, last];
    this.window_.style.transform = `translateY(${first * this.height}px)`;
    this.window_.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, k) => this.row(first + k)));
    if (focused !== undefined) {
      const again = [...this.window_.querySelectorAll<HTMLElement>("[data-key]")].find((e) => e.dataset["key"] === focused);
      again?.focus({ preventScroll: true });
    }
  }

  reveal(at: number): void {
    const top = at * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop || top + this.height > scrollTop + clientHeight - 40) this.element.scrollTop = Math.max(0, top - clientHeight / 3);
  }
}
