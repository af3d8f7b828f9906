import { expect, test } from "vitest";
import type { PriceLine } from "../nouns";
import { besides, marginWords, spanWords, wayOf } from "./words";

const plain = (words: string) => words.replaceAll("\u202f", " ");
const line = (label: string, said: string): PriceLine => ({ label, said, notes: [], is_unknown: false, degree: "" });

test("margins are rounded down, below zero too", () => {
  expect([1.99, 1.5, 0.49, 0, -0.1].map((mm) => plain(marginWords({ mm })))).toEqual(["1.5 mm", "1.5 mm", "0.0 mm", "0.0 mm", "\u22120.5 mm"]);
  expect(plain(spanWords({ low: 0.9, high: 2.6 }))).toBe("0.5 to 2.5 mm");
});

test("the way of a cut is told in the words of the tumour", () => {
  const before = { point: [0, 0, 30], normal: [0, 0, 1] } as const;
  expect(plain(wayOf(before, { ...before, point: [4, 0, 32] }))).toBe("2.0 mm away from the tumour");
  expect(plain(wayOf(before, { ...before, point: [0, 0, 29.5] }))).toBe("0.5 mm towards the tumour");
  expect(wayOf(before, { point: [0, 0, 30], normal: [0, Math.sin(0.05), Math.cos(0.05)] })).toBe("turned by 2.9°");
  expect(wayOf(before, before)).toBe("");
});

test("prices stand beside each other line by line", () => {
  const found = besides([line("nerve roots", "T8 left"), line("dura", "opened")], [line("nerve roots", "T8 left, T9 left"), line("bone T9", "1.2 cc")]);
  expect(found.map((each) => [each.label, each.before, each.now, each.isChanged])).toEqual([
    ["nerve roots", "T8 left", "T8 left, T9 left", true],
    ["bone T9", "none", "1.2 cc", true],
    ["dura", "opened", "none", true],
  ]);
});
