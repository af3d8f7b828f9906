import { applied, type Triple } from "../viewer/affine";
import type { Grid } from "../viewer/grid";
import type { Axis } from "../viewer/view";
import type { Millimetres } from "../viewer/viewer";

/** A slice of the patient: only voxels that it passes through are touched. */
export interface Slice {
  through: Axis;
  depth: number;
}

const OTHERS: readonly (readonly [Axis, Axis])[] = [[1, 2], [0, 2], [0, 1]];

/** Half of what a voxel reaches along an axis of the patient. */
const reach = ({ toPlace }: Grid, axis: Axis): number => 0.5 * Math.max(...[0, 1, 2].map((column) => Math.abs(toPlace[4 * axis + column] as number)));

/** Voxels of a grid between two corners in the patient, each with its place; the corners may lie outside. */
function inBox(grid: Grid, low: Millimetres, high: Millimetres, visit: (index: number, x: number, y: number, z: number) => void): void {
  const [from, to] = boundsOf(grid, low, high);
  const m = grid.toPlace as number[];
  const [wide, tall] = grid.size;
  for (let k = from[2]; k <= to[2]; k++) {
    for (let j = from[1]; j <= to[1]; j++) {
      let [x, y, z] = applied(grid.toPlace, [from[0], j, k]);
      for (let i = from[0]; i <= to[0]; i++) {
        visit(i + wide * (j + tall * k), x, y, z);
        x += m[0] as number;
        y += m[4] as number;
        z += m[8] as number;
      }
    }
  }
}

/** The first and the last voxel along each axis of the grid that may lie in a box of the patient. */
function boundsOf(grid: Grid, low: Millimetres, high: Millimetres): [Triple, Triple] {
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((corner) => applied(grid.toVoxel, [0, 1, 2].map((axis) => ((corner & (1 << axis) ? high : low)[axis] as number)) as unknown as Triple));
  const over = (axis: Axis, pick: (...of: number[]) => number) => pick(...corners.map((each) => each[axis]));
  const from = ([0, 1, 2] as const).map((axis) => Math.max(0, Math.ceil(over(axis, Math.min) - 0.5)));
  const to = ([0, 1, 2] as const).map((axis) => Math.min((grid.size[axis] as number) - 1, Math.floor(over(axis, Math.max) + 0.5)));
  return [from as unknown as Triple, to as unknown as Triple];
}

/**
 * Every voxel whose middle lies within `radius` of the way from one place to another: on the slice alone, or in all
 * directions. The voxel under the pointer is always one of them, however small the brush.
 */
export function brushed(grid: Grid, [from, to]: readonly [Millimetres, Millimetres], radius: number, slice: Slice | null, visit: (index: number) => void): void {
  const most = slice ? reach(grid, slice.through) : radius;
  const grown = (axis: Axis) => (slice && axis === slice.through ? most : radius);
  const corner = (sign: 1 | -1) => ([0, 1, 2] as const).map((axis) => (sign > 0 ? Math.max : Math.min)(from[axis], to[axis]) + sign * grown(axis)) as unknown as Millimetres;
  const away = distance(from, to, slice);
  inBox(grid, corner(-1), corner(1), (index, x, y, z) => {
    if (slice && !isOn(slice, most, [x, y, z][slice.through] as number)) return;
    if (away(x, y, z) <= radius * radius) visit(index);
  });
  under(grid, from, visit);
  under(grid, to, visit);
}

/** The lower edge of a voxel belongs to it, the upper one to the next. */
const isOn = ({ depth }: Slice, most: number, at: number): boolean => depth - at >= -most && depth - at < most - 1e-9;

function under(grid: Grid, place: Millimetres, visit: (index: number) => void): void {
  const [i, j, k] = applied(grid.toVoxel, place).map(Math.round) as [number, number, number];
  const [wide, tall, deep] = grid.size;
  if (i >= 0 && j >= 0 && k >= 0 && i < wide && j < tall && k < deep) visit(i + wide * (j + tall * k));
}

/** The squared distance of a place from the way between two others; on a slice what lies along it does not count. */
function distance(from: Millimetres, to: Millimetres, slice: Slice | null): (x: number, y: number, z: number) => number {
  const counts = ([0, 1, 2] as const).map((axis) => (slice?.through === axis ? 0 : 1)) as [number, number, number];
  const [a, b, c] = ([0, 1, 2] as const).map((axis) => (counts[axis] as number) * (to[axis] - from[axis])) as [number, number, number];
  const long = a * a + b * b + c * c;
  return (x, y, z) => {
    const [p, q, r] = [counts[0] * (x - from[0]), counts[1] * (y - from[1]), counts[2] * (z - from[2])];
    const share = long > 0 ? Math.min(1, Math.max(0, (p * a + q * b + r * c) / long)) : 0;
    return (p - share * a) ** 2 + (q - share * b) ** 2 + (r - share * c) ** 2;
  };
}

/** Every voxel of a slice whose middle lies in a polygon that was drawn on it. */
export function enclosed(grid: Grid, outline: readonly Millimetres[], slice: Slice, visit: (index: number) => void): void {
  if (outline.length < 3) return;
  const [u, v] = OTHERS[slice.through] as readonly [Axis, Axis];
  const most = reach(grid, slice.through);
  const corner = (pick: (...of: number[]) => number, sign: 1 | -1) =>
    ([0, 1, 2] as const).map((axis) => (axis === slice.through ? slice.depth + sign * most : pick(...outline.map((each) => each[axis])))) as unknown as Millimetres;
  const points = outline.map((each) => [each[u], each[v]] as const);
  inBox(grid, corner(Math.min, -1), corner(Math.max, 1), (index, ...place) => {
    if (isOn(slice, most, place[slice.through]) && isInside(points, place[u], place[v])) visit(index);
  });
}

/** Whether a point lies in a polygon: a ray from it crosses an odd number of edges. */
export function isInside(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  let [px, py] = points.at(-1) as readonly [number, number];
  for (const [qx, qy] of points) {
    if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
    [px, py] = [qx, qy];
  }
  return inside;
}
