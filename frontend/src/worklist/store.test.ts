import { expect, test } from "vitest";
import { line } from "./line.fixture";
import { differing, inPlace, isSameOrder } from "./store";

const [a, b, c] = ["a", "b", "c"].map((case_id) => line({ case_id })) as [ReturnType<typeof line>, ReturnType<typeof line>, ReturnType<typeof line>];

test("new words come in place, and nothing moves", () => {
  const urgent = { ...b, degree: "urgent" };
  expect(inPlace([a, b, c], [urgent, a, c])).toEqual([a, urgent, c]);
});

test("an order is the same if every line stands where it stood", () => {
  expect(isSameOrder([a, b], [a, { ...b, missing: 3 }])).toBe(true);
  expect(isSameOrder([a, b], [b, a])).toBe(false);
  expect(isSameOrder([a, b], [a])).toBe(false);
});

test("lines that came, went or moved are counted", () => {
  expect(differing([a, b], [a, b])).toBe(0);
  expect(differing([a, b], [a])).toBe(1);
  expect(differing([a, b], [b, a])).toBe(2);
});
