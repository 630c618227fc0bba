/** Which part of the world a map opens on: where nearly all of its incidents lie. */

/** Places with what each of them counts. */
export interface Weighted {
  longitude: ArrayLike<number>;
  latitude: ArrayLike<number>;
  weight: ArrayLike<number>;
}

export interface Extent {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** One in so many may be left outside of the first view. */
const SHARE = 6;
/** Leaving them out must bring the others nearer by more than one step of zoom: a few stragglers around a bulk do not. */
const GAIN = 3;
/** What is taken away at once shortens the view by at least this share of its longer side. */
const STEP = 0.1;

/**
 * The smallest box that holds all places that count, or null where none does.
 *
 * With `bulk`, a few that lie far from all others are left outside, where that
 * brings the others near: one report from another country must not shrink a
 * country's incidents to a dot.
 */
export function extentOf(places: Weighted, bulk: boolean): Extent | null {
  const counted = Array.from(places.weight, (_, i) => i).filter((i) => (places.weight[i] as number) > 0);
  if (counted.length === 0) return null;
  const [west] = narrowest(counted.map((i) => places.longitude[i] as number));
  const unrolled = counted.map((i) => {
    const longitude = places.longitude[i] as number;
    return { x: longitude < west ? longitude + 360 : longitude, y: places.latitude[i] as number, weight: places.weight[i] as number };
  });
  const byX = [...unrolled].sort((a, b) => a.x - b.x);
  const byY = [...unrolled].sort((a, b) => a.y - b.y);
  const whole: Extent = { west, south: byY[0]?.y ?? 0, east: byX.at(-1)?.x ?? west, north: byY.at(-1)?.y ?? 0 };
  if (!bulk) return whole;
  const total = unrolled.reduce((sum, { weight }) => sum + weight, 0);
  const sides: Side[] = [
    { points: byX, axis: "x" },
    { points: [...byX].reverse(), axis: "x" },
    { points: byY, axis: "y" },
    { points: [...byY].reverse(), axis: "y" },
  ];
  return narrowed(sides, whole, Math.floor(total / SHARE));
}

interface Point {
  x: number;
  y: number;
  weight: number;
}

interface Side {
  /** In the order in which they are met from this side. */
  points: Point[];
  axis: "x" | "y";
}

/** Takes what lies apart on one side away, again and again, where that helps most for what it costs. */
function narrowed(sides: Side[], whole: Extent, budget: number): Extent {
  const gone = new Set<Point>();
  let [accepted, current, left] = [whole, whole, budget];
  for (;;) {
    const found = sides.map((side) => apart(side, gone, left, span(current) * STEP));
    const best = found.reduce((a, b) => (b.gain > a.gain ? b : a));
    if (best.taken.length === 0) return accepted;
    for (const point of best.taken) {
      gone.add(point);
      left -= point.weight;
    }
    const [west, east, south, north] = sides.map(({ points, axis }) => points.find((point) => !gone.has(point))?.[axis] ?? 0) as [number, number, number, number];
    current = { west, south, east, north };
    if (span(current) * GAIN <= span(accepted)) accepted = current;
  }
}

/** The outermost places of a side that a gap parts from the rest, and by how much the view shrinks for each incident. */
function apart({ points, axis }: Side, gone: Set<Point>, budget: number, least: number): { taken: Point[]; gain: number } {
  const met: Point[] = [];
  let [weight, end, gain] = [0, 0, 0];
  for (const point of points) {
    if (gone.has(point)) continue;
    const shrunk = Math.abs(point[axis] - (met[0] ?? point)[axis]);
    if (shrunk >= least && shrunk / weight > gain) [end, gain] = [met.length, shrunk / weight];
    met.push(point);
    weight += point.weight;
    if (weight > budget) break;
  }
  return { taken: met.slice(0, end), gain };
}

/** The longer side of a box; a point has that of a village. */
function span({ west, south, east, north }: Extent): number {
  return Math.max(east - west, north - south, 0.02);
}

/** The narrowest run of longitudes that holds all: across the antimeridian if that is shorter. */
export function narrowest(longitudes: ArrayLike<number>): [west: number, east: number] {
  const sorted = Float64Array.from(longitudes).sort();
  const last = sorted.length - 1;
  let [gap, at] = [(sorted[0] as number) + 360 - (sorted[last] as number), 0];
  for (let i = 1; i <= last; i += 1) {
    const between = (sorted[i] as number) - (sorted[i - 1] as number);
    if (between > gap) [gap, at] = [between, i];
  }
  if (at === 0) return [sorted[0] as number, sorted[last] as number];
  return [sorted[at] as number, (sorted[at - 1] as number) + 360];
}
