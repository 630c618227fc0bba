import { describe, expect, it } from "vitest";
import { bytesOf, readBlock } from "../src/data/blocks";
import { buildFacets, tollBin } from "../src/data/facets";
import { binOf, buildBins, select } from "../src/data/filter";
import { NONE, type Feature } from "../src/data/model";
import { dayOf, fromFragment, isNarrowed, NOTHING, toFragment, type State } from "../src/data/query";
import { restore, type WrittenChunk } from "../src/data/restore";
import { sortIncidents } from "../src/data/sort";
import { csvCell, csvPieces, geojsonPieces } from "../src/data/tables";
import { sampleIndex } from "./sample";

const INDEX = sampleIndex(
  [
    { id: "a", place: 0, start: 100, killed: [3, 3], type: "shelling", actors: ["North"] },
    { id: "b", place: 0, start: 130, killed: [10, 20], type: "airstrike", actors: ["North", "South"], flags: ["toll-conflict"] },
    { id: "c", place: 1, start: null, killed: [null, null], type: "airstrike", method: "geocoder", review: true },
    { id: "d", start: 500, killed: [null, 7], type: "shelling" },
  ],
  [
    [40, 35, "Hill"],
    [41, 35, "Vale"],
  ],
);

const SHOWN = { locale: "en", title: (i: number) => INDEX.title[i] ?? "", value: (_: string, value: string) => value };

describe("filters", () => {
  const facets = buildFacets(INDEX);
  const bins = buildBins(INDEX);
  it("shows all when nothing is asked", () => {
    const all = select(INDEX, facets, bins, NOTHING, null);
    expect([all.count, all.placed, all.undated]).toEqual([4, 3, 1]);
    expect([...all.histogram].reduce((a, b) => a + b, 0)).toBe(3);
  });
  it("counts what each further choice would show", () => {
    const found = select(INDEX, facets, bins, { ...NOTHING, facets: { event_type: ["airstrike"] } }, null);
    expect([...found.shown]).toEqual([0, 1, 1, 0]);
    const types = facets.find(({ name }) => name === "event_type");
    expect(types?.values.map((value, i) => [value, found.counts.get("event_type")?.[i]])).toEqual([
      ["shelling", 2],
      ["airstrike", 2],
    ]);
    const actors = facets.find(({ name }) => name === "actors");
    expect(actors?.values.map((value, i) => [value, found.counts.get("actors")?.[i]])).toEqual([
      ["North", 1],
      ["South", 1],
    ]);
  });
  it("narrows by time, and leaves the undated to a choice of their own", () => {
    const found = select(INDEX, facets, bins, { ...NOTHING, from: 120, to: 140 }, null);
    expect([...found.shown]).toEqual([0, 1, 1, 0]);
    const dated = select(INDEX, facets, bins, { ...NOTHING, from: 120, to: 140, undated: false }, null);
    expect([...dated.shown]).toEqual([0, 1, 0, 0]);
  });
  it("puts every dated incident into one bin", () => {
    expect(bins.edges.length).toBeLessThanOrEqual(111);
    for (const [i, day] of [...INDEX.start].entries()) {
      if (day === NONE) expect(bins.of[i]).toBe(-1);
      else {
        const bin = binOf(bins.edges, day);
        expect(bins.edges[bin] as number).toBeLessThanOrEqual(day);
        expect(bins.edges[bin + 1] as number).toBeGreaterThan(day);
      }
    }
  });
  it("sorts tolls into bins without making a zero of the unknown", () => {
    expect([tollBin(NONE, NONE), tollBin(0, 0), tollBin(NONE, 7), tollBin(12, NONE)]).toEqual(["unstated", "0", "5-9", "10-49"]);
  });
});

describe("order", () => {
  it("keeps what is not stated last, both ways", () => {
    expect([...sortIncidents(INDEX, [0, 1, 2, 3], "date", SHOWN)]).toEqual([0, 1, 3, 2]);
    expect([...sortIncidents(INDEX, [0, 1, 2, 3], "-date", SHOWN)]).toEqual([3, 1, 0, 2]);
    expect([...sortIncidents(INDEX, [0, 1, 2, 3], "-killed", SHOWN)]).toEqual([1, 3, 0, 2]);
    expect([...sortIncidents(INDEX, [0, 1, 2, 3], "nonsense", SHOWN)]).toEqual([0, 1, 3, 2]);
  });
});

