/** Markers: real buttons, one for each place or cluster, kept alive while they stay in sight. */

import L from "leaflet";
import type { App } from "../app";
import { isDerived, isHollow } from "../data/facets";
import { fill, h } from "../dom";
import type { Language } from "../text/language";
import { rangeShort, sumToRange } from "../text/toll";
import { overlaps, type Box } from "./labels";
import type { ClusterTree, Spot } from "./tree";

/** A Leaflet icon that is a button, so that keyboard and screen readers know it. */
class ButtonIcon extends L.Icon<L.BaseIconOptions> {
  constructor(readonly button: HTMLButtonElement) {
    super({ iconSize: undefined as unknown as L.PointExpression });
  }
  override createIcon(): HTMLElement {
    this.button.classList.add("leaflet-marker-icon");
    return this.button;
  }
  override createShadow(): HTMLElement {
    return null as unknown as HTMLElement;
  }
}

/** Width of a digit in a line of deaths, pixels. */
const LETTER = 6.6;

interface Drawn {
  marker: L.Marker;
  button: HTMLButtonElement;
  spot: Spot;
  size: number;
}

export class Spots {
  private readonly drawn = new Map<string, Drawn>();
  /** Incidents of each place, in order of their dates. */
  private readonly ofPlace: Int32Array;
  private readonly placeStart: Uint32Array;
  private chosen: ReadonlySet<number> = new Set();

  constructor(
    private readonly map: L.Map,
    private readonly app: App,
    private readonly tree: ClusterTree,
    private readonly open: (spot: Spot) => void,
  ) {
    [this.placeStart, this.ofPlace] = groupByPlace(app);
  }

  /** Brings the markers in line with what is shown and where the map stands. */
  update(): void {
    const bounds = this.map.getBounds().pad(0.15);
    const zoom = this.map.getZoom();
    const centre = this.map.getCenter().lng;
    const west = Math.max(-540, bounds.getWest());
    const east = Math.min(540, bounds.getEast());
    const box: [number, number, number, number] =
      east - west >= 360 ? [-180, -85, 180, 85] : [turned(west), bounds.getSouth(), turned(east), bounds.getNorth()];
    this.chosen = this.nodesOfChosen();
    const wanted = new Set<string>();
    for (const spot of this.tree.spots(box, zoom)) {
      spot.longitude += 360 * Math.round((centre - spot.longitude) / 360);
      const key = `${spot.node}@${spot.longitude.toFixed(5)}`;
      wanted.add(key);
      this.put(key, spot);
    }
    for (const [key, drawn] of this.drawn) {
      if (wanted.has(key)) continue;
      drawn.marker.remove();
      this.drawn.delete(key);
    }
    this.arrange();
  }

