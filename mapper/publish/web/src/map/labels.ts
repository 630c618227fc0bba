/** Names on the base map: the important ones first, and none over another or over a marker. */

import type { Base } from "../data/model";
import type { Frame } from "./basemap";
import type { Palette } from "./palette";

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Name {
  text: string;
  longitude: number;
  latitude: number;
  style: Style;
  weight: number;
}

interface Style {
  font: string;
  colour: "country" | "area" | "water" | "city" | "town" | "village";
  spaced: number;
  dot: boolean;
  /** Zooms at which names of this kind are written. */
  from: number;
  until: number;
}

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';
const STYLES: Record<string, Style> = {
  country: { font: `600 12px ${SANS}`, colour: "country", spaced: 1.5, dot: false, from: 3, until: 7 },
  sea: { font: `italic 12px ${SANS}`, colour: "water", spaced: 1, dot: false, from: 4, until: 11 },
  region: { font: `500 11px ${SANS}`, colour: "area", spaced: 1.5, dot: false, from: 6, until: 10 },
  governorate: { font: `500 11px ${SANS}`, colour: "area", spaced: 1.5, dot: false, from: 6, until: 9 },
  district: { font: `500 11px ${SANS}`, colour: "area", spaced: 0.5, dot: false, from: 9, until: 12 },
  city: { font: `600 12px ${SANS}`, colour: "city", spaced: 0, dot: true, from: 5, until: 20 },
  town: { font: `500 11px ${SANS}`, colour: "town", spaced: 0, dot: true, from: 8, until: 20 },
  village: { font: `400 11px ${SANS}`, colour: "village", spaced: 0, dot: true, from: 9, until: 20 },
  neighbourhood: { font: `400 10px ${SANS}`, colour: "village", spaced: 0, dot: false, from: 12, until: 20 },
  site: { font: `400 10px ${SANS}`, colour: "village", spaced: 0, dot: true, from: 12, until: 20 },
};
const ORDER = ["country", "governorate", "sea", "city", "region", "town", "district", "village", "neighbourhood", "site"];
const MOST = 140;

export class LabelSource {
  readonly names: Name[];

  constructor(base: Base, readonly arabic: boolean, country: (code: string) => string) {
    const names: Name[] = [];
    for (const [code, longitude, latitude, rank] of base.countries) {
      const text = country(code);
      if (text !== code) names.push({ text, longitude, latitude, style: STYLES["country"] as Style, weight: rank });
    }
    for (const [longitude, latitude, kind, name, arabicName, population] of base.labels) {
      const style = STYLES[kind];
      if (style && kind !== "country") {
        names.push({ text: (arabic && arabicName) || name, longitude, latitude, style, weight: population });
      }
    }
    const rank = new Map(ORDER.map((kind, i) => [STYLES[kind] as Style, i]));
    this.names = names.sort((a, b) => (rank.get(a.style) ?? 0) - (rank.get(b.style) ?? 0) || b.weight - a.weight);
  }
}

/** True if two boxes share any ground. */
export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** True if the edge of the view would cut a name; one wholly outside waits for the map to be dragged. */
function isCut(box: Box, view: Box): boolean {
  const inside = box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
  return !inside && overlaps(box, view);
}

/** Writes as many names as fit. `occupied` boxes are kept clear. */
export function placeLabels(
  context: CanvasRenderingContext2D,
  frame: Frame,
  source: LabelSource,
  occupied: readonly Box[],
  palette: Palette,
): void {
  const taken: Box[] = [...occupied];
  const { pad, size } = frame;
  const view = { left: pad.x, top: pad.y, right: size.x - pad.x, bottom: size.y - pad.y };
  let written = 0;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const { text, longitude, latitude, style, weight } of source.names) {
    if (written >= MOST) break;
    if (frame.zoom < style.from || frame.zoom > style.until) continue;
    if (style === STYLES["country"] && weight < 900 / 4 ** (frame.zoom - 3)) continue;
    for (const turn of [-360, 0, 360]) {
      const x = frame.x(longitude + turn);
      const y = frame.y(latitude);
      if (x < 0 || x > frame.size.x || y < 0 || y > frame.size.y) continue;
      context.font = style.font;
      context.letterSpacing = `${source.arabic ? 0 : style.spaced}px`;
      const width = context.measureText(text).width;
      const place = spotFor(x, y, width, style.dot, taken, view);
      if (!place) continue;
      write(context, text, place, style, style.dot ? [x, y] : null, palette);
      taken.push(place.box);
      written += 1;
    }
  }
  context.letterSpacing = "0px";
}

function spotFor(x: number, y: number, width: number, dot: boolean, taken: Box[], view: Box): { x: number; y: number; box: Box } | null {
  const tries: [number, number][] = dot
    ? [
        [x + 5, y],
        [x - 5 - width, y],
        [x - width / 2, y - 11],
        [x - width / 2, y + 11],
      ]
    : [[x - width / 2, y]];
  for (const [left, middle] of tries) {
    const box = { left: left - 3, top: middle - 8, right: left + width + 3, bottom: middle + 8 };
    if (isCut(box, view)) continue;
    if (!taken.some((other) => overlaps(box, other))) return { x: left, y: middle, box };
  }
  return null;
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  place: { x: number; y: number },
  style: Style,
  dot: [number, number] | null,
  palette: Palette,
): void {
  context.textAlign = "left";
  context.strokeStyle = palette.halo;
  context.lineWidth = 3;
  context.strokeText(text, place.x, place.y);
  context.fillStyle = palette[style.colour];
  context.fillText(text, place.x, place.y);
  if (dot) {
    context.beginPath();
    context.arc(dot[0], dot[1], 1.8, 0, 2 * Math.PI);
    context.fillStyle = palette.dot;
    context.fill();
  }
}
