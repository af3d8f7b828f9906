import type { Plane } from "../plans/plane";
import { cross, dot, minus, plus, unit, type Place } from "../plans/plane";

/** A cut as it is shown among the surfaces: the middle of its blade as far as it runs. */
export interface Blade {
  name: string;
  plane: Plane;
  /** The run of the blade lies on the positive side of each of them. */
  within: readonly Plane[];
  colour: string;
}

/** A surface in the right, anterior, superior millimetres in which solids are drawn. */
export interface Sheet {
  points: Float32Array;
  triangles: Uint32Array;
}

const HALF_MM = 34; // enough for a vertebra with its arch; beyond it, planes hide more than they tell
const AXES: readonly Place[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

/** The square of a blade about its middle, cut off where its run ends; seen from both sides. Empty where nothing is left. */
export function sheetOf({ plane, within }: Pick<Blade, "plane" | "within">): Sheet {
  const corners = within.reduce<readonly Place[]>(clippedBy, squareOf(plane));
  const many = corners.length;
  if (many < 3) return { points: new Float32Array(0), triangles: new Uint32Array(0) };
  const once = corners.flatMap(([x, y, z]) => [-x, -y, z]);
  const fan = Array.from({ length: many - 2 }, (_, nth) => [0, nth + 1, nth + 2] as const);
  const [front, back] = [fan.flat(), fan.flatMap(([one, two, three]) => [many + one, many + three, many + two])];
  return { points: Float32Array.from([...once, ...once]), triangles: Uint32Array.from([...front, ...back]) };
}

function squareOf({ point, normal }: Plane): readonly Place[] {
  const least = [...AXES].sort((one, other) => Math.abs(dot(one, normal)) - Math.abs(dot(other, normal)))[0] as Place;
  const across = unit(cross(normal, least)) ?? (AXES[0] as Place);
  const along = cross(normal, across);
  return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => plus(plus(point, across, HALF_MM * (a as number)), along, HALF_MM * (b as number)));
}

/** What of a convex outline lies on the positive side of a border. */
export function clippedBy(corners: readonly Place[], border: Plane): readonly Place[] {
  const off = (place: Place) => dot(minus(place, border.point), border.normal);
  return corners.flatMap((here, nth) => {
    const before = corners.at(nth - 1) as Place;
    const [one, two] = [off(before), off(here)];
    const crossing = one < 0 !== two < 0 ? [plus(before, minus(here, before), one / (one - two))] : [];
    return two < 0 ? crossing : [...crossing, here];
  });
}