  private put(key: string, spot: Spot): void {
    const known = this.drawn.get(key);
    if (known) {
      if (known.spot.incidents !== spot.incidents || known.spot.place !== spot.place) known.size = this.dress(known.button, spot);
      else this.mark(known.button, spot);
      known.spot = spot;
      return;
    }
    const button = h("button", { type: "button" });
    const size = this.dress(button, spot);
    const marker = L.marker([spot.latitude, spot.longitude], { icon: new ButtonIcon(button), keyboard: false });
    const drawn = { marker, button, spot, size };
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.open(drawn.spot);
    });
    this.drawn.set(key, drawn);
    marker.addTo(this.map);
  }

  private dress(button: HTMLButtonElement, spot: Spot): number {
    const { language } = this.app;
    const single = spot.place >= 0;
    const size = Math.round(single ? 24 + 5 * Math.min(4, Math.log2(spot.incidents)) : 34 + 4 * Math.min(6, Math.log10(spot.incidents) * 2));
    const toll = sumToRange(spot.toll);
    const short = rangeShort(toll, (n) => compact(n, language));
    const kind = single ? this.kindOf(spot.place) : "cluster";
    button.className = `spot leaflet-marker-icon leaflet-zoom-animated leaflet-interactive ${kind}`;
    button.style.setProperty("--size", `${size}px`);
    fill(
      button,
      h("span", { class: "visually-hidden", text: this.nameOf(spot, language.range(toll)) }),
      h("span", { class: "disc", "aria-hidden": "true" }, single && spot.incidents === 1 ? null : compact(spot.incidents, language)),
      short ? h("span", { class: "toll", "aria-hidden": "true", dir: "ltr", text: short }) : null,
    );
    this.mark(button, spot);
    return size;
  }

  private mark(button: HTMLButtonElement, spot: Spot): void {
    button.classList.toggle("chosen", this.chosen.has(spot.place >= 0 ? spot.place : spot.node));
  }

  /** The marker of the incident whose record is open, and every cluster that it is in. */
  private nodesOfChosen(): ReadonlySet<number> {
    const { index, state } = this.app;
    const incident = state.selected === null ? undefined : index.byId.get(state.selected);
    const place = incident === undefined ? -1 : (index.place[incident] as number);
    return place < 0 ? new Set() : this.tree.holding(place);
  }

  /** Hides each line of deaths that would lie over another marker; the fullest markers keep theirs. */
  private arrange(): void {
    const all = [...this.drawn.values()].map((drawn) => {
      const { x, y } = this.map.latLngToLayerPoint([drawn.spot.latitude, drawn.spot.longitude]);
      const half = drawn.size / 2;
      return { drawn, x, y, disc: { left: x - half, right: x + half, top: y - half, bottom: y + half } };
    });
    all.sort((a, b) => b.drawn.spot.incidents - a.drawn.spot.incidents);
    const lines: Box[] = [];
    for (const { drawn, x, disc } of all) {
      const length = tollLength(drawn.button);
      const half = (length * LETTER + 8) / 2;
      const top = disc.bottom + (drawn.spot.place < 0 ? 6 : 1);
      const line = { left: x - half, right: x + half, top, bottom: top + 15 };
      const crowded = all.some((other) => other.drawn !== drawn && overlaps(line, other.disc)) || lines.some((other) => overlaps(line, other));
      drawn.button.classList.toggle("crowded", length > 0 && crowded);
      if (length > 0 && !crowded) lines.push(line);
    }
  }

  private nameOf(spot: Spot, toll: string): string {
    const { language, index } = this.app;
    const n = language.number(spot.incidents);
    if (spot.place < 0) {
      const p = language.number(spot.places);
      return language.say(spot.opens === null ? "clusterOpen" : "clusterName", { n, p, toll });
    }
    const place = index.places.name[spot.place] || language.say("place");
    if (spot.incidents > 1) return language.say("placeMarker", { place, n, toll });
    const only = this.incidentsAt(spot)[0];
    return language.say("placeMarkerOne", { place, title: only === undefined ? "" : this.app.title(only) });
  }

  /** How a place is drawn: hollow or hatched only if all that is shown there is so. */
  private kindOf(place: number): string {
    const { index } = this.app;
    const incidents = this.shownAt(place);
    if (incidents.every((i) => isHollow(index, i))) return "place hollow";
    if (incidents.every((i) => isDerived(index, i))) return "place hatched";
    return "place";
  }

  private shownAt(place: number): number[] {
    const found: number[] = [];
    for (let at = this.placeStart[place] as number; at < (this.placeStart[place + 1] as number); at += 1) {
      const incident = this.ofPlace[at] as number;
      if (this.app.selection.shown[incident]) found.push(incident);
    }
    return found;
  }

  /** Shown incidents of a marker or cluster, in order of their dates. */
  incidentsAt(spot: Spot): number[] {
    const places = spot.place >= 0 ? [spot.place] : this.tree.placesOf(spot.node);
    const found = places.flatMap((place) => this.shownAt(place));
    if (places.length < 2) return found;
    const { start } = this.app.index;
    return found.sort((a, b) => (start[a] as number) - (start[b] as number) || a - b);
  }

  /** Markers of single places that are drawn now. */
  *singles(): Generator<Spot> {
    for (const { spot } of this.drawn.values()) if (spot.place >= 0) yield spot;
  }

  /** The part of a view that its markers take up. */
  bounds(view: L.LatLngBounds): L.LatLngBounds {
    const points = [...this.drawn.values()].map(({ spot }) => L.latLng(spot.latitude, spot.longitude));
    return L.latLngBounds(points.filter((point) => view.contains(point)));
  }

  shownOf(place: number): number[] {
    return this.shownAt(place);
  }

  /** The boxes of all markers, in pixels of the map's container shifted by `pad`. */
  boxes(pad: L.Point): Box[] {
    return [...this.drawn.values()].map(({ button, spot, size }) => {
      const point = this.map.latLngToContainerPoint([spot.latitude, spot.longitude]).add(pad);
      const half = size / 2;
      const wide = Math.max(half, (tollLength(button) * LETTER + 8) / 2);
      return { left: point.x - wide, right: point.x + wide, top: point.y - half, bottom: point.y + half + (spot.place < 0 ? 22 : 16) };
    });
  }

  /** Draws all markers anew, in another language for instance. */
  redress(): void {
    for (const drawn of this.drawn.values()) drawn.size = this.dress(drawn.button, drawn.spot);
  }

  focus(place: number): void {
    for (const { spot, button } of this.drawn.values()) if (spot.place === place) button.focus();
  }
}

/** Characters of the line of deaths below a marker. */
function tollLength(button: HTMLElement): number {
  return button.querySelector(".toll")?.textContent.length ?? 0;
}

function turned(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** A number in at most five characters. */
function compact(count: number, language: Language): string {
  return count < 10_000 ? language.number(count) : `${language.number(Math.round(count / 1000))}k`;
}

function groupByPlace(app: App): [Uint32Array, Int32Array] {
  const { index } = app;
  const start = new Uint32Array(index.places.count + 1);
  for (const place of index.place) if (place >= 0) start[place + 1] = (start[place + 1] as number) + 1;
  for (let place = 0; place < index.places.count; place += 1) {
    start[place + 1] = (start[place + 1] as number) + (start[place] as number);
  }
  const order = Int32Array.from({ length: index.count }, (_, i) => i).sort(
    (a, b) => (index.start[a] as number) - (index.start[b] as number) || a - b,
  );
  const next = start.slice();
  const grouped = new Int32Array(start[index.places.count] as number);
  for (const incident of order) {
    const place = index.place[incident] as number;
    if (place < 0) continue;
    grouped[next[place] as number] = incident;
    next[place] = (next[place] as number) + 1;
  }
  return [start, grouped];
}
