/** Circles of uncertainty: how far from its point an incident may have been. */

import L from "leaflet";
import type { App } from "../app";
import { isDerived, isHollow } from "../data/facets";
import { s } from "../dom";
import type { Spots } from "./spots";

const MOST = 160;

export class Areas {
  private readonly renderer = L.svg({ padding: 0.3 });
  private readonly circles = new Map<string, L.Circle>();

  constructor(
    private readonly map: L.Map,
    private readonly app: App,
    private readonly spots: Spots,
  ) {}

  /** Draws a circle for each single place in sight whose uncertainty is large enough to be seen. */
  update(): void {
    const wanted = new Map<string, { at: L.LatLngTuple; radius: number; kind: string }>();
    const size = this.map.getSize();
    const widest = 0.4 * Math.min(size.x, size.y);
    for (const spot of this.spots.singles()) {
      if (wanted.size >= MOST) break;
      const area = this.areaOf(spot.place);
      if (!area) continue;
      const pixels = this.pixels(area.radius, spot.latitude);
      // A circle wider than the view would only paint it over; it is drawn once its record is open.
      if (pixels < 6 || (pixels > widest && !area.open)) continue;
      const key = `${spot.place}:${area.radius}:${area.kind}:${Math.round(spot.longitude / 360)}`;
      wanted.set(key, { at: [spot.latitude, spot.longitude], ...area });
    }
    for (const [key, circle] of this.circles) {
      if (wanted.has(key)) continue;
      circle.remove();
      this.circles.delete(key);
    }
    for (const [key, { at, radius, kind }] of wanted) {
      if (this.circles.has(key)) continue;
      const circle = L.circle(at, {
        radius,
        renderer: this.renderer,
        interactive: false,
        className: `area ${kind}`,
        weight: 1.2,
      });
      this.circles.set(key, circle.addTo(this.map));
    }
    this.definePattern();
  }

  /**
   * The circle of a place: that of the record that is open, else the widest one
   * of its incidents. Wide guesses that share the point of a village do not count
   * while there are incidents in the village itself.
   */
  private areaOf(place: number): { radius: number; kind: string; open: boolean } | null {
    const { index, state } = this.app;
    const shown = this.spots.shownOf(place).filter((i) => (index.numbers.uncertainty_m[i] as number) > 0);
    const chosen = shown.find((i) => index.id[i] === state.selected);
    const named = shown.filter((i) => !isDerived(index, i));
    const best = chosen ?? largest(named.length > 0 ? named : shown, index.numbers.uncertainty_m);
    if (best === undefined) return null;
    const kind = isHollow(index, best) ? "hollow" : isDerived(index, best) ? "hatched" : "plain";
    return { radius: index.numbers.uncertainty_m[best] as number, kind, open: best === chosen };
  }

  private pixels(metres: number, latitude: number): number {
    return metres / ((40_075_016.7 * Math.cos((latitude * Math.PI) / 180)) / (256 * 2 ** this.map.getZoom()));
  }

  private definePattern(): void {
    const svg = this.map.getPane("overlayPane")?.querySelector("svg");
    if (!svg || svg.querySelector("#hatch")) return;
    svg.setAttribute("aria-hidden", "true");
    svg.prepend(
      s(
        "defs",
        {},
        s(
          "pattern",
          { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
          s("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "hatch-line" }),
        ),
      ),
    );
  }
}

function largest(incidents: number[], of: Int32Array): number | undefined {
  return incidents.reduce<number | undefined>(
    (best, i) => (best === undefined || (of[i] as number) > (of[best] as number) ? i : best),
    undefined,
  );
}
