/** Opens the page on the map that the shell has made. */

import L from "leaflet";
import { App } from "./app";
import { readBlock, readBytes } from "./data/blocks";
import { toIndex, type WrittenIndex } from "./data/index";
import type { Base, Head } from "./data/model";
import { Stage } from "./map/stage";

async function open(map: L.Map): Promise<void> {
  const head = await readBlock<Head>("head");
  const written = await readBlock<WrittenIndex>("index", true);
  const base = await readBlock<Omit<Base, "outlines">>("base", true);
  if (!head || !written || !base) throw new Error("the page carries no data");
  const app = new App(head, toIndex(written), { ...base, outlines: await readBytes("outlines") });
  new Stage(map, app).start();
  document.documentElement.dataset["ready"] = "yes";
}

Object.assign(globalThis, { L, IncidentPage: { open } });
