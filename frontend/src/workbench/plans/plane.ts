import type { Millimetres } from "../viewer/viewer";

/** A place in patient LPS millimetres, or a direction there. */
export type Place = Millimetres;

/** A plane by a point and its unit normal. */
export interface Plane {
  point: Place;
  normal: Place;
}

export const plus = (one: Place, other: Place, times = 1): Place => [one[0] + times * other[0], one[1] + times * other[1], one[2] + times * other[2]];
export const minus = (one: Place, other: Place): Place => plus(one, other, -1);
export const dot = (one: Place, other: Place): number => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
export const cross = (one: Place, other: Place): Place => [
  one[1] * other[2] - one[2] * other[1],
  one[2] * other[0] - one[0] * other[2],
  one[0] * other[1] - one[1] * other[0],
];

const scaled = (one: Place, times: number): Place => [one[0] * times, one[1] * times, one[2] * times];
const long = (one: Place): number => Math.hypot(...one);

/** The direction of length one; nothing for one that has no length. */
export function unit(of: Place): Place | null {
  const length = long(of);
  return length > 1e-9 ? scaled(of, 1 / length) : null;
}

/** The plane `mm` further along its normal; a negative way is towards the tumour. */
export const shifted = (plane: Plane, mm: number): Plane => ({ ...plane, point: plus(plane.point, plane.normal, mm) });

/** A direction turned about another one, right-handed. */
export function turned(direction: Place, about: Place, radians: number): Place {
  const axis = unit(about);
  if (!axis) return direction;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const along = scaled(axis, dot(axis, direction) * (1 - cos));
  return plus(plus(scaled(direction, cos), cross(axis, direction), sin), along);
}

/** The plane turned about an axis through `pivot`. */
export const tilted = (plane: Plane, pivot: Place, axis: Place, radians: number): Plane => ({
  point: plus(pivot, turned(minus(plane.point, pivot), axis, radians)),
  normal: unit(turned(plane.normal, axis, radians)) ?? plane.normal,
});

/** The plane as it is when the place where it was taken goes to another one: parallel to itself. */
export const drawnTo = (plane: Plane, from: Place, to: Place): Plane => shifted(plane, dot(minus(to, from), plane.normal));

/** The plane turned about an axis through `pivot`, so that what looked from there to `from` looks to `to`. */
export function swungTo(plane: Plane, pivot: Place, axis: Place, from: Place, to: Place): Plane {
  const [one, other] = [minus(from, pivot), minus(to, pivot)];
  if (!unit(one) || !unit(other)) return plane;
  const along = unit(axis) ?? axis;
  return tilted(plane, pivot, axis, Math.atan2(dot(along, cross(one, other)), dot(one, other) - dot(one, along) * dot(other, along)));
}

/** How far a place lies beyond the plane, away from the tumour. */
export const beyond = (plane: Plane, place: Place): number => dot(minus(place, plane.point), plane.normal);

/** The angle between the normals of two planes, in degrees. */
export function angleBetween(one: Plane, other: Plane): number {
  const [a, b] = [unit(one.normal), unit(other.normal)];
  return a && b ? (Math.acos(Math.min(1, Math.max(-1, dot(a, b)))) * 180) / Math.PI : 0;
}
