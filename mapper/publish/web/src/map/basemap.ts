/** The base map that needs no network: land, borders, graticule and names, drawn on one canvas. */

import L from "leaflet";
import type { Base } from "../data/model";
import { decodeTiles, TILE, type OutlineTile } from "./outline";
import { placeLabels, type Box, type LabelSource } from "./labels";
import { DARK, darkScreen, LIGHT, type Palette } from "./palette";

const PADDING = 0.35;

/** One canvas under the markers, redrawn whenever the map comes to rest. */
export class BaseMap extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private readonly tiles: Map<string, () => OutlineTile>;
  private map_: L.Map | null = null;
  private later: number | null = null;
  private drawnZoom = -1;
  private drawnAt: L.Point | null = null;
  private readonly dark = darkScreen();
  private readonly repaint = () => this.draw();
  /** Boxes that names should keep clear of, markers and controls, in pixels of the canvas. */
  occupied: (pad: L.Point) => Box[] = () => [];
  withLand = true;

  constructor(
    base: Base,
    private labels: LabelSource,
  ) {
    super();
    this.tiles = decodeTiles(base.outlines);
    this.canvas.className = "base-canvas";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  setLabels(labels: LabelSource): void {
    this.labels = labels;
    this.draw();
  }

  override onAdd(map: L.Map): this {
    this.map_ = map;
    map.getPane("tilePane")?.append(this.canvas);
    if (map.options.zoomAnimation) this.canvas.classList.add("leaflet-zoom-animated");
    this.dark.addEventListener("change", this.repaint);
    this.draw();
    return this;
  }

  override onRemove(): this {
    this.dark.removeEventListener("change", this.repaint);
    this.canvas.remove();
    this.map_ = null;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      moveend: () => this.follow(),
      viewreset: () => this.draw(),
      resize: () => this.draw(),
      zoomanim: (event) => this.animate(event as L.ZoomAnimEvent),
    };
  }

  private animate(event: L.ZoomAnimEvent): void {
    const map = this.map_;
    if (!map) return;
    const corner = map.containerPointToLatLng(this.offset().multiplyBy(-1));
    const target = map.project(corner, event.zoom);
    const origin = map.project(event.center, event.zoom).subtract(map.getSize().divideBy(2));
    const pane = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement);
    L.DomUtil.setTransform(this.canvas, target.subtract(origin).subtract(pane), map.getZoomScale(event.zoom));
  }

  /** After a short move the canvas still covers the view: it is drawn anew a little later. */
  private follow(): void {
    const map = this.map_;
    if (!map) return;
    if (this.later !== null) window.clearTimeout(this.later);
    this.later = null;
    const { min } = map.getPixelBounds();
    const away = min && this.drawnAt ? min.subtract(this.drawnAt) : null;
    const pad = this.offset();
    if (map.getZoom() === this.drawnZoom && away && Math.abs(away.x) < pad.x && Math.abs(away.y) < pad.y) {
      this.later = window.setTimeout(() => this.draw(), 160);
    } else {
      this.draw();
    }
  }

  private offset(): L.Point {
    const size = this.map_?.getSize() ?? L.point(0, 0);
    return size.multiplyBy(PADDING).round();
  }

  /** Draws what the map shows, and some more around it, so that dragging uncovers no blank. */
  draw(): void {
    const map = this.map_;
    if (!map) return;
    const pad = this.offset();
    const size = map.getSize().add(pad.multiplyBy(2));
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setTransform(this.canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)), 1);
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    const frame = new Frame(map, pad, size);
    this.drawnZoom = map.getZoom();
    this.drawnAt = map.getPixelBounds().min ?? null;
    // Tiles of others are light whatever the system is.
    const palette = this.withLand && this.dark.matches ? DARK : LIGHT;
    if (this.withLand) {
      context.fillStyle = palette.sea;
      context.fillRect(0, 0, size.x, size.y);
      this.drawLand(context, frame, palette);
    }
    drawGraticule(context, frame, pad, palette);
    placeLabels(context, frame, this.labels, this.occupied(pad), palette);
  }

  private drawLand(context: CanvasRenderingContext2D, frame: Frame, palette: Palette): void {
    const land = new Path2D();
    const coast = new Path2D();
    const borders = new Path2D();
    for (const { column, row, copies } of frame.cells(TILE)) {
      const tile = this.tiles.get(`${column},${row}`)?.();
      if (!tile) continue;
      for (const shift of copies) tile.trace(frame, shift, land, coast, borders);
    }
    context.fillStyle = palette.land;
    context.fill(land, "evenodd");
    context.lineJoin = "round";
    context.strokeStyle = palette.coast;
    context.lineWidth = 1;
    context.stroke(coast);
    context.strokeStyle = palette.border;
    context.lineWidth = 1.1;
    context.setLineDash([5, 3]);
    context.stroke(borders);
    context.setLineDash([]);
  }
}

