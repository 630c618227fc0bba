// Cuts the world's land and borders into tiles of ten degrees at three levels of detail,
// so that a map carries fine outlines where its incidents are and coarse ones elsewhere.
//
// Output, mapper/publish/assets/outlines.json:
//   tile      degrees
//   levels    [{name, tiles: {"column,row": base64}}], coarse to fine
//   countries [[ISO 3166-1 alpha-2, longitude, latitude, rank]], where to write a name
// A tile is a run of varints: units per tile, number of rings, each ring (points, then
// zigzag deltas), number of border lines, each line alike.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import countriesOf from "i18n-iso-countries";
import { feature, mesh } from "topojson-client";
import { clipLine, clipRing } from "./clip.mjs";

const TILE = 10;
const SOUTH = -60; // Antarctica would cost more than it shows here
const LEVELS = [
  { name: "110m", units: 400 },
  { name: "50m", units: 3000 },
  { name: "10m", units: 9000 },
];

const require = createRequire(import.meta.url);
const assets = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "assets");

async function atlas(kind, name) {
  return JSON.parse(await readFile(require.resolve(`world-atlas/${kind}-${name}.json`), "utf8"));
}

function cellsOf(points) {
  const [lons, lats] = [points.map((p) => p[0]), points.map((p) => p[1])];
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 1) {
    west = Math.min(west, lons[i]);
    east = Math.max(east, lons[i]);
    south = Math.min(south, lats[i]);
    north = Math.max(north, lats[i]);
  }
  const cells = [];
  for (let c = Math.floor(west / TILE); c <= Math.floor((east - 1e-9) / TILE); c += 1) {
    for (let r = Math.floor(south / TILE); r <= Math.floor((north - 1e-9) / TILE); r += 1) {
      if (r * TILE >= SOUTH && r * TILE < 90) cells.push([c, r]);
    }
  }
  return cells;
}

/** Undoes the jump at the antimeridian: longitudes run on past 180. */
function unwrap(path, closed) {
  const out = [path[0]];
  let turn = 0;
  for (let i = 1; i < path.length; i += 1) {
    const step = path[i][0] - path[i - 1][0];
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    out.push([path[i][0] + turn, path[i][1]]);
  }
  // Antarctica goes once round the world: close it over the pole.
  if (closed && turn !== 0) out.push([out.at(-1)[0], -90], [out[0][0], -90]);
  return out;
}

/** The tile a cell past the antimeridian really is, and how far its points must be shifted. */
function home([column, row]) {
  const real = ((((column + 18) % 36) + 36) % 36) - 18;
  return { cell: [real, row], shift: (real - column) * TILE };
}

const moved = (path, shift) => (shift ? path.map(([lon, lat]) => [lon + shift, lat]) : path);

function boxOf([column, row]) {
  return [column * TILE, row * TILE, (column + 1) * TILE, (row + 1) * TILE];
}

function varint(out, value) {
  let rest = value;
  while (rest > 127) {
    out.push((rest & 127) | 128);
    rest >>>= 7;
  }
  out.push(rest);
}

function encodePath(out, points, box, units, closed) {
  const flat = [];
  let [lastX, lastY] = [NaN, NaN];
  for (const [lon, lat] of points) {
    const x = Math.round(((lon - box[0]) / TILE) * units);
    const y = Math.round(((lat - box[1]) / TILE) * units);
    if (x !== lastX || y !== lastY) flat.push([x, y]);
    [lastX, lastY] = [x, y];
  }
  if (closed && flat.length > 1 && flat[0][0] === lastX && flat[0][1] === lastY) flat.pop();
  if (flat.length < (closed ? 3 : 2)) return false;
  varint(out, flat.length);
  let [x0, y0] = [0, 0];
  for (const [x, y] of flat) {
    for (const delta of [x - x0, y - y0]) varint(out, delta < 0 ? -2 * delta - 1 : 2 * delta);
    [x0, y0] = [x, y];
  }
  return true;
}

function encodeTile(cell, rings, lines, units) {
  const box = boxOf(cell);
  const bodies = [rings, lines].map((paths, which) => {
    const out = [];
    const kept = paths.filter((path) => encodePath(out, path, box, units, which === 0)).length;
    return { out, kept };
  });
  const head = [];
  varint(head, units);
  varint(head, bodies[0].kept);
  const middle = [];
  varint(middle, bodies[1].kept);
  return Buffer.from([...head, ...bodies[0].out, ...middle, ...bodies[1].out]).toString("base64");
}

async function level({ name, units }) {
  const [land, countries] = [await atlas("land", name), await atlas("countries", name)];
  const rings = feature(land, land.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(),
  );
  const lines = mesh(countries, countries.objects.countries, (a, b) => a !== b).coordinates;
  const tiles = new Map();
  const at = (cell) => {
    const key = cell.join(",");
    if (!tiles.has(key)) tiles.set(key, { cell, rings: [], lines: [] });
    return tiles.get(key);
  };
  for (const ring of rings.map((path) => unwrap(path, true))) {
    for (const far of cellsOf(ring)) {
      const { cell, shift } = home(far);
      const clipped = clipRing(ring, boxOf(far));
      if (clipped.length > 2) at(cell).rings.push(moved(clipped, shift));
    }
  }
  for (const line of lines.map((path) => unwrap(path, false))) {
    for (const far of cellsOf(line)) {
      const { cell, shift } = home(far);
      for (const part of clipLine(line, boxOf(far))) at(cell).lines.push(moved(part, shift));
    }
  }
  const written = {};
  for (const key of [...tiles.keys()].sort()) {
    const { cell, rings: r, lines: l } = tiles.get(key);
    written[key] = encodeTile(cell, r, l, units);
  }
  return { name, tiles: written };
}

function ringArea(ring) {
  let [area, lon, lat] = [0, 0, 0];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    area += cross / 2;
    lon += ((ring[j][0] + ring[i][0]) * cross) / 6;
    lat += ((ring[j][1] + ring[i][1]) * cross) / 6;
  }
  return { area: Math.abs(area), lon: lon / area, lat: lat / area };
}

async function countryNames() {
  const topology = await atlas("countries", "50m");
  const rows = [];
  for (const country of feature(topology, topology.objects.countries).features) {
    const code = country.id && countriesOf.numericToAlpha2(String(country.id));
    if (!code || !country.geometry) continue;
    const parts =
      country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
    const [best] = parts.map((part) => ringArea(unwrap(part[0], true))).sort((a, b) => b.area - a.area);
    rows.push([code, +best.lon.toFixed(2), +best.lat.toFixed(2), Math.round(best.area * 10)]);
  }
  return rows.sort((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1));
}

const document = {
  tile: TILE,
  levels: await Promise.all(LEVELS.map(level)),
  countries: await countryNames(),
};
await writeFile(join(assets, "outlines.json"), JSON.stringify(document));
