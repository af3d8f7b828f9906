import { expect, test } from "vitest";
import { clippedBy, sheetOf } from "./blade";
import { channels } from "./colours";
import { BAND_COLOURS, BAND_WORDS, colouredBy, lineOf, OPENED_COLOUR } from "./margins";

const colourAt = (mm: number) => [...colouredBy([mm])].slice(0, 3);

test("each margin has the colour of its band, and an opened tumour that of a stop", () => {
  expect([0, 0.99, 1, 2, 5, 9.9, 10, Infinity].map(colourAt)).toEqual([0, 0, 1, 2, 3, 3, 4, 4].map((nth) => channels(BAND_COLOURS[nth] as string)));
  expect(colourAt(-0.01)).toEqual(channels(OPENED_COLOUR));
  expect(BAND_WORDS).toEqual(["0–1", "1–2", "2–5", "5–10", "≥ 10"]);
});

test("a white line runs where the margin that was asked for is reached, and nowhere else", () => {
  const points = [0, 0, 0, 0, 4, 0, 4, 0, 0, 4, 4, 0]; // a square of two triangles, narrow on its left side
  const square = { points, triangles: [0, 2, 1, 1, 2, 3] };
  const found = lineOf(2, { ...square, mm: [1, 1, 3, 3] });
  const x = found.points.filter((_, nth) => nth % 3 === 0);
  expect(found.triangles.length).toBe(2 * 6);
  expect([Math.min(...x), Math.max(...x)].map((each) => Math.round(10 * each) / 10)).toEqual([1.7, 2.3]);
  expect(found.points.filter((_, nth) => nth % 3 === 2).every((each) => Math.abs(each - 0.15) < 1e-6)).toBe(true);
  expect(lineOf(2, { ...square, mm: [1, 1, 1, 1] }).points.length).toBe(0);
  expect(lineOf(2, { ...square, mm: [1, 1, Infinity, Infinity] }).points.length).toBe(0);
});

test("a blade is drawn as far as it runs, in the directions of the surfaces", () => {
  const plane = { point: [10, 20, 30] as const, normal: [0, 0, 1] as const };
  const half = sheetOf({ plane, within: [{ point: [0, 0, 0], normal: [1, 0, 0] }] });
  const [x, y, z] = [0, 1, 2].map((axis) => half.points.filter((_, nth) => nth % 3 === axis));
  expect(Math.max(...(x as Float32Array))).toBeCloseTo(0, 5); // left is minus in these directions
  expect(Math.min(...(x as Float32Array))).toBeCloseTo(-44, 5);
  expect([Math.min(...(y as Float32Array)), Math.max(...(y as Float32Array))]).toEqual([-54, 14]);
  expect([...new Set(z)]).toEqual([30]);
  expect(half.triangles.length).toBe(2 * 3 * 2);
  expect(sheetOf({ plane, within: [{ point: [200, 0, 0], normal: [1, 0, 0] }] }).points.length).toBe(0);
});

test("an outline is cut at a border and nowhere else", () => {
  const square = [[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]] as const;
  expect(clippedBy(square, { point: [1, 0, 0], normal: [-1, 0, 0] })).toEqual([[0, 0, 0], [1, 0, 0], [1, 2, 0], [0, 2, 0]]);
  expect(clippedBy(square, { point: [-1, 0, 0], normal: [1, 0, 0] })).toEqual(square);
});
