import { expect, test } from "vitest";
import { dropped, moved, placeAt } from "./order";

const LIST = ["a", "b", "c", "d"];

test.each([
  [0, 2, "bcad"],
  [3, 0, "dabc"],
  [1, 1, "abcd"],
  [1, -5, "bacd"],
  [1, 99, "acdb"],
  [9, 0, "abcd"],
])("from %i to %i gives %s", (from, to, order) => expect(moved(LIST, from, to).join("")).toBe(order));

const BOXES = [0, 40, 80].map((top) => ({ top, height: 40 }));

test.each([
  [-10, 0],
  [19, 0],
  [21, 1],
  [100, 3],
])("a pointer at %i is before line %i", (y, place) => expect(placeAt(y, BOXES)).toBe(place));

test("what is dropped on itself or just below stays where it was", () => {
  expect([dropped(1, 1), dropped(1, 2), dropped(1, 3), dropped(2, 0)]).toEqual([1, 1, 2, 0]);
});
