import { describe, expect, it } from "vitest";
import { mercator } from "../src/map/basemap";
import { overlaps } from "../src/map/labels";
import { extentOf, narrowest } from "../src/map/extent";
import { shiftInto } from "../src/map/stage";
import { decodeTiles } from "../src/map/outline";
import { ClusterTree } from "../src/map/tree";
import { sumToRange } from "../src/text/toll";
import { safeAddress } from "../src/view/links";
import { ticks } from "../src/view/timeline";
import { sampleIndex } from "./sample";

const WORLD: [number, number, number, number] = [-180, -85, 180, 85];

describe("clusters", () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ id: `i${i}`, place: i % 20, killed: [1, 2] as [number, number] }));
  const places = Array.from({ length: 20 }, (_, i): [number, number, string] => [40 + (i % 5) / 10, 35 + Math.floor(i / 5), `P${i}`]);
  const index = sampleIndex(rows, places);
  const tree = new ClusterTree(index.places);
  it("lose no incident at any zoom", () => {
    tree.aggregate(index, new Uint8Array(60).fill(1));
    for (let zoom = 0; zoom <= 18; zoom += 1) {
      const spots = tree.spots(WORLD, zoom);
      expect(spots.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(60);
      expect(spots.reduce((sum, { toll }) => sum + toll.max, 0)).toBe(120);
      expect(spots.flatMap(({ node }) => tree.placesOf(node)).sort((a, b) => a - b)).toEqual(places.map((_, i) => i));
    }
  });
  it("know which of them hold a place, at any zoom", () => {
    tree.aggregate(index, new Uint8Array(60).fill(1));
    const holding = tree.holding(7);
    for (let zoom = 0; zoom <= 18; zoom += 1) {
      const [found, ...others] = tree.spots(WORLD, zoom).filter(({ node }) => holding.has(node));
      expect(others).toEqual([]);
      expect(found && tree.placesOf(found.node)).toContain(7);
    }
  });
  it("follow a filter, and become the place when one is left", () => {
    const shown = new Uint8Array(60);
    shown[7] = 1;
    tree.aggregate(index, shown);
    const [only, ...others] = tree.spots(WORLD, 2);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ place: 7, incidents: 1, longitude: 40.2, latitude: 36 });
    expect(sumToRange(only?.toll ?? { min: 0, max: 0, open: 0, stated: 0 })).toEqual({ min: 1, max: 2 });
  });
  it("that never come apart say so", () => {
    const twins = sampleIndex(
      [
        { id: "a", place: 0 },
        { id: "b", place: 1 },
      ],
      [
        [40, 35, "A"],
        [40.000001, 35, "B"],
      ],
    );
    const twinTree = new ClusterTree(twins.places);
    twinTree.aggregate(twins, new Uint8Array(2).fill(1));
    expect(twinTree.spots(WORLD, 16)).toMatchObject([{ place: -1, incidents: 2, opens: null }]);
  });
});

describe("the base map", () => {
  it("knows Mercator's projection", () => {
    expect(mercator(0)).toBeCloseTo(0.5);
    expect(mercator(85.0511)).toBeCloseTo(0, 4);
    expect(mercator(-90)).toBeCloseTo(1, 4);
  });
  it("reads tiles in their frames", () => {
    // One tile at column 4, row 3: 100 units, one ring of three points, no line.
    const body = [100, 1, 3, 0, 0, 20, 0, 0, 20, 0];
    const tiles = decodeTiles(Uint8Array.from([22, 12, body.length, 0, ...body]));
    expect([...tiles.keys()]).toEqual(["4,3"]);
    expect(decodeTiles(new Uint8Array()).size).toBe(0);
  });
  it("keeps names off one another", () => {
    const box = { left: 0, top: 0, right: 10, bottom: 10 };
    expect(overlaps(box, { left: 9, top: 9, right: 20, bottom: 20 })).toBe(true);
    expect(overlaps(box, { left: 10, top: 0, right: 20, bottom: 10 })).toBe(false);
  });
});

describe("the view", () => {
  it("takes the shorter way round the world", () => {
    expect(narrowest([179, -179, 178])).toEqual([178, 181]);
    expect(narrowest([10, 20, 15])).toEqual([10, 20]);
    expect(narrowest([5])).toEqual([5, 5]);
  });
  const line = (...longitudes: number[]) => ({ longitude: longitudes, latitude: longitudes.map(() => 0), weight: longitudes.map(() => 1) });
  it("opens where nearly all lie, and leaves one of six out only where that brings the others near", () => {
    const near = Array.from({ length: 12 }, (_, i) => i / 4);
    expect(extentOf(line(...near, 60), true)).toEqual({ west: 0, south: 0, east: 2.75, north: 0 });
    expect(extentOf(line(...near, 60), false)?.east).toBe(60);
    expect(extentOf(line(...near, 8), true)?.east).toBe(8);
    expect(extentOf(line(...near, 60, 60.1), true)).toEqual({ west: 0, south: 0, east: 2.75, north: 0 });
    expect(extentOf(line(...near, 60, 61, 62), true)?.east).toBe(62);
    expect(extentOf(line(0, 1, 2, 60), true)?.east).toBe(60);
  });
  it("weighs a place by its incidents, and knows no view of nothing", () => {
    const places = { longitude: [0, 0.1, 50], latitude: [1, 2, 3], weight: [20, 30, 5] };
    expect(extentOf(places, true)).toEqual({ west: 0, south: 1, east: 0.1, north: 2 });
    expect(extentOf({ ...places, weight: [20, 19, 8] }, true)?.east).toBe(50);
    expect(extentOf({ ...places, weight: [0, 0, 0] }, true)).toBeNull();
  });
  it("leaves a far one out on either side of the antimeridian", () => {
    const near = [178, 178.5, 179, 179.5, -179.5, -179, -178.5, -178, -178, 178];
    expect(extentOf(line(...near, 120), true)).toEqual({ west: 178, south: 0, east: 182, north: 0 });
  });
  it("moves a popup no further than it must", () => {
    expect(shiftInto(10, 50, 0, 100)).toBe(0);
    expect(shiftInto(-5, 50, 0, 100)).toBe(-5);
    expect(shiftInto(60, 120, 0, 100)).toBe(20);
    expect(shiftInto(10, 150, 0, 100)).toBe(10);
  });
});

describe("links", () => {
  it.each(["https://example.org/a?b#c", "HTTP://EXAMPLE.org", "https://[2001:db8::1]/"])("follow %s", (address) => {
    expect(safeAddress(address)).toMatch(/^https?:\/\//u);
  });
  it.each(["javascript:x", " javascript:x", "java\tscript:x", "data:text/html,x", "//x.org", "https:x.org", "https://u@x.org", "ftp://x.org", "", "https://", "https://a b"])(
    "do not follow %j",
    (address) => {
      expect(safeAddress(address)).toBeNull();
    },
  );
});

describe("the axis of time", () => {
  const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
  it("names first days of months, in order, where they lie among the bins", () => {
    const edges = [day("2015-12-01"), day("2016-07-01"), day("2017-01-01"), day("2018-07-01")];
    const found = ticks(edges);
    expect(found.map((tick) => tick.day)).toContain(day("2017-01-01"));
    expect(found.find((tick) => tick.day === day("2017-01-01"))?.share).toBeCloseTo(2 / 3);
    expect(found.length).toBeLessThanOrEqual(6);
    expect([...found].sort((a, b) => a.share - b.share)).toEqual(found);
  });
  it("is empty where there is no time", () => {
    expect(ticks([])).toEqual([]);
    expect(ticks([5])).toEqual([]);
  });
});
