import { gridOf, type Grid } from "./grid";
import { type Affine, applied } from "./affine";
import type { Scan } from "./scan";

/** Grids as scanners make them, in patient LPS: voxel axes along, against and across the axes of the patient. */
export const AFFINES: Readonly<Record<string, Affine>> = {
  straight: [0.8, 0, 0, -20, 0, 0.9, 0, -30, 0, 0, 2, -40],
  "left and right flipped": [-0.8, 0, 0, 20, 0, 0.9, 0, -30, 0, 0, 2, -40],
  "head first to foot": [-0.8, 0, 0, 20, 0, -0.9, 0, 30, 0, 0, -2, 40],
  "sagittal series": [0, 0, 3, -30, 0.7, 0, 0, -20, 0, -0.7, 0, 25],
  oblique: turned([0.8, 0, 0, -18, 0, 0.9, 0, -22, 0, 0, 2, -38], 0.3),
};

/** A matrix turned about an axis that is none of the patient's. */
function turned(matrix: Affine, angle: number): Affine {
  const [x, y, z] = [1, 2, 3].map((each) => each / Math.sqrt(14)) as [number, number, number];
  const [c, s, t] = [Math.cos(angle), Math.sin(angle), 1 - Math.cos(angle)];
  const by: Affine = [
    t * x * x + c, t * x * y - s * z, t * x * z + s * y, 0,
    t * x * y + s * z, t * y * y + c, t * y * z - s * x, 0,
    t * x * z - s * y, t * y * z + s * x, t * z * z + c, 0,
  ]; // prettier-ignore
  const column = (nth: number) => applied(by, [matrix[nth] as number, matrix[4 + nth] as number, matrix[8 + nth] as number]);
  const columns = [0, 1, 2, 3].map(column);
  return [0, 1, 2].flatMap((row) => columns.map((each) => each[row as 0 | 1 | 2]));
}

const SIZE = [48, 56, 40] as const;

export const gridNamed = (name: string): Grid => gridOf(SIZE, AFFINES[name] as Affine);

/** A scan that holds at each voxel what `grey` says of its place. */
export function scanWith(grid: Grid, grey: (place: readonly [number, number, number]) => number): Scan {
  const [wide, high, deep] = grid.size;
  const values = new Int16Array(wide * high * deep);
  for (let at = 0; at < values.length; at++) values[at] = grey(applied(grid.toPlace, [at % wide, Math.floor(at / wide) % high, Math.floor(at / (wide * high))]));
  return { grid, values, slope: 1, intercept: 0 };
}

/** The file of an image: NIfTI-1, int16, as a server sends it. */
export function niftiOf({ grid, values }: Pick<Scan, "grid" | "values">): Uint8Array {
  const bytes = new Uint8Array(352 + 2 * values.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [3, ...grid.size, 1, 1, 1, 1].forEach((each, nth) => view.setInt16(40 + 2 * nth, each, true));
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  [1, ...grid.spacing].forEach((each, nth) => view.setFloat32(76 + 4 * nth, each, true));
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  view.setInt16(254, 1, true);
  grid.toPlace.forEach((each, nth) => view.setFloat32(280 + 4 * nth, nth < 8 ? -each : each, true));
  values.forEach((each, nth) => view.setInt16(352 + 2 * nth, each, true));
  return bytes;
}
