import { type Affine, applied, directed, inverse, spacings, type Triple } from "./affine";
import type { Millimetres } from "./viewer";

/** Where the voxels of an image lie: counted as its file lays them out, the first index running fastest. */
export interface Grid {
  size: Triple;
  /** Voxel to patient LPS. */
  toPlace: Affine;
  toVoxel: Affine;
  spacing: Triple;
}

/** Raises for an image that is flat in space: nothing can be placed in it. */
export function gridOf(size: Triple, toPlace: Affine): Grid {
  const toVoxel = inverse(toPlace);
  if (!toVoxel || size.some((each) => each < 1)) throw new RangeError("The image cannot be placed in the patient.");
  return { size, toPlace, toVoxel, spacing: spacings(toPlace) };
}

export const voxelsIn = ({ size }: Grid): number => size[0] * size[1] * size[2];

/** The smallest box of the patient that holds the whole grid, edges of the voxels included. */
export function boxOf({ size, toPlace }: Grid): { low: Millimetres; high: Millimetres } {
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((corner) => applied(toPlace, [0, 1, 2].map((axis) => (corner & (1 << axis) ? (size[axis] as number) - 0.5 : -0.5)) as unknown as Triple));
  const over = (pick: (...of: number[]) => number) => [0, 1, 2].map((axis) => pick(...corners.map((each) => each[axis] as number))) as unknown as Millimetres;
  return { low: over(Math.min), high: over(Math.max) };
}

export const middleOf = (grid: Grid): Millimetres => applied(grid.toPlace, grid.size.map((each) => (each - 1) / 2) as unknown as Triple);

/** Whether a place lies in a voxel of the grid. */
export const holds = (grid: Grid, place: Millimetres): boolean => applied(grid.toVoxel, place).every((each, axis) => each >= -0.5 && each < (grid.size[axis] as number) - 0.5);

const STRAIGHT = 1e-4;

/** The axis of the grid that runs along an axis of the patient; nothing where the grid is oblique to it. */
export function axisAlong(grid: Grid, patient: 0 | 1 | 2): 0 | 1 | 2 | null {
  const step: [number, number, number] = [0, 0, 0];
  step[patient] = 1;
  const way = directed(grid.toVoxel, step).map(Math.abs);
  const main = way.indexOf(Math.max(...way)) as 0 | 1 | 2;
  const rest = way.reduce((sum, each, axis) => (axis === main ? sum : sum + each), 0);
  return rest <= STRAIGHT * (way[main] as number) ? main : null;
}

/** The place moved along one axis of the patient to the middle of the slice that holds it; as it is in an oblique grid. */
export function onSlice(grid: Grid, place: Millimetres, patient: 0 | 1 | 2): Millimetres {
  const axis = axisAlong(grid, patient);
  if (axis === null) return place;
  const voxel = applied(grid.toVoxel, place);
  voxel[axis] = Math.round(voxel[axis]);
  const moved = [...place] as [number, number, number];
  moved[patient] = applied(grid.toPlace, voxel)[patient];
  return moved;
}

/** How far the next slice is along an axis of the patient, in mm: the thickness of a slice as it is shown. */
export function thickness(grid: Grid, patient: 0 | 1 | 2): number {
  const axis = axisAlong(grid, patient);
  return axis === null ? Math.min(...grid.spacing) : grid.spacing[axis];
}
