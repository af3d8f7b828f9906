import { applied, directed, type Triple } from "./affine";
import { axisAlong, type Grid } from "./grid";
import { NOTHING, type Scan } from "./scan";
import type { Sheet } from "./view";

/** A sheet in the voxels of a grid. */
interface Way {
  start: Triple;
  across: Triple;
  down: Triple;
}

/** The axes of the grid along which a sheet runs, and the one that it looks along; nothing where the grid lies oblique to it. */
interface Straight {
  across: number;
  down: number;
  through: number;
}

const wayOf = (grid: Grid, sheet: Sheet): Way => ({
  start: applied(grid.toVoxel, sheet.corner),
  across: directed(grid.toVoxel, sheet.across),
  down: directed(grid.toVoxel, sheet.down),
});

const mainAxis = (step: Triple): 0 | 1 | 2 => {
  const sizes = step.map(Math.abs);
  return sizes.indexOf(Math.max(...sizes)) as 0 | 1 | 2;
};

function straight(grid: Grid, sheet: Sheet): Straight | null {
  const across = axisAlong(grid, mainAxis(sheet.across));
  const down = axisAlong(grid, mainAxis(sheet.down));
  return across === null || down === null || across === down ? null : { across, down, through: 3 - across - down };
}

const strides = ({ size }: Grid): Triple => [1, size[0], size[0] * size[1]];

/** For each pixel of a line the two voxels it lies between, as offsets into the values, and the share of the second; -1 outside. */
interface Taps {
  one: Int32Array;
  two: Int32Array;
  share: Float32Array;
}

function taps(start: number, step: number, count: number, size: number, stride: number): Taps {
  const [one, two, share] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)];
  for (let nth = 0; nth < count; nth++) {
    const at = start + nth * step;
    if (at < -0.5 || at >= size - 0.5) {
      one[nth] = -1;
      continue;
    }
    const floor = Math.min(size - 1, Math.max(0, Math.floor(at)));
    one[nth] = floor * stride;
    two[nth] = Math.min(size - 1, floor + 1) * stride;
    share[nth] = Math.min(1, Math.max(0, at - floor));
  }
  return { one, two, share };
}

/** The nearest voxel to each pixel of a line, as an offset into the values; -1 outside. */
function nearest(start: number, step: number, count: number, size: number, stride: number): Int32Array {
  const found = new Int32Array(count);
  for (let nth = 0; nth < count; nth++) {
    const at = Math.round(start + nth * step);
    found[nth] = at < 0 || at >= size ? -1 : at * stride;
  }
  return found;
}

interface Lines<T> {
  across: T;
  down: T;
  base: number;
}

/** What is the same for every line of a straight sheet; nothing where its slice is outside. */
function lined<T>(grid: Grid, sheet: Sheet, { across, down, through }: Straight, line: (start: number, step: number, count: number, size: number, stride: number) => T): Lines<T> | null {
  const [way, step] = [wayOf(grid, sheet), strides(grid)];
  const slice = Math.round(way.start[through] as number);
  if (slice < 0 || slice >= (grid.size[through] as number)) return null;
  const along = (axis: number, by: Triple, count: number) => line(way.start[axis] as number, by[axis] as number, count, grid.size[axis] as number, step[axis] as number);
  return { across: along(across, way.across, sheet.width), down: along(down, way.down, sheet.height), base: slice * (step[through] as number) };
}

/** Grey values of a scan on a sheet, between voxels in the slice; pixels outside the scan stay as they are. */
export function sampleGreys(into: Int16Array, sheet: Sheet, scan: Scan): void {
  const lie = straight(scan.grid, sheet);
  if (!lie) return sampleOblique(into, sheet, scan);
  const lines = lined(scan.grid, sheet, lie, taps);
  if (!lines) return;
  const { one, two, share } = lines.across;
  for (let y = 0; y < sheet.height; y++) {
    const upper = lines.down.one[y] as number;
    if (upper < 0) continue;
    const [row, next, low] = [lines.base + upper, lines.base + (lines.down.two[y] as number), lines.down.share[y] as number];
    sampleLine(into, y * sheet.width, sheet.width, scan.values, row, next, low, one, two, share);
  }
}

function sampleLine(into: Int16Array, to: number, count: number, values: Int16Array, row: number, next: number, low: number, one: Int32Array, two: Int32Array, share: Float32Array): void {
  for (let x = 0; x < count; x++) {
    const left = one[x] as number;
    if (left < 0) continue;
    const [right, part] = [two[x] as number, share[x] as number];
    const [a, b] = [values[row + left] as number, values[next + left] as number];
    const upper = a + part * ((values[row + right] as number) - a);
    const lower = b + part * ((values[next + right] as number) - b);
    into[to + x] = upper + low * (lower - upper);
  }
}

/** Between all eight voxels around each pixel: the grid lies oblique to the sheet. */
function sampleOblique(into: Int16Array, sheet: Sheet, { grid, values }: Scan): void {
  const { start, across, down } = wayOf(grid, sheet);
  const [wide, high, deep] = grid.size;
  for (let y = 0; y < sheet.height; y++) {
    let [i, j, k] = [start[0] + y * down[0], start[1] + y * down[1], start[2] + y * down[2]];
    for (let x = 0; x < sheet.width; x++, i += across[0], j += across[1], k += across[2]) {
      if (i < -0.5 || j < -0.5 || k < -0.5 || i >= wide - 0.5 || j >= high - 0.5 || k >= deep - 0.5) continue;
      into[y * sheet.width + x] = between(values, grid.size, i, j, k);
    }
  }
}

