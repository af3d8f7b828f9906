import { applied } from "./affine";
import type { Labels } from "./sampling";
import type { Millimetres } from "./viewer";

const STEP = 3; // every third voxel each way tells where a vertebra is

/** The middle of each labelled vertebra, by its level. */
export function middlesOf({ grid, values }: Labels, levels: ReadonlyMap<number, string>): ReadonlyMap<string, Millimetres> {
  const sums = new Map<string, [number, number, number, number]>();
  const [wide, tall, deep] = grid.size;
  for (let k = 0; k < deep; k += STEP) {
    for (let j = 0; j < tall; j += STEP) {
      const row = wide * (j + tall * k);
      for (let i = 0; i < wide; i += STEP) {
        const value = values[row + i] as number;
        const level = value && levels.get(value);
        if (level) noted(sums, level, i, j, k);
      }
    }
  }
  return new Map([...sums].map(([level, [i, j, k, many]]) => [level, applied(grid.toPlace, [i / many, j / many, k / many])]));
}

function noted(sums: Map<string, [number, number, number, number]>, level: string, i: number, j: number, k: number): void {
  const sum = sums.get(level);
  if (!sum) sums.set(level, [i, j, k, 1]);
  else [sum[0], sum[1], sum[2], sum[3]] = [sum[0] + i, sum[1] + j, sum[2] + k, sum[3] + 1];
}

/** The value of the label map at a place; 0 outside. */
export function valueAt({ grid, values }: Labels, place: Millimetres): number {
  const [i, j, k] = applied(grid.toVoxel, place).map(Math.round) as [number, number, number];
  const [wide, tall, deep] = grid.size;
  return i < 0 || j < 0 || k < 0 || i >= wide || j >= tall || k >= deep ? 0 : (values[i + wide * (j + tall * k)] as number);
}

const NEAR_MM = 40;

/** "T8" within the vertebra, "near T8" beside it, "level unknown" where no labelled vertebra is near. */
export function levelAt(place: Millimetres, within: string | undefined, middles: ReadonlyMap<string, Millimetres>): string {
  if (within) return within;
  let [nearest, least] = ["", NEAR_MM];
  for (const [level, middle] of middles) {
    const away = Math.abs(middle[2] - place[2]) + 0.2 * Math.hypot(middle[0] - place[0], middle[1] - place[1]);
    if (away < least) [nearest, least] = [level, away];
  }
  return nearest ? `near ${nearest}` : "level unknown";
}
