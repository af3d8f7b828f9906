import { expect, test } from "vitest";
import { isIn, laidOut, lettersOf, LIES, toPixels, toPlace } from "./view";
import { FLAT, type Millimetres, type Pane } from "./viewer";

const PANE: Pane = { name: "axial", left: 100, top: 40, width: 401, height: 301 };
const SIGHT = { centre: [3, -5, 12] as Millimetres, mmPerPixel: 0.37 };

test.each(FLAT)("a pixel of the %s pane and its place lead to each other", (name) => {
  const place = toPlace({ ...PANE, name }, LIES[name], SIGHT, [133.25, 77.5], 41);
  expect(place[LIES[name].through]).toBe(41);
  const [x, y] = toPixels({ ...PANE, name }, LIES[name], SIGHT, place);
  expect(x).toBeCloseTo(133.25, 9);
  expect(y).toBeCloseTo(77.5, 9);
});

test("the patient's left is on the viewer's right, behind is below, the head is above", () => {
  const at = (name: (typeof FLAT)[number], place: Millimetres) => toPixels({ ...PANE, name }, LIES[name], SIGHT, place);
  const middle = SIGHT.centre;
  const [left, behind, up]: Millimetres[] = [[middle[0] + 10, middle[1], middle[2]], [middle[0], middle[1] + 10, middle[2]], [middle[0], middle[1], middle[2] + 10]];
  expect(at("axial", left as Millimetres)[0]).toBeGreaterThan(at("axial", middle)[0]);
  expect(at("coronal", left as Millimetres)[0]).toBeGreaterThan(at("coronal", middle)[0]);
  expect(at("axial", behind as Millimetres)[1]).toBeGreaterThan(at("axial", middle)[1]);
  expect(at("sagittal", behind as Millimetres)[0]).toBeGreaterThan(at("sagittal", middle)[0]);
  expect(at("sagittal", up as Millimetres)[1]).toBeLessThan(at("sagittal", middle)[1]);
});

test("the letters at the edges say so", () => {
  expect(lettersOf("axial")).toEqual({ left: "R", right: "L", top: "A", bottom: "P" });
  expect(lettersOf("sagittal")).toEqual({ left: "A", right: "P", top: "H", bottom: "F" });
  expect(lettersOf("coronal")).toEqual({ left: "R", right: "L", top: "H", bottom: "F" });
});

test("four panes fill the frame and none lies on another", () => {
  const panes = laidOut(1001, 700, null);
  expect(panes.map((each) => each.name)).toEqual(["axial", "sagittal", "coronal", "solid"]);
  expect(Math.max(...panes.map((each) => each.left + each.width))).toBe(1001);
  expect(Math.max(...panes.map((each) => each.top + each.height))).toBe(700);
  for (const one of panes) for (const other of panes) if (one !== other) expect(isIn(other, one.left, one.top)).toBe(false);
  expect(laidOut(1001, 700, "coronal")).toEqual([{ name: "coronal", left: 0, top: 0, width: 1001, height: 700 }]);
});