function between(values: Int16Array, [wide, high, deep]: Triple, i: number, j: number, k: number): number {
  const [a, b, c] = [Math.max(0, Math.floor(i)), Math.max(0, Math.floor(j)), Math.max(0, Math.floor(k))];
  const [right, below, behind] = [a + 1 < wide ? 1 : 0, b + 1 < high ? wide : 0, c + 1 < deep ? wide * high : 0];
  const [p, q, r] = [Math.max(0, i - a), Math.max(0, j - b), Math.max(0, k - c)];
  const at = a + wide * (b + high * c);
  const line = (from: number) => {
    const one = values[from] as number;
    return one + p * ((values[from + right] as number) - one);
  };
  const near = line(at);
  const face = near + q * (line(at + below) - near);
  const far = line(at + behind);
  return face + r * (far + q * (line(at + behind + below) - far) - face);
}

/** A label map as it is drawn. `shown` is what each of its values is shown as, where that is another one. */
export interface Labels {
  grid: Grid;
  values: Uint8Array | Uint16Array;
  shown: Uint16Array | null;
}

/**
 * The label under each pixel, as it is shown; 0 outside. It is that of the nearest voxel; `smooth` rounds the corners of
 * voxels: the label that most of the pixel's neighbours in the slice have, each by how near it is.
 */
export function sampleLabels(into: Uint16Array, sheet: Sheet, { grid, values, shown }: Labels, smooth = false): void {
  const lie = smooth ? straight(grid, sheet) : null;
  const same = shown ?? (lie && identity());
  if (lie && same) return smoothed(into.fill(0), sheet, grid, values, lie, same);
  valuesUnder(into, sheet, grid, values);
  if (shown) for (let at = 0; at < into.length; at++) into[at] = shown[into[at] as number] as number;
}

let ownValues: Uint16Array | null = null;
const identity = (): Uint16Array => (ownValues ??= Uint16Array.from({ length: 65536 }, (_, value) => value));

function smoothed(into: Uint16Array, sheet: Sheet, grid: Grid, values: Uint8Array | Uint16Array, lie: Straight, shown: Uint16Array): void {
  const lines = lined(grid, sheet, lie, taps);
  if (!lines) return;
  const { one, two, share } = lines.across;
  for (let y = 0; y < sheet.height; y++) {
    const upper = lines.down.one[y] as number;
    if (upper < 0) continue;
    const [row, next, low] = [lines.base + upper, lines.base + (lines.down.two[y] as number), lines.down.share[y] as number];
    for (let x = 0, at = y * sheet.width; x < sheet.width; x++, at++) {
      const left = one[x] as number;
      if (left < 0) continue;
      const right = two[x] as number;
      const a = shown[values[row + left] as number] as number;
      const b = shown[values[row + right] as number] as number;
      const c = shown[values[next + left] as number] as number;
      const d = shown[values[next + right] as number] as number;
      into[at] = a === b && a === c && a === d ? a : commonest(a, b, c, d, share[x] as number, low);
    }
  }
}

/** Of four labels the one with the most weight; `p` and `q` are the shares of the right and of the lower ones. */
function commonest(a: number, b: number, c: number, d: number, p: number, q: number): number {
  const [wa, wb, wc, wd] = [(1 - p) * (1 - q), p * (1 - q), (1 - p) * q, p * q];
  const weight = (of: number) => (a === of ? wa : 0) + (b === of ? wb : 0) + (c === of ? wc : 0) + (d === of ? wd : 0);
  let [found, most] = [a, weight(a)];
  for (const each of [b, c, d]) {
    const heavy = weight(each);
    if (heavy > most) [found, most] = [each, heavy];
  }
  return found;
}

function valuesUnder(into: Uint16Array, sheet: Sheet, grid: Grid, values: Uint8Array | Uint16Array): void {
  into.fill(0);
  const lie = straight(grid, sheet);
  if (!lie) return labelsOblique(into, sheet, grid, values);
  const lines = lined(grid, sheet, lie, nearest);
  if (!lines) return;
  for (let y = 0; y < sheet.height; y++) {
    const row = lines.down[y] as number;
    if (row < 0) continue;
    for (let x = 0; x < sheet.width; x++) {
      const column = lines.across[x] as number;
      if (column >= 0) into[y * sheet.width + x] = values[lines.base + row + column] as number;
    }
  }
}

function labelsOblique(into: Uint16Array, sheet: Sheet, { size, toVoxel, toPlace, spacing }: Grid, values: Uint8Array | Uint16Array): void {
  const { start, across, down } = wayOf({ size, toVoxel, toPlace, spacing }, sheet);
  for (let y = 0; y < sheet.height; y++) {
    let [i, j, k] = [start[0] + y * down[0], start[1] + y * down[1], start[2] + y * down[2]];
    for (let x = 0; x < sheet.width; x++, i += across[0], j += across[1], k += across[2]) {
      const [a, b, c] = [Math.round(i), Math.round(j), Math.round(k)];
      if (a < 0 || b < 0 || c < 0 || a >= size[0] || b >= size[1] || c >= size[2]) continue;
      into[y * sheet.width + x] = values[a + size[0] * (b + size[1] * c)] as number;
    }
  }
}

/** Forget what stood on a sheet. */
export const emptied = (greys: Int16Array): Int16Array => greys.fill(NOTHING);
