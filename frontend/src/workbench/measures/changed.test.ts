import { expect, test } from "vitest";
import type { Measure } from "../nouns";
import { changedBy, firstSaid, noMore, wasBefore } from "./changed";

const measure = (key: string, shown: string, missing = ""): Measure => ({
  key, fact: key, words: key, about: "T8", shown, value: null, low: null, high: null, interval: "", unit: "mm", at_mm: null, plane: null, missing, is_changed: true,
});
const said = (measures: readonly Measure[]) => measures.map((each) => each.shown);

test("an edit replaces what it changed, takes away what is no more, and adds what is new", () => {
  const before = [measure("height", "18 mm"), measure("collapse", "32 %"), measure("breach", "yes")];
  const found = changedBy(before, { measures: [measure("collapse", "41 %"), measure("volume", "9.1 cc")], gone: ["breach"] });
  expect(said(found)).toEqual(["18 mm", "41 %", "9.1 cc"]);
  expect(found.map((each) => each.is_changed)).toEqual([false, true, true]);
});

test("before is what stood before the first edit, whatever came between", () => {
  const first = [measure("collapse", "32 %")];
  const one = { measures: [measure("collapse", "41 %")], gone: [] };
  const other = { measures: [measure("collapse", "44 %")], gone: [] };
  const before = firstSaid(firstSaid({}, first, one), changedBy(first, one), other);
  const [now] = changedBy(changedBy(first, one), other);
  expect(wasBefore(now as Measure, before)).toBe("32 %");
});

test("a measure that is undone is not changed", () => {
  const first = [measure("collapse", "32 %")];
  const before = firstSaid({}, first, { measures: [measure("collapse", "41 %")], gone: [] });
  expect(wasBefore(measure("collapse", "32 %"), before)).toBeNull();
});

test("what can be measured no more says so, with what it was", () => {
  const before = firstSaid({}, [measure("collapse", "32 %"), measure("breach", "yes")], { measures: [measure("collapse", "", "the upper endplate is not labelled")], gone: ["breach"] });
  expect(wasBefore(measure("collapse", "", "the upper endplate is not labelled"), before)).toBe("32 %");
  expect(noMore([measure("collapse", "")], before)).toEqual([["breach", "yes"]]);
});

test("what was not there before says so", () => expect(wasBefore(measure("volume", "9.1 cc"), firstSaid({}, [], { measures: [measure("volume", "9.1 cc")], gone: [] }))).toBe("not there"));
