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

test("what came and went is counted, and an order that changed is said", () => {
  expect(differing([a, b], [c, a, b])).toBe("1 case came");
  expect(differing([a, b], [])).toBe("2 cases went");
  expect(differing([a, b], [a, c])).toBe("1 case came, 1 went");
  expect(differing([a, b], [b, a])).toBe("the order has changed");
});
