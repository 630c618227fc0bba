/**
 * Clusters that stay where they are while filters change.
 *
 * supercluster decides once, over all places, which of them stand together at
 * each zoom. Every merge is noted as a node with two children, so that any
 * filter only needs its sums carried up the tree: no cluster jumps about while
 * the time slider plays, and a step costs a few milliseconds.
 */

import Supercluster from "supercluster";
import { NONE, type Index, type Places } from "../data/model";
import type { RangeSum } from "../text/toll";

interface Leaf {
  place: number;
}
interface Inner {
  node: number;
}
export interface Spot {
  node: number;
  longitude: number;
  latitude: number;
  incidents: number;
  places: number;
  toll: RangeSum;
  /** The one place that has incidents, or -1 where there are several. */
  place: number;
  /** The zoom at which it comes apart; null for what never does. */
  opens: number | null;
}

export const CLUSTER_ZOOM = 16;
/** Pixels within which places are joined: a little more than the widest marker. */
const RADIUS = 64;

export class ClusterTree {
  private readonly clusters: Supercluster<Leaf, Inner>;
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly count: number;
  private incidents = new Uint32Array();
  private filled = new Uint32Array();
  private only = new Int32Array();
  private min = new Float64Array();
  private max = new Float64Array();
  private open = new Uint32Array();
  private stated = new Uint32Array();

  constructor(private readonly places: Places) {
    this.count = places.count;
    this.clusters = new Supercluster<Leaf, Inner>({
      radius: RADIUS,
      extent: 256,
      maxZoom: CLUSTER_ZOOM,
      map: ({ place }) => ({ node: place }),
      reduce: (into, other) => {
        into.node = this.join(into.node, other.node);
      },
    });
    this.clusters.load(
      Array.from({ length: places.count }, (_, place) => ({
        type: "Feature" as const,
        properties: { place },
        geometry: {
          type: "Point" as const,
          coordinates: [places.longitude[place] as number, places.latitude[place] as number],
        },
      })),
    );
  }

  private join(left: number, right: number): number {
    this.left.push(left);
    this.right.push(right);
    return this.count + this.left.length - 1;
  }

  /** Carries the sums of the shown incidents up the tree. */
  aggregate(index: Index, shown: Uint8Array): void {
    const size = this.count + this.left.length;
    this.incidents = new Uint32Array(size);
    this.filled = new Uint32Array(size);
    this.only = new Int32Array(size).fill(-1);
    this.min = new Float64Array(size);
    this.max = new Float64Array(size);
    this.open = new Uint32Array(size);
    this.stated = new Uint32Array(size);
    const { killed_min: low, killed_max: high } = index.numbers;
    for (let i = 0; i < index.count; i += 1) {
      const place = index.place[i] as number;
      if (place >= 0 && shown[i]) this.addIncident(place, low[i] as number, high[i] as number);
    }
    for (let node = this.count; node < size; node += 1) {
      this.addNode(node, this.left[node - this.count] as number);
      this.addNode(node, this.right[node - this.count] as number);
    }
  }

  private addIncident(place: number, low: number, high: number): void {
    this.incidents[place] = (this.incidents[place] as number) + 1;
    this.filled[place] = 1;
    this.only[place] = place;
    if (low === NONE && high === NONE) return;
    this.stated[place] = (this.stated[place] as number) + 1;
    if (low !== NONE) this.min[place] = (this.min[place] as number) + low;
    if (high === NONE) this.open[place] = (this.open[place] as number) + 1;
    this.max[place] = (this.max[place] as number) + (high === NONE ? low : high);
  }

  private addNode(node: number, child: number): void {
    for (const sums of [this.incidents, this.filled, this.min, this.max, this.open, this.stated]) {
      sums[node] = (sums[node] as number) + (sums[child] as number);
    }
    if (this.filled[child]) this.only[node] = this.filled[node] === 1 ? (this.only[child] as number) : -1;
  }

  /** What is to be drawn in a part of the map. Clusters with one filled place are that place. */
  spots(bounds: [west: number, south: number, east: number, north: number], zoom: number): Spot[] {
    const spots: Spot[] = [];
    for (const feature of this.clusters.getClusters(bounds, Math.min(zoom, CLUSTER_ZOOM + 1))) {
      const { properties } = feature;
      const node = "cluster" in properties && properties.cluster ? properties.node : (properties as Leaf).place;
      const incidents = this.incidents[node] as number;
      if (incidents === 0) continue;
      const place = this.only[node] as number;
      const [longitude, latitude] =
        place >= 0
          ? [this.places.longitude[place] as number, this.places.latitude[place] as number]
          : (feature.geometry.coordinates as [number, number]);
      spots.push({
        node,
        longitude,
        latitude,
        incidents,
        places: this.filled[node] as number,
        toll: this.toll(node),
        place,
        opens: place >= 0 || !("cluster_id" in properties) ? null : this.opening(properties.cluster_id),
      });
    }
    return spots;
  }

  private opening(cluster: number): number | null {
    const zoom = this.clusters.getClusterExpansionZoom(cluster);
    return zoom > CLUSTER_ZOOM ? null : zoom;
  }

  toll(node: number): RangeSum {
    return {
      min: this.min[node] as number,
      max: this.max[node] as number,
      open: this.open[node] as number,
      stated: this.stated[node] as number,
    };
  }

  /** The nodes that hold a place: itself, and everything that it was joined into. */
  holding(place: number): Set<number> {
    const found = new Set([place]);
    for (let at = 0; at < this.left.length; at += 1) {
      if (found.has(this.left[at] as number) || found.has(this.right[at] as number)) found.add(this.count + at);
    }
    return found;
  }

  /** All places below a node that have incidents. */
  placesOf(node: number): number[] {
    const found: number[] = [];
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (!this.incidents[next]) continue;
      if (next < this.count) found.push(next);
      else waiting.push(this.right[next - this.count] as number, this.left[next - this.count] as number);
    }
    return found;
  }
}
