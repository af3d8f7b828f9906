import { describe, expect, test } from "vitest";
import { applied, type Triple } from "./affine";
import { boxOf, holds, middleOf, onSlice, thickness } from "./grid";
import { AFFINES, gridNamed, scanWith } from "./grids.fixture";
import { emptied, sampleGreys, sampleLabels } from "./sampling";
import { NOTHING } from "./scan";
import { LIES, sheetOf, toPlace, type Sheet } from "./view";
import { FLAT, type FlatName, type Millimetres } from "./viewer";

const SIZE = [90, 80] as const;
/** A ramp that changes along each axis of the patient: what is read at a pixel tells its place. */
const ramp = ([x, y, z]: Millimetres) => Math.round(1000 + 40 * x + 20 * y + 30 * z);

const paneOf = (name: FlatName) => ({ name, left: 0, top: 0, width: SIZE[0], height: SIZE[1] });

describe.each(Object.keys(AFFINES))("a grid that is %s", (kind) => {
  const grid = gridNamed(kind);
  const scan = scanWith(grid, ramp);
  const [centre] = [middleOf(grid)];

  test.each(FLAT)("is drawn in the %s pane where it lies in the patient", (name) => {
    const lie = LIES[name];
    const depth = onSlice(grid, centre, lie.through)[lie.through];
    const sight = { centre, mmPerPixel: 0.31 };
    const sheet = sheetOf(paneOf(name), lie, sight, depth, SIZE);
    const greys = emptied(new Int16Array(SIZE[0] * SIZE[1]));
    sampleGreys(greys, sheet, scan);
    let seen = 0;
    for (let y = 0; y < SIZE[1]; y += 7) {
      for (let x = 0; x < SIZE[0]; x += 7) {
        const place = toPlace(paneOf(name), lie, sight, [x + 0.5, y + 0.5], depth);
        const found = greys[y * SIZE[0] + x] as number;
        if (!isWellIn(grid.size, applied(grid.toVoxel, place))) continue;
        seen += 1;
        expect(Math.abs(found - ramp(place))).toBeLessThanOrEqual(2); // rounded at the voxels and once more
      }
    }
    expect(seen).toBeGreaterThan(40);
  });

  test.each(FLAT)("has its labels in the %s pane at the nearest voxel", (name) => {
    const lie = LIES[name];
    const mark = [9, 20, 31] as const;
    const values = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]);
    values[mark[0] + grid.size[0] * (mark[1] + grid.size[1] * mark[2])] = 7;
    const place = applied(grid.toPlace, mark);
    const sight = { centre: place, mmPerPixel: 0.05 };
    const sheet = sheetOf(paneOf(name), lie, sight, place[lie.through], SIZE);
    const labels = new Uint16Array(SIZE[0] * SIZE[1]);
    sampleLabels(labels, sheet, { grid, values, shown: null });
    expect(labels[40 * SIZE[0] + 45]).toBe(7);
    expect(counted(sheet, labels, grid, mark)).toBe(0);
  });
});

const isWellIn = (size: Triple, voxel: Triple) => voxel.every((each, axis) => each >= 0 && each <= (size[axis] as number) - 1);

/** How many pixels say another thing than the voxel that they lie in. */
function counted(sheet: Sheet, labels: Uint16Array, grid: ReturnType<typeof gridNamed>, mark: Triple): number {
  let wrong = 0;
  for (let at = 0; at < labels.length; at++) {
    const [x, y] = [at % sheet.width, Math.floor(at / sheet.width)];
    const place = [0, 1, 2].map((axis) => (sheet.corner[axis] as number) + x * (sheet.across[axis] as number) + y * (sheet.down[axis] as number)) as unknown as Millimetres;
    const voxel = applied(grid.toVoxel, place);
    if (voxel.some((each) => Math.abs(Math.abs(each - Math.round(each)) - 0.5) < 1e-6)) continue; // on an edge either is right
    const isMarked = voxel.every((each, axis) => Math.round(each) === mark[axis]);
    if (isMarked !== (labels[at] === 7)) wrong += 1;
  }
  return wrong;
}

