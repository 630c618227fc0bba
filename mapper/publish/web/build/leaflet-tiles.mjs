// Leaflet for a page with background tiles: its layer of tiles weighs more than all the words of the page.
import { tileLayer } from "leaflet/src/layer/tile/TileLayer.js";
import L from "./leaflet.mjs";

L.tileLayer = tileLayer;
export default L;
