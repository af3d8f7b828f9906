import { expect, test } from "vitest";
import { angleBetween, beyond, drawnTo, shifted, swungTo, tilted, type Place, type Plane } from "./plane";

const CRANIAL: Plane = { point: [1, 2, 30], normal: [0, 0, 1] };
const near = (found: Place, wanted: Place) => found.forEach((each, nth) => expect(each).toBeCloseTo(wanted[nth] as number, 9));

test("a shift goes along the normal, and back towards the tumour", () => {
  near(shifted(CRANIAL, 1.5).point, [1, 2, 31.5]);
  near(shifted(shifted(CRANIAL, 1.5), -1.5).point, CRANIAL.point);
});

test("a dragged line stays parallel and only what goes across it counts", () => {
  const dragged = drawnTo(CRANIAL, [10, 0, 30], [40, -5, 33]);
  near(dragged.point, [1, 2, 33]);
  near(dragged.normal, CRANIAL.normal);
});

test("an end that is dragged turns the plane about its pivot, which stays in it", () => {
  const pivot: Place = [1, 2, 30];
  const found = swungTo(CRANIAL, pivot, [0, 1, 0], [21, 2, 30], [21, 2, 50]);
  expect(beyond(found, pivot)).toBeCloseTo(0, 9);
  expect(beyond(found, [21, 2, 50])).toBeCloseTo(0, 9);
  expect(angleBetween(found, CRANIAL)).toBeCloseTo(45, 9);
});

test("an end that is dragged out of its slice turns as far as the slice shows", () => {
  const found = swungTo(CRANIAL, [1, 2, 30], [0, 1, 0], [21, 2, 30], [21, 9, 50]);
  expect(angleBetween(found, CRANIAL)).toBeCloseTo(45, 9);
});

test("a turn and its inverse cancel", () => {
  const there = tilted(CRANIAL, [5, 5, 5], [1, 2, 3], 0.4);
  const back = tilted(there, [5, 5, 5], [1, 2, 3], -0.4);
  near(back.point, CRANIAL.point);
  near(back.normal, CRANIAL.normal);
});
