/** One tile of the world's outlines, as written by build/outlines.mjs. */

import { mercator, type Frame } from "./basemap";

interface Path {
  /** Degrees east, and Mercator share of the world's height, in turn. */
  points: Float64Array;
  /** Where the path runs along the tile's edge, and so is no coast: 1 for the step to this point. */
  edge: Uint8Array;
}

export class OutlineTile {
  constructor(
    private readonly rings: Path[],
    private readonly lines: Path[],
  ) {}

  /** Adds the tile to the paths of land, coast and borders, turned by `shift` degrees. */
  trace(frame: Frame, shift: number, land: Path2D, coast: Path2D, borders: Path2D): void {
    for (const { points, edge } of this.rings) {
      const last = points.length - 2;
      let pen = false;
      for (let at = 0; at < points.length; at += 2) {
        const x = frame.x((points[at] as number) + shift);
        const y = frame.yOf(points[at + 1] as number);
        if (at === 0) land.moveTo(x, y);
        else land.lineTo(x, y);
        if (edge[at / 2]) pen = false;
        else if (!pen) {
          const before = at === 0 ? last : at - 2;
          coast.moveTo(frame.x((points[before] as number) + shift), frame.yOf(points[before + 1] as number));
          pen = true;
        }
        if (pen) coast.lineTo(x, y);
      }
      land.closePath();
    }
    for (const { points } of this.lines) {
      for (let at = 0; at < points.length; at += 2) {
        const x = frame.x((points[at] as number) + shift);
        const y = frame.yOf(points[at + 1] as number);
        if (at === 0) borders.moveTo(x, y);
        else borders.lineTo(x, y);
      }
    }
  }
}

/** Degrees that a tile is wide and high. */
export const TILE = 10;

/** Takes the tiles out of their frames, each decoded when it first comes into sight; keys are "column,row". */
export function decodeTiles(bytes: Uint8Array): Map<string, () => OutlineTile> {
  const tiles = new Map<string, () => OutlineTile>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const column = (bytes[at] as number) - 18;
    const row = (bytes[at + 1] as number) - 9;
    const length = (bytes[at + 2] as number) + 256 * (bytes[at + 3] as number);
    const own = bytes.subarray(at + 4, at + 4 + length);
    let decoded: OutlineTile | null = null;
    tiles.set(`${column},${row}`, () => (decoded ??= decodeTile(own, column, row)));
    at += 4 + length;
  }
  return tiles;
}

/** Reads the varints of a tile; see the build script for their order. */
function decodeTile(bytes: Uint8Array, column: number, row: number): OutlineTile {
  const next = varints(bytes);
  const signed = (): number => {
    const value = next();
    return value & 1 ? -((value + 1) >> 1) : value >> 1;
  };
  const units = next();
  const paths = (): Path[] =>
    Array.from({ length: next() }, () => {
      const steps: [x: number, y: number][] = [];
      const count = next();
      const points = new Float64Array(count * 2);
      let [x, y] = [0, 0];
      for (let i = 0; i < count; i += 1) {
        x += signed();
        y += signed();
        steps.push([x, y]);
        points[2 * i] = (column + x / units) * TILE;
        points[2 * i + 1] = mercator((row + y / units) * TILE);
      }
      return { points, edge: alongEdge(steps, units) };
    });
  const rings = paths();
  return new OutlineTile(rings, paths());
}

function varints(bytes: Uint8Array): () => number {
  let at = 0;
  return () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
      shift += 7;
    }
  };
}

function alongEdge(points: [number, number][], units: number): Uint8Array {
  const edge = new Uint8Array(points.length);
  points.forEach(([x, y], i) => {
    const [px, py] = points[i === 0 ? points.length - 1 : i - 1] as [number, number];
    const vertical = x === px && (x === 0 || x === units);
    const horizontal = y === py && (y === 0 || y === units);
    if (vertical || horizontal) edge[i] = 1;
  });
  return edge;
}
