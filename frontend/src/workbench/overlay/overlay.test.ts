import { expect, test } from "vitest";
import { LIES, toPixels } from "../viewer/view";
import type { Pane } from "../viewer/viewer";
import { cornersOf } from "./cube";
import { apart, LINE, runOf, scaleBar, traceOf } from "./lines";
import { angleAt, Rulers, shown } from "./rulers";

const PANE: Pane = { name: "sagittal", left: 400, top: 0, width: 400, height: 300 };
const SIGHT = { centre: [5, 10, 20] as const, mmPerPixel: 0.5 };

test("words of cuts do not lie on each other, and stay where they are if they do not", () => {
  const at = (x: number, y: number, isEnd = false) => ({ words: "left pedicle cut", x, y, isEnd });
  const placed = apart([at(100, 50), null, at(120, 55), at(110, 52), at(100, 55, true), at(600, 50)]);
  expect(placed.map((each) => each?.y)).toEqual([50, undefined, 50 + LINE, 50 + 2 * LINE, 55, 50]);
});

test("a cut is drawn where its plane meets the slice: every place on the line lies in the plane", () => {
  const plane = { point: [3, 12, 25] as const, normal: [0.36, 0.48, 0.8] as const };
  const trace = traceOf(plane, PANE, LIES.sagittal, SIGHT, 9);
  if (!trace) throw new Error("the plane is seen");
  for (const [x, y] of [trace.from, trace.to]) {
    const place = [9, SIGHT.centre[1] + (x - 600) * 0.5, SIGHT.centre[2] - (y - 150) * 0.5] as const;
    const off = place.reduce((sum, each, axis) => sum + (each - (plane.point[axis] as number)) * (plane.normal[axis] as number), 0);
    expect(off).toBeCloseTo(0, 9);
  }
  const edges = [trace.from, trace.to].flat();
  expect(edges.some((each) => [0, 300, 400, 800].some((edge) => Math.abs(each - edge) < 1e-6))).toBe(true);
});

test("the kerf is as wide on the picture as the slice cuts it", () => {
  const steep = traceOf({ point: [5, 10, 20], normal: [0, 0, 1] }, PANE, LIES.sagittal, SIGHT, 5);
  const slanting = traceOf({ point: [5, 10, 20], normal: [0.6, 0, 0.8] }, PANE, LIES.sagittal, SIGHT, 5);
  expect(steep?.perMm).toBeCloseTo(2, 9);
  expect(slanting?.perMm).toBeCloseTo(2.5, 9);
});

test("the run of a cut ends where its borders say, and is nowhere where it does not come", () => {
  const placeOf = ([x, y]: readonly [number, number]) => [x, y, 0] as const;
  const line = { from: [0, 0] as const, to: [10, 0] as const };
  const at = (x: number, sign: 1 | -1) => ({ point: [x, 5, 0] as const, normal: [sign, 0, 0] as const });
  expect(runOf(line, [], placeOf)).toEqual([[0, 0], [10, 0]]);
  expect(runOf(line, [at(4, 1), at(9, -1)], placeOf)).toEqual([[4, 0], [9, 0]]);
  expect(runOf(line, [at(4, -1), at(9, 1)], placeOf)).toBeNull();
  expect(runOf(line, [at(12, 1)], placeOf)).toBeNull();
});

test("a plane that the slice lies in, and one that passes by, are not drawn", () => {
  expect(traceOf({ point: [5, 10, 20], normal: [1, 0, 0] }, PANE, LIES.sagittal, SIGHT, 5)).toBeNull();
  expect(traceOf({ point: [5, 10, 900], normal: [0, 0, 1] }, PANE, LIES.sagittal, SIGHT, 5)).toBeNull();
});

test("the middle is the place of the line nearest to the cut's own middle", () => {
  const trace = traceOf({ point: [5, 10, 20], normal: [0, 0.6, 0.8] }, PANE, LIES.sagittal, SIGHT, 5);
  expect(trace?.middle).toEqual([5, 10, 20]);
  expect(toPixels(PANE, LIES.sagittal, SIGHT, [5, 10, 20])).toEqual([600, 150]);
});

test("a ruler says millimetres to half of one, an angle whole degrees", () => {
  expect(shown({ kind: "ruler", points: [[0, 0, 0], [3, 4, 12]] })).toBe("13.0 mm");
  expect(shown({ kind: "ruler", points: [[0, 0, 0], [0, 0, 7.3]] })).toBe("7.5 mm");
  expect(shown({ kind: "angle", points: [[10, 0, 0], [0, 0, 0], [10, 10, 0]] })).toBe("45°");
  expect(angleAt([1, 1, 1], [1, 1, 1], [2, 2, 2])).toBe(0);
});

test("rulers are named in turn, renamed and taken away; one left for another slice is begun anew", () => {
  const rulers = new Rulers();
  rulers.add("ruler", "axial", 10, [0, 0, 10]);
  rulers.hover([3, 0, 10]);
  expect(rulers.drawn.value.map(shown)).toEqual(["3.0 mm"]);
  rulers.add("ruler", "axial", 12, [0, 0, 12]);
  rulers.add("ruler", "axial", 12, [0, 5, 12]);
  expect(rulers.all.value.map((each) => [each.name, shown(each), each.depth])).toEqual([["Ruler 2", "5.0 mm", 12]]);
  rulers.rename(2, " pedicle ");
  rulers.rename(2, " ");
  rulers.move(2, 1, [0, 9, 12]);
  expect(rulers.all.value.map((each) => [each.name, shown(each)])).toEqual([["pedicle", "9.0 mm"]]);
  rulers.remove(2);
  expect(rulers.all.value).toEqual([]);
});

test("a scale bar is a round length that fits", () => {
  expect(scaleBar(0.5, 100)).toEqual({ mm: 50, pixels: 100 });
  expect(scaleBar(0.31, 100)).toEqual({ mm: 20, pixels: 20 / 0.31 });
});

test("the cube turns with the patient: from the front his left is on the right, from behind on the left, the head up", () => {
  const at = (azimuth: number, elevation: number, letter: string) => cornersOf({ azimuth, elevation }).find((face) => face.letter === letter);
  expect(at(180, 0, "A")?.isSeen).toBe(true);
  expect(at(180, 0, "P")?.isSeen).toBe(false);
  expect(at(150, 0, "L")?.isSeen !== at(210, 0, "L")?.isSeen).toBe(true);
  expect(at(180, 40, "H")?.isSeen).toBe(true);
  expect(at(0, 0, "P")?.isSeen).toBe(true);
});
