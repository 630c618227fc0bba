// The parts of Leaflet that a page without tiles uses, and no others. The bundler takes this
// for "leaflet" (see page.mjs); the types come from @types/leaflet.
// First of all: CRS and LatLng need each other, and only this order of the two works.
import { toLatLng as latLng } from "leaflet/src/geo/LatLng.js";
import * as DomUtil from "leaflet/src/dom/DomUtil.js";
import { CRS } from "leaflet/src/geo/crs/CRS.js";
import { EPSG3857 } from "leaflet/src/geo/crs/CRS.EPSG3857.js";
import { toLatLngBounds as latLngBounds } from "leaflet/src/geo/LatLngBounds.js";
import { toPoint as point } from "leaflet/src/geometry/Point.js";
import { Map, createMap as map } from "leaflet/src/map/Map.js";
import { Layer } from "leaflet/src/layer/Layer.js";
import { Icon } from "leaflet/src/layer/marker/Icon.js";
import { marker } from "leaflet/src/layer/marker/Marker.js";
import { popup } from "leaflet/src/layer/Popup.js";
import { svg } from "leaflet/src/layer/vector/SVG.js";
import { circle } from "leaflet/src/layer/vector/Circle.js";
import { Control, control } from "leaflet/src/control/Control.js";
import { zoom } from "leaflet/src/control/Control.Zoom.js";
import { scale } from "leaflet/src/control/Control.Scale.js";
import "leaflet/src/map/handler/Map.BoxZoom.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.Keyboard.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TapHold.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";

CRS.EPSG3857 = EPSG3857;
control.zoom = zoom;
control.scale = scale;

// Leaflet's own version of this brings the canvas renderer along; our circles name their renderer.
Map.include({
  getRenderer(layer) {
    const { renderer } = layer.options;
    if (!this.hasLayer(renderer)) this.addLayer(renderer);
    return renderer;
  },
});

const L = { CRS, Control, DomUtil, Icon, Layer, Map, circle, control, latLng, latLngBounds, map, marker, point, popup, svg };
export default L;
