/** Opens the page on the map that the shell has made. */

import L from "leaflet";
import { App } from "./app";
import { readBlock, readBytes } from "./data/blocks";
import { toIndex, type WrittenIndex, type WrittenNames } from "./data/index";
import type { Base, Head } from "./data/model";
import { Stage } from "./map/stage";

async function open(map: L.Map): Promise<void> {
  // Side by side: each is inflated outside of the script, which need not wait for one after the other.
  const [head, named, written, base, outlines] = await Promise.all([
    readBlock<Head>("head"),
    readBlock<WrittenNames>("names", true),
    readBlock<WrittenIndex>("index", true),
    readBlock<Omit<Base, "outlines">>("base", true),
    readBytes("outlines"),
  ]);
  if (!head || !named || !written || !base) throw new Error("the page carries no data");
  const app = new App(head, toIndex(named, written), { ...base, outlines });
  new Stage(map, app).start();
  document.documentElement.dataset["ready"] = "yes";
}

Object.assign(globalThis, { L, IncidentPage: { open } });