test("outside the scan there is nothing, not a grey", () => {
  const grid = gridNamed("straight");
  const sheet = sheetOf(paneOf("axial"), LIES.axial, { centre: [500, 500, 0], mmPerPixel: 1 }, 0, SIZE);
  const greys = emptied(new Int16Array(SIZE[0] * SIZE[1]));
  sampleGreys(greys, sheet, scanWith(grid, ramp));
  expect(greys.every((each) => each === NOTHING)).toBe(true);
});

test("a finer scan lies above a coarse one and leaves what is beyond it", () => {
  const [coarse, fine] = [scanWith(gridNamed("straight"), () => 10), scanWith(gridNamed("straight"), () => 20)];
  const small = { ...fine, grid: { ...fine.grid, size: [10, 10, 40] as const }, values: new Int16Array(4000).fill(20) };
  const sheet = sheetOf(paneOf("axial"), LIES.axial, { centre: middleOf(coarse.grid), mmPerPixel: 0.6 }, 0, SIZE);
  const greys = emptied(new Int16Array(SIZE[0] * SIZE[1]));
  for (const scan of [coarse, small]) sampleGreys(greys, sheet, scan);
  expect(new Set(greys)).toEqual(new Set([NOTHING, 10, 20]));
});

test("a place is moved to the middle of its slice, and the step is the slice's thickness", () => {
  const grid = gridNamed("head first to foot");
  expect(onSlice(grid, [0, 0, 0.9], 2)[2]).toBeCloseTo(0, 9);
  expect(onSlice(grid, [0, 0, 1.1], 2)[2]).toBeCloseTo(2, 9);
  expect(thickness(grid, 2)).toBeCloseTo(2, 9);
  expect(thickness(gridNamed("sagittal series"), 0)).toBeCloseTo(3, 9);
});

test("the box holds the grid to the edge of its voxels", () => {
  const grid = gridNamed("oblique");
  const { low, high } = boxOf(grid);
  expect(holds(grid, middleOf(grid))).toBe(true);
  expect(holds(grid, low)).toBe(false);
  expect(high.every((each, axis) => each > (low[axis] as number))).toBe(true);
});

test("a value is drawn as what it is shown as: tumour in bone as tumour", () => {
  const grid = gridNamed("straight");
  const values = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]).fill(3);
  const sheet = sheetOf(paneOf("axial"), LIES.axial, { centre: middleOf(grid), mmPerPixel: 0.1 }, 0, SIZE);
  const labels = new Uint16Array(SIZE[0] * SIZE[1]);
  sampleLabels(labels, sheet, { grid, values, shown: Uint16Array.of(0, 1, 2, 2) });
  expect(new Set(labels)).toEqual(new Set([2]));
});

test("round corners leave the middle of every voxel what it is, and nothing reaches beyond half a voxel", () => {
  const grid = gridNamed("straight");
  const values = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]);
  values[20 + 48 * (20 + 56 * 20)] = 5;
  const place = applied(grid.toPlace, [20, 20, 20]);
  const sheet = sheetOf(paneOf("axial"), LIES.axial, { centre: place, mmPerPixel: 0.02 }, place[2], SIZE);
  const [exact, round] = [new Uint16Array(SIZE[0] * SIZE[1]), new Uint16Array(SIZE[0] * SIZE[1])];
  sampleLabels(exact, sheet, { grid, values, shown: null });
  sampleLabels(round, sheet, { grid, values, shown: null }, true);
  expect(round[40 * SIZE[0] + 45]).toBe(5);
  expect(round.every((each, at) => each === 0 || exact[at] === 5)).toBe(true);
  expect(round.filter((each) => each === 5).length).toBeGreaterThan(0.5 * exact.filter((each) => each === 5).length);
});
