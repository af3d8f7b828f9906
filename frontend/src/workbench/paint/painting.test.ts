import { describe, expect, test } from "vitest";
import type { Runs } from "../save/journal";
import { applied, type Triple } from "../viewer/affine";
import { middleOf, onSlice } from "../viewer/grid";
import { AFFINES, gridNamed } from "../viewer/grids.fixture";
import { brushed, enclosed, isInside } from "./brush";
import { PaintedMap } from "./map";
import { Painting, type Paints } from "./painting";
import { back, changeOf, forward } from "./runs";

const TUMOUR: Paints = { brush: 2, name: "tumour A", paint: (onto) => (onto === 9 ? null : onto === 1 || onto === 3 ? 3 : 2), erase: (onto) => (onto === 3 ? 1 : onto === 2 ? 0 : null) };

function opened(kind = "straight", fill = 0) {
  const grid = gridNamed(kind);
  const map = new PaintedMap(grid, new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]).fill(fill));
  const sent: [string, Runs][] = [];
  return { grid, map, sent, painting: new Painting(map, () => undefined, (words, runs) => sent.push([words, runs])) };
}

const setBy = (runs: Runs, on: ArrayLike<number>) => {
  const map = Uint8Array.from(on);
  for (let at = 0; at < runs.length; at += 3) map.fill(runs[at + 2] as number, runs[at], (runs[at] as number) + (runs[at + 1] as number));
  return map;
};
const same = (one: Uint8Array | Uint16Array, other: Uint8Array | Uint16Array) => Buffer.from(one.buffer).equals(Buffer.from(other.buffer));

describe.each(Object.keys(AFFINES))("on a grid that is %s", (kind) => {
  const { grid } = opened(kind);
  const middle = middleOf(grid);

  test.each([2, 1, 0] as const)("a brush on a slice along axis %s touches what its circle holds, on that slice alone", (through) => {
    const depth = onSlice(grid, middle, through)[through];
    const at = middle.map((each, axis) => (axis === through ? depth : each)) as unknown as Triple;
    const found = new Set<number>();
    brushed(grid, [at, at], 5, { through, depth }, (index) => found.add(index));
    const size = grid.size;
    for (const index of found) {
      const place = applied(grid.toPlace, [index % size[0], Math.floor(index / size[0]) % size[1], Math.floor(index / (size[0] * size[1]))]);
      expect(Math.hypot(...[0, 1, 2].filter((axis) => axis !== through).map((axis) => (place[axis] as number) - (at[axis] as number)))).toBeLessThanOrEqual(5 + Math.max(...grid.spacing));
    }
    const area = kind === "oblique" ? 0 : (grid.spacing[0] * grid.spacing[1] * grid.spacing[2]) / spacingAlong(grid.toPlace, through);
    if (area) expect(found.size * area).toBeGreaterThan(Math.PI * 25 * 0.8);
    if (area) expect(found.size * area).toBeLessThan(Math.PI * 25 * 1.2);
    expect(found.size).toBeGreaterThan(10);
  });

  test("a ball holds its volume", () => {
    let many = 0;
    brushed(grid, [middle, middle], 8, null, () => (many += 1));
    const cc = (many * grid.spacing[0] * grid.spacing[1] * grid.spacing[2]) / 1000;
    expect(cc).toBeGreaterThan(((4 / 3) * Math.PI * 512 * 0.93) / 1000);
    expect(cc).toBeLessThan(((4 / 3) * Math.PI * 512 * 1.07) / 1000);
  });
});

const spacingAlong = (affine: readonly number[], axis: number) => Math.max(...[0, 1, 2].map((column) => Math.abs(affine[4 * axis + column] as number)));

test("a brush smaller than a voxel still touches the one under the pointer", () => {
  const { grid } = opened();
  const found = new Set<number>();
  const at = applied(grid.toPlace, [10.4, 11.4, 12]);
  brushed(grid, [at, at], 0.05, { through: 2, depth: at[2] }, (index) => found.add(index));
  expect([...found]).toEqual([10 + 48 * (11 + 56 * 12)]);
});

test("a stroke between two places leaves no gap", () => {
  const { map, painting } = opened();
  const [from, to] = [applied(map.grid.toPlace, [5, 20, 12]), applied(map.grid.toPlace, [40, 20, 12])];
  painting.begin("paint", TUMOUR, 1, from, { through: 2, depth: from[2] }, false);
  painting.to(to);
  painting.end();
  for (let i = 5; i <= 40; i++) expect(map.values[i + 48 * (20 + 56 * 12)]).toBe(2);
  expect(map.values[20 + 48 * (20 + 56 * 13)]).toBe(0);
});

test("what goes to the server makes its labels those of the page; undo and redo too, to the last voxel", () => {
  const { map, painting, sent } = opened("oblique", 1);
  const original = map.values.slice();
  const server = { labels: original.slice() };
  const at = middleOf(map.grid);
  for (const [act, shift] of [["paint", 0], ["erase", 2], ["paint", 3]] as const) {
    painting.begin(act, TUMOUR, 4, [at[0] + shift, at[1], at[2]], { through: 2, depth: at[2] }, true);
    painting.to([at[0] + shift + 3, at[1] + 1, at[2]]);
    painting.end();
  }
  expect(sent.length).toBe(3);
  const painted = map.values.slice();
  while (painting.undo());
  expect(same(map.values, original)).toBe(true);
  while (painting.redo());
  expect(same(map.values, painted)).toBe(true);
  for (const [, runs] of sent) server.labels = setBy(runs, server.labels);
  expect(same(server.labels as Uint8Array, painted)).toBe(true);
});

