/** How many of the shown incidents lie outside of the view, and a way to all of them. */

import type L from "leaflet";
import type { Selection } from "../data/filter";
import type { Index } from "../data/model";
import { fill, h } from "../dom";
import type { Language } from "../text/language";

export class Outside {
  readonly element = h("button", { type: "button", class: "outside", hidden: true });

  constructor(showAll: () => void) {
    this.element.addEventListener("click", showAll);
  }

  update(map: L.Map, index: Index, { shown, placed }: Selection, language: Language): void {
    const { element } = this;
    const n = placed - within(map.getBounds(), index, shown);
    // Who has just pressed it must not fall out of the map.
    if (n === 0 && document.activeElement === element) map.getContainer().focus();
    element.hidden = n === 0;
    element.dir = language.direction;
    fill(element, language.say("outsideView", { n: language.number(n) }), h("span", { class: "way", text: ` · ${language.say("showAll")}` }));
  }
}

/** How many incidents lie in a view, whichever turn of the world it shows. */
function within(view: L.LatLngBounds, { place, places }: Index, shown: Uint8Array): number {
  const [west, east, south, north] = [view.getWest(), view.getEast(), view.getSouth(), view.getNorth()];
  const seen = places.longitude.map((longitude, i) => {
    const turned = longitude + 360 * Math.ceil((west - longitude) / 360);
    const latitude = places.latitude[i] as number;
    return turned <= east && latitude >= south && latitude <= north ? 1 : 0;
  });
  let count = 0;
  for (let i = 0; i < place.length; i += 1) if (shown[i] && (place[i] as number) >= 0) count += seen[place[i] as number] as number;
  return count;
}