/** Where longitude and latitude fall on the canvas, and what part of the world it shows. */
export class Frame {
  readonly zoom: number;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
  private readonly scale: number;
  private readonly x0: number;
  private readonly y0: number;

  constructor(
    readonly map: L.Map,
    readonly pad: L.Point,
    readonly size: L.Point,
  ) {
    this.zoom = map.getZoom();
    this.scale = 256 * 2 ** this.zoom;
    const corner = map.getPixelBounds().min as L.Point;
    this.x0 = corner.x - pad.x;
    this.y0 = corner.y - pad.y;
    this.west = (this.x0 / this.scale) * 360 - 180;
    this.east = ((this.x0 + size.x) / this.scale) * 360 - 180;
    this.north = this.latitudeAt(this.y0);
    this.south = this.latitudeAt(this.y0 + size.y);
  }

  x(longitude: number): number {
    return ((longitude + 180) / 360) * this.scale - this.x0;
  }

  /** From a Mercator share of the world's height (0 at the top). */
  yOf(share: number): number {
    return share * this.scale - this.y0;
  }

  y(latitude: number): number {
    return this.yOf(mercator(latitude));
  }

  private latitudeAt(pixel: number): number {
    const n = Math.PI * (1 - (2 * pixel) / this.scale);
    return (Math.atan(Math.sinh(n)) * 180) / Math.PI;
  }

  /** Outline tiles in sight, each with the turns (degrees) at which a copy of the world shows it. */
  *cells(tile: number): Generator<{ column: number; row: number; copies: number[] }> {
    const found = new Map<string, { column: number; row: number; copies: number[] }>();
    const around = 360 / tile;
    for (let c = Math.floor(this.west / tile); c * tile < this.east; c += 1) {
      for (let row = Math.floor(this.south / tile); row * tile < this.north; row += 1) {
        const column = ((((c + around / 2) % around) + around) % around) - around / 2;
        const key = `${column},${row}`;
        const cell = found.get(key) ?? { column, row, copies: [] };
        cell.copies.push((c - column) * tile);
        found.set(key, cell);
      }
    }
    yield* found.values();
  }
}

/** Share of the world's height at a latitude, 0 at the northern edge. */
export function mercator(latitude: number): number {
  const clamped = Math.max(-85.0511, Math.min(85.0511, latitude));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

const GRID_STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];

function drawGraticule(context: CanvasRenderingContext2D, frame: Frame, pad: L.Point, palette: Palette): void {
  const across = ((frame.size.x - 2 * pad.x) / (256 * 2 ** frame.zoom)) * 360;
  const step = GRID_STEPS.find((candidate) => across / candidate >= 3) ?? 0.01;
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  context.strokeStyle = palette.grid;
  context.fillStyle = palette.gridText;
  context.lineWidth = 0.6;
  context.font = "10px system-ui, sans-serif";
  context.textBaseline = "bottom";
  context.beginPath();
  const bottom = frame.size.y - pad.y;
  // Paper may cut some of the edge off.
  const inset = window.matchMedia("print").matches ? 28 : 0;
  for (let lon = Math.ceil(frame.west / step) * step; lon <= frame.east; lon += step) {
    const x = Math.round(frame.x(lon)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, frame.size.y);
    // Along the top and the left edge: scale, key and buttons lie along the others.
    if (x > pad.x + 40 && x < frame.size.x - pad.x - 80) {
      context.fillText(degrees(lon, digits, "E", "W"), x + 3, pad.y + 13 + inset);
    }
  }
  for (let lat = Math.ceil(Math.max(frame.south, -85) / step) * step; lat <= Math.min(85, frame.north); lat += step) {
    const y = Math.round(frame.y(lat)) + 0.5;
    context.moveTo(0, y);
    context.lineTo(frame.size.x, y);
    if (y > pad.y + 30 && y < bottom - 40) {
      context.fillText(degrees(lat, digits, "N", "S"), pad.x + 4 + inset, y - 2);
    }
  }
  context.stroke();
}

function degrees(value: number, digits: number, positive: string, negative: string): string {
  const turned = ((((value + 180) % 360) + 360) % 360) - 180;
  const near = positive === "E" ? turned : value;
  if (Math.abs(near) < 1e-9) return "0°";
  return `${Math.abs(near).toFixed(digits)}° ${near > 0 ? positive : negative}`;
}
