import type { Millimetres } from "./viewer";

/** The three rows of a 4 × 4 matrix that count, one after the other. */
export type Affine = readonly number[];
export type Triple = readonly [number, number, number];

const at = (matrix: Affine, row: number, column: number): number => matrix[4 * row + column] as number;

/** Where a point goes. */
export const applied = (matrix: Affine, [x, y, z]: Triple): [number, number, number] => [
  at(matrix, 0, 0) * x + at(matrix, 0, 1) * y + at(matrix, 0, 2) * z + at(matrix, 0, 3),
  at(matrix, 1, 0) * x + at(matrix, 1, 1) * y + at(matrix, 1, 2) * z + at(matrix, 1, 3),
  at(matrix, 2, 0) * x + at(matrix, 2, 1) * y + at(matrix, 2, 2) * z + at(matrix, 2, 3),
];

/** Where a direction goes: a point without the shift. */
export const directed = (matrix: Affine, [x, y, z]: Triple): [number, number, number] => [
  at(matrix, 0, 0) * x + at(matrix, 0, 1) * y + at(matrix, 0, 2) * z,
  at(matrix, 1, 0) * x + at(matrix, 1, 1) * y + at(matrix, 1, 2) * z,
  at(matrix, 2, 0) * x + at(matrix, 2, 1) * y + at(matrix, 2, 2) * z,
];

/** The way back; nothing where the matrix flattens space. */
export function inverse(matrix: Affine): Affine | null {
  const [a, b, c, x, d, e, f, y, g, h, i, z] = matrix as [number, number, number, number, number, number, number, number, number, number, number, number];
  const [one, two, three] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const size = a * one + b * two + c * three;
  if (!Number.isFinite(size) || Math.abs(size) < 1e-12) return null;
  const turned = [one, c * h - b * i, b * f - c * e, two, a * i - c * g, c * d - a * f, three, b * g - a * h, a * e - b * d].map((each) => each / size);
  const back = (row: number) => turned.slice(3 * row, 3 * row + 3) as [number, number, number];
  return [0, 1, 2].flatMap((row) => {
    const [p, q, r] = back(row);
    return [p, q, r, -(p * x + q * y + r * z)];
  });
}

/** How long a step along each axis of the grid is, in mm. */
export const spacings = (matrix: Affine): [number, number, number] => [0, 1, 2].map((column) => Math.hypot(at(matrix, 0, column), at(matrix, 1, column), at(matrix, 2, column))) as [number, number, number];

/** An affine of NIfTI (right, anterior, superior) as one of the patient (left, posterior, superior). */
export const fromRas = (matrix: Affine): Affine => matrix.map((each, nth) => (nth < 8 ? -each : each));

/** The same grid counted from another voxel. */
export function shiftedBy(matrix: Affine, voxel: Triple): Affine {
  const corner: Millimetres = applied(matrix, voxel);
  return matrix.map((each, nth) => (nth % 4 === 3 ? (corner[(nth - 3) / 4] as number) : each));
}