describe("the address of the page", () => {
  const state: State = {
    ...NOTHING,
    text: "two words & more",
    facets: { actors: ["A & B", "ج"], toll: ["50+"] },
    from: dayOf("2018-02-03"),
    to: dayOf("2019-01-01"),
    undated: false,
    selected: "i-1/2",
    at: { zoom: 8, latitude: 34.9, longitude: 40.6 },
    panel: "list",
    wide: true,
    sort: "-killed",
    language: "ar",
  };
  it("holds the whole state, and gives it back", () => {
    const back = fromFragment(`#${toFragment(state, "en")}`);
    const { panel: _panel, ...kept } = state;
    expect(back).toEqual(kept);
    expect(isNarrowed(state)).toBe(true);
  });
  it("takes no harm from nonsense", () => {
    expect(fromFragment("#at=x/y&from=soon&lang=de&q=").at).toBeNull();
    expect(fromFragment("#at=5/99/0").at).toBeNull();
    expect(isNarrowed({ ...NOTHING, ...fromFragment("#unknown=1") })).toBe(false);
  });
});

describe("blocks", () => {
  it("reads bytes and JSON", async () => {
    expect([...bytesOf("AAH/")]).toEqual([0, 1, 255]);
    document.body.innerHTML = "";
    const block = document.createElement("script");
    block.type = "application/json";
    block.id = "mapper-x";
    block.textContent = '{"a":"\\u003c"}';
    document.body.append(block);
    expect(await readBlock("x", true)).toEqual({ a: "<" });
    expect(document.getElementById("mapper-x")).toBeNull();
    expect(await readBlock("none")).toBeNull();
  });
});

describe("evidence", () => {
  const written: WrittenChunk = {
    features: {
      cited: [[0], [0, 1], [1], []],
      claims: [1, 2, 0, 0],
      extra: [],
      responses: [[], ["denied"], [], []],
      date_text: ["", "", "", ""],
      score: [1, 1, 1, 0],
      candidates: [[], [], [], []],
    },
    sources: { keys: ["id", "title"], columns: [["s1", "s2"], ["One", "Two"]], length: 2 },
    claims: {
      id: [0, 0, "own"],
      source: [0, 0, 1],
      reporters: [[], [], ["Hill Post"]],
      quote: ["three 𝄞", "Hill", "ten"],
      start: [5, 15, -10],
      end: [null, null, 99],
      said: [0, 1, 2],
    },
    said: [
      ["toll", 3, "=", "r", {}],
      ["place", {}, null, "r", {}],
      ["toll", 10, ">=", "r", {}],
    ],
  };
  const features = restore(written, { ...INDEX, called: new Map([[3, ["", "", "Hills", "SY"]]]) }, 0);
  it("puts back what the packing left out", () => {
    expect(features[0]?.properties.claims[0]).toMatchObject({ id: "s1/toll/5-12", source: "s1", start: 5, end: 12 });
    expect(features[1]?.properties.claims.map(({ id, value, start, end }) => [id, value, start, end])).toEqual([
      ["s1/place/20-24", "Hill", 20, 24],
      ["own", 10, 10, 99],
    ]);
    expect(features[1]?.properties.sources.map(({ title }) => title)).toEqual(["One", "Two"]);
    expect(features[0]?.geometry?.coordinates).toEqual([40, 35]);
    expect(features[3]?.geometry).toBeNull();
    expect(features[3]?.properties.admin1).toBe("Hills");
  });
  async function* all(): AsyncGenerator<Feature> {
    yield* features;
  }
  it("is written as GeoJSON and CSV", async () => {
    let text = "";
    for await (const piece of geojsonPieces(all())) text += piece;
    expect(JSON.parse(text).features).toHaveLength(4);
    let table = "";
    for await (const piece of csvPieces(all())) table += piece;
    expect(table.trim().split("\r\n")).toHaveLength(5);
  });
  it("never lets a spreadsheet see a formula", () => {
    for (const text of ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "\u0000=1"]) expect(csvCell(text).replace(/^"/u, "")).toMatch(/^'/u);
    expect(csvCell(-40.5)).toBe("-40.5");
    expect(csvCell('say "x"')).toBe('"say ""x"""');
    expect(csvCell(["a", "b"])).toBe('"a; b"');
    expect(csvCell(null)).toBe("");
  });
});
