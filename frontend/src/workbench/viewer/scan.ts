import type { Grid } from "./grid";
import type { Stored, Volume } from "./nifti";

/** An image whose grey values are shown. Its numbers are int16, whatever its file held: one kind keeps the sampling fast. */
export interface Scan {
  grid: Grid;
  values: Int16Array;
  slope: number;
  intercept: number;
}

/** The least int16: no grey value, there is no image here. */
export const NOTHING = -32768;
const LEAST = -32767;
const MOST = 32767;

/** The image as it is shown; what does not fit into int16 is put on another scale, which slope and intercept tell. */
export function scanOf({ grid, values, slope, intercept }: Volume): Scan {
  if (values instanceof Int16Array) return { grid, values: withoutNothing(values), slope, intercept };
  const [low, high] = rangeOf(values);
  const isWhole = !(values instanceof Float32Array || values instanceof Float64Array);
  if (isWhole && low >= LEAST && high <= MOST) return { grid, values: Int16Array.from(values), slope, intercept };
  const step = (high - low || 1) / (MOST - LEAST);
  const scaled = new Int16Array(values.length);
  for (let at = 0; at < values.length; at++) scaled[at] = Math.round(((values[at] as number) - low) / step) + LEAST;
  return { grid, values: scaled, slope: slope * step, intercept: intercept + slope * (low - LEAST * step) };
}

function withoutNothing(values: Int16Array): Int16Array {
  for (let at = 0; at < values.length; at++) if (values[at] === NOTHING) values[at] = LEAST;
  return values;
}

function rangeOf(values: Stored): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const each = values[at] as number;
    if (each < low) low = each;
    if (each > high) high = each;
  }
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : [0, 0];
}