test("undo says what it undoes", () => {
  const { painting, map, sent } = opened();
  const at = applied(map.grid.toPlace, [10, 11, 12]);
  painting.begin("paint", TUMOUR, 0.1, at, { through: 2, depth: at[2] }, false);
  painting.end();
  painting.begin("erase", TUMOUR, 0.1, at, { through: 0, depth: at[0] }, false);
  painting.end();
  expect(painting.undoWords.value).toBe("Undo: erase tumour A, sagittal, 1 voxel");
  expect(painting.undo()).toBe("Undo: erase tumour A, sagittal, 1 voxel");
  expect(painting.undoWords.value).toBe("Undo: paint tumour A, axial, 1 voxel");
  expect(painting.redoWords.value).toBe("Redo: erase tumour A, sagittal, 1 voxel");
  expect(sent.map(([words]) => words)).toEqual(["paint tumour A, axial, 1 voxel", "erase tumour A, sagittal, 1 voxel", "Undo: erase tumour A, sagittal, 1 voxel"]);
});

test("a stroke that changes nothing is none, and a cancelled one leaves no trace", () => {
  const { painting, map, sent } = opened("straight", 9); // what may not be touched
  const at = applied(map.grid.toPlace, [10, 11, 12]);
  painting.begin("paint", TUMOUR, 3, at, { through: 2, depth: at[2] }, true);
  painting.end();
  expect(sent).toEqual([]);
  const other = opened();
  other.painting.begin("paint", TUMOUR, 3, at, { through: 2, depth: at[2] }, true);
  other.painting.cancel();
  expect(other.map.values.every((each) => each === 0)).toBe(true);
  expect(other.painting.undo()).toBe("");
});

test("painting over bone leaves tumour in bone, erasing it leaves the bone", () => {
  const { painting, map } = opened("straight", 1);
  const at = applied(map.grid.toPlace, [10, 11, 12]);
  const index = 10 + 48 * (11 + 56 * 12);
  painting.begin("paint", TUMOUR, 2, at, { through: 2, depth: at[2] }, false);
  painting.end();
  expect(map.values[index]).toBe(3);
  painting.begin("erase", TUMOUR, 2, at, { through: 2, depth: at[2] }, false);
  painting.end();
  expect(map.values[index]).toBe(1);
});

test("an outline fills what lies in it, also where it turns in on itself", () => {
  const { grid } = opened();
  const place = (i: number, j: number) => applied(grid.toPlace, [i, j, 12]);
  const found = new Set<number>();
  const corners = [place(9.5, 9.5), place(19.5, 9.5), place(19.5, 19.5), place(14.5, 12.5), place(9.5, 19.5)];
  enclosed(grid, corners, { through: 2, depth: place(0, 0)[2] }, (index) => found.add(index));
  expect(found.has(11 + 48 * (12 + 56 * 12))).toBe(true);
  expect(found.has(14 + 48 * (18 + 56 * 12))).toBe(false);
  expect(found.size).toBeGreaterThan(55);
  expect(found.size).toBeLessThan(75);
  expect(isInside([[0, 0], [4, 0], [4, 4], [0, 4]], 2, 2)).toBe(true);
});

test("runs of the server become an edit that can be undone", () => {
  const { painting, map, sent } = opened();
  painting.take("grow tumour A", Uint32Array.of(100, 5, 2, 500, 2, 2));
  expect(painting.undoWords.value).toBe("Undo: grow tumour A, 7 voxels");
  expect(Array.from(map.values.subarray(99, 106))).toEqual([0, 2, 2, 2, 2, 2, 0]);
  painting.undo();
  expect(sent.at(-1)?.[1]).toEqual(Uint32Array.of(100, 5, 0, 500, 2, 0));
});

test("runs leave out what is so already, and neighbours share one", () => {
  const change = changeOf(Uint32Array.of(7, 2, 1, 2, 3, 1), [0, 0, 0, 1, 0, 0, 0, 4, 0]);
  expect([...change.at]).toEqual([2, 4, 7, 8]);
  expect([...forward(change)]).toEqual([2, 1, 1, 4, 1, 1, 7, 2, 1]);
  expect([...back(change)]).toEqual([2, 1, 0, 4, 1, 0, 7, 1, 4, 8, 1, 0]);
});

test("a value beyond a byte makes the map wider and loses nothing", () => {
  const { map } = opened("straight", 5);
  map.set(3, 300);
  expect(map.values[3]).toBe(300);
  expect(map.values[4]).toBe(5);
});

test("labels on another grid are refused", () => {
  expect(() => new PaintedMap(gridNamed("straight"), new Uint8Array(10))).toThrow("another grid");
});
