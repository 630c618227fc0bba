// Cuts rings and lines along the edges of a box [west, south, east, north].

function crossing(a, b, axis, at) {
  const share = (at - a[axis]) / (b[axis] - a[axis]);
  const point = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  point[axis] = at;
  return point;
}

/** The part of a closed ring inside the box (Sutherland and Hodgman), as one ring. */
export function clipRing(ring, [west, south, east, north]) {
  let points = ring;
  for (const [axis, at, keep] of [
    [0, west, (v) => v >= west],
    [0, east, (v) => v <= east],
    [1, south, (v) => v >= south],
    [1, north, (v) => v <= north],
  ]) {
    const next = [];
    for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
      const [a, b] = [points[j], points[i]];
      const [inA, inB] = [keep(a[axis]), keep(b[axis])];
      if (inA !== inB) next.push(crossing(a, b, axis, at));
      if (inB) next.push(b);
    }
    points = next;
  }
  return points;
}

/** The parts of a line inside the box. */
export function clipLine(line, box) {
  const parts = [];
  let part = [];
  const finish = () => {
    if (part.length > 1) parts.push(part);
    part = [];
  };
  for (let i = 1; i < line.length; i += 1) {
    const cut = clipSegment(line[i - 1], line[i], box);
    if (!cut) {
      finish();
      continue;
    }
    const [from, to] = cut;
    if (part.length === 0 || from[0] !== part.at(-1)[0] || from[1] !== part.at(-1)[1]) {
      finish();
      part.push(from);
    }
    part.push(to);
  }
  finish();
  return parts;
}

function clipSegment(a, b, [west, south, east, north]) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let [enter, leave] = [0, 1];
  for (const [p, q] of [
    [-dx, a[0] - west],
    [dx, east - a[0]],
    [-dy, a[1] - south],
    [dy, north - a[1]],
  ]) {
    if (p === 0) {
      if (q < 0) return null;
    } else if (p < 0) {
      enter = Math.max(enter, q / p);
    } else {
      leave = Math.min(leave, q / p);
    }
  }
  if (enter >= leave) return null;
  const along = (share) => (share === 0 ? a : share === 1 ? b : [a[0] + share * dx, a[1] + share * dy]);
  return [along(enter), along(leave)];
}
