/** Ties the map to the state: base map, markers, circles, popups, and where the view goes. */

import L from "leaflet";
import type { App } from "../app";
import { bdi, h } from "../dom";
import { Layout } from "../view/layout";
import { Pager } from "../view/pager";
import { Areas } from "./areas";
import { BaseMap } from "./basemap";
import { extentOf } from "./extent";
import { LabelSource, type Box } from "./labels";
import { Outside } from "./outside";
import { Spots } from "./spots";
import { ClusterTree, type Spot } from "./tree";

const PHONE = 760;

export class Stage {
  private readonly tree: ClusterTree;
  private readonly spots: Spots;
  private readonly areas: Areas;
  private readonly base: BaseMap;
  private readonly layout: Layout;
  private readonly key = h("div", { class: "map-key" });
  private readonly outside: Outside;
  private popup: L.Popup | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly app: App,
  ) {
    this.tree = new ClusterTree(app.index.places);
    this.spots = new Spots(map, app, this.tree, (spot) => this.openSpot(spot));
    this.areas = new Areas(map, app, this.spots);
    this.base = new BaseMap(app.base, this.labels());
    this.outside = new Outside(() => this.showAll(false));
    this.layout = new Layout(app, map.getContainer(), (incident) => this.goTo(incident), () => map.invalidateSize({ animate: false }));
  }

  private labels(): LabelSource {
    const { language, base } = this.app;
    return new LabelSource(base, language.code === "ar", (code) => language.country(code));
  }

  start(): void {
    const { map, app } = this;
    this.layout.draw();
    map.setMinZoom(2);
    map.setMaxZoom(16);
    map.invalidateSize({ animate: false });
    this.controls();
    const fit = () => {
      map.invalidateSize({ animate: false });
      this.reveal();
    };
    new ResizeObserver(fit).observe(map.getContainer());
    this.fitPaper(fit);
    this.base.occupied = (pad) => [...this.spots.boxes(pad), ...this.controlBoxes(pad)];
    this.base.withLand = app.head.tiles === null;
    this.tree.aggregate(app.index, app.selection.shown);
    map.on("moveend", () => this.moved());
    this.firstView();
    map.addLayer(this.base);
    this.draw();
    app.on("selection", () => {
      this.tree.aggregate(app.index, app.selection.shown);
      this.draw();
      this.base.draw();
    });
    app.on("selected", () => {
      this.draw();
      this.reveal();
      if (app.state.selected !== null && !app.state.wide) map.closePopup();
    });
    app.on("language", () => {
      this.map.closePopup();
      this.nameKey();
      this.outside.update(map, app.index, app.selection, app.language);
      this.spots.redress();
      this.base.setLabels(this.labels());
    });
    window.addEventListener("hashchange", ({ newURL }) => {
      // By now the page may have written its own state over what the reader asked for.
      const at = app.follow(newURL.slice(newURL.indexOf("#") + 1));
      map.invalidateSize({ animate: false });
      this.firstView(at);
    });
    if (app.state.selected !== null) {
      app.choose(app.index.byId.has(app.state.selected) ? app.state.selected : null);
    }
  }

  /** On paper the map is wider and lower: it keeps the markers that were in sight, and goes back afterwards. */
  private fitPaper(fit: () => void): void {
    const { map } = this;
    let before: { centre: L.LatLng; zoom: number } | null = null;
    window.matchMedia("print").addEventListener("change", ({ matches }) => {
      const seen = this.spots.bounds(map.getBounds());
      const most = map.getZoom();
      if (matches) before = { centre: map.getCenter(), zoom: map.getZoom() };
      fit();
      if (matches && seen.isValid()) map.fitBounds(seen, { padding: [48, 40], maxZoom: most, animate: false });
      else if (before) map.setView(before.centre, before.zoom, { animate: false });
    });
  }

  /** Where the buttons, the scale and the key lie: a name under them would be cut. */
  private controlBoxes(pad: L.Point): Box[] {
    const frame = this.map.getContainer().getBoundingClientRect();
    return [...this.map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      return { left: left - frame.left + pad.x, top: top - frame.top + pad.y, right: right - frame.left + pad.x, bottom: bottom - frame.top + pad.y };
    });
  }

  private nameKey(): void {
    const { language } = this.app;
    this.key.textContent = language.say("mapKey");
    this.key.dir = language.direction;
  }

  private controls(): void {
    const { map, app } = this;
    L.control.zoom({ position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    const key = new L.Control({ position: "bottomright" });
    key.onAdd = () => this.key;
    key.addTo(map);
    const outside = new L.Control({ position: "topleft" });
    outside.onAdd = () => this.outside.element;
    outside.addTo(map);
    this.nameKey();
    const { tiles } = app.head;
    if (!tiles) return;
    const note = new L.Control({ position: "bottomright" });
    note.onAdd = () => h("div", { class: "attribution" }, bdi(tiles.attribution));
    note.addTo(map);
  }

  /** The view of the address, or that of one incident, or all that is shown. */
  private firstView(at = this.app.state.at): void {
    const { map, app } = this;
    const { selected } = app.state;
    const chosen = selected === null ? undefined : app.index.byId.get(selected);
    if (at) map.setView([at.latitude, at.longitude], at.zoom, { animate: false });
    else if (chosen !== undefined && (app.index.place[chosen] as number) >= 0) this.goTo(chosen);
    else this.showAll(true);
  }

  /** Fits what is shown: all of it, or where nearly all of it lies. */
  private showAll(bulk: boolean): void {
    const { places } = this.app.index;
    // Background does not pull the first view; and where nothing is shown, all places are a better view than none.
    const counted = [...(bulk ? [this.weights(true)] : []), this.weights(false), new Uint8Array(places.count).fill(1)];
    const extent = counted.map((weight) => extentOf({ ...places, weight }, bulk)).find((found) => found !== null);
    if (!extent) return;
    const { x, y } = this.map.getSize();
    const room = Math.min(48, Math.round(Math.min(x, y) / 9));
    this.map.fitBounds(L.latLngBounds([extent.south, extent.west], [extent.north, extent.east]), { padding: [room, room], maxZoom: 10, animate: false });
  }

  /** How many of the shown incidents each place has; of primary ones alone, if asked. */
  private weights(primary: boolean): Uint32Array {
    const { index, selection } = this.app;
    const { names, codes } = index.coded.role;
    const wanted = primary ? names.indexOf("primary") : -1;
    const weights = new Uint32Array(index.places.count);
    index.place.forEach((place, i) => {
      if (place >= 0 && selection.shown[i] && (!primary || codes[i] === wanted)) weights[place] = (weights[place] as number) + 1;
    });
    return weights;
  }

  private goTo(incident: number): void {
    const { index } = this.app;
    const place = index.place[incident] as number;
    if (place < 0) return;
    const radius = Math.max(2000, index.numbers.uncertainty_m[incident] as number);
    const at = L.latLng(index.places.latitude[place] as number, index.places.longitude[place] as number);
    const zoom = Math.max(5, Math.min(13, Math.floor(Math.log2((40_075_016 * 120) / (256 * radius)))));
    if (this.app.state.wide) this.app.setWide(false);
    this.map.setView(at, zoom, { animate: false });
  }

  private moved(): void {
    const { map, app } = this;
    const { lat, lng } = map.getCenter();
    app.moved(map.getZoom(), lat, lng);
    this.draw();
  }

  private draw(): void {
    this.spots.update();
    this.areas.update();
    this.outside.update(this.map, this.app.index, this.app.selection, this.app.language);
  }

  /** Moves the map only if the chosen incident is out of sight. */
  private reveal(): void {
    const { app, map } = this;
    const chosen = app.state.selected === null ? undefined : app.index.byId.get(app.state.selected);
    if (chosen === undefined || app.state.wide) return;
    const place = app.index.place[chosen] as number;
    if (place < 0) return;
    const at = L.latLng(app.index.places.latitude[place] as number, app.index.places.longitude[place] as number);
    if (!map.getBounds().pad(-0.1).contains(at)) map.panTo(at, { animate: false });
  }

  private openSpot(spot: Spot): void {
    const { map } = this;
    if (spot.place < 0 && spot.opens !== null) {
      map.setView([spot.latitude, spot.longitude], Math.max(spot.opens, map.getZoom() + 1), { animate: !calm() });
      return;
    }
    const incidents = this.spots.incidentsAt(spot);
    if (map.getContainer().ownerDocument.documentElement.clientWidth < PHONE) {
      this.app.choose(null);
      this.layout.showPlace(incidents);
      return;
    }
    this.openPopup(spot, incidents);
  }

  /** Moves the map, at once, so that the whole popup is in sight. */
  private bringIntoView(): void {
    const popup = this.popup?.getElement()?.getBoundingClientRect();
    if (!popup) return;
    const frame = this.map.getContainer().getBoundingClientRect();
    const dx = shiftInto(popup.left, popup.right, frame.left + 12, frame.right - 12);
    const dy = shiftInto(popup.top, popup.bottom, frame.top + 12, frame.bottom - 12);
    if (dx !== 0 || dy !== 0) this.map.panBy([dx, dy], { animate: false });
  }

  private openPopup(spot: Spot, incidents: number[]): void {
    const { map } = this;
    const pager = new Pager(this.app, incidents, () => {
      this.popup?.update();
      this.bringIntoView();
    });
    const size = map.getSize();
    this.popup = L.popup({
      minWidth: Math.min(340, size.x - 60),
      maxWidth: Math.min(360, size.x - 40),
      // Leaflet would glide, and a button that glides is missed; see bringIntoView.
      autoPan: false,
      offset: [0, -8],
      closeButton: true,
    })
      .setLatLng([spot.latitude, spot.longitude])
      .setContent(pager.element);
    pager.element.style.setProperty("--room", `${Math.max(180, size.y - 170)}px`);
    pager.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    this.popup.on("remove", () => {
      map.getContainer().classList.remove("with-popup");
      this.spots.focus(spot.place);
    });
    this.popup.openOn(map);
    map.getContainer().classList.add("with-popup");
    this.popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.app.language.say("close"));
    void pager.show().then(() => pager.element.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true }));
  }
}

/** How far a box must move to be inside a frame; its beginning matters more than its end. */
export function shiftInto(from: number, to: number, start: number, end: number): number {
  if (from < start) return from - start;
  return to > end ? Math.min(to - end, from - start) : 0;
}

function calm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
