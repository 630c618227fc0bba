/** Saves what is shown, from the page itself: nothing is sent anywhere. */

import type { App } from "../app";
import { csvPieces, geojsonPieces } from "../data/tables";
import { h } from "../dom";

export async function download(app: App, form: "geojson" | "csv"): Promise<void> {
  const features = app.evidence.features(app.shown());
  const pieces = form === "geojson" ? geojsonPieces(features) : csvPieces(features);
  const parts: Blob[] = [];
  let batch: string[] = [];
  for await (const piece of pieces) {
    batch.push(piece);
    if (batch.length >= 2000) {
      parts.push(new Blob(batch));
      batch = [];
    }
  }
  parts.push(new Blob(batch));
  const type = form === "geojson" ? "application/geo+json" : "text/csv;charset=utf-8";
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = h("a", { href: address, download: `incidents.${form}` });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
