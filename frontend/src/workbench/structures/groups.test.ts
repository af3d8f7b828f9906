import { expect, test } from "vitest";
import type { Structure } from "../nouns";
import { groupsOf, levelsOf, valuesOf } from "./groups";

const structure = (value: number, name: string, colour: string, more: Partial<Structure> = {}): Structure => ({
  value, name, colour, level: "", lesion: "", is_editable: true, is_brush: true, shown_as: value, beneath: 0, is_present: true, doubt: "", ...more,
});

const ALL = [
  structure(1, "vertebra T9", "bone", { level: "T9" }),
  structure(2, "vertebra T8", "bone", { level: "T8" }),
  structure(3, "cord", "cord"),
  structure(4, "tumour A", "tumour", { lesion: "A" }),
  structure(5, "tumour A in vertebra T8", "tumour", { is_brush: false, shown_as: 4, beneath: 2, level: "T8" }),
  structure(7, "rib T8 left", "bone", { level: "T8" }),
  structure(6, "vertebra T10", "bone", { level: "T10", is_present: false }),
];

test("structures stand by their kind, tumour first; what is not there is not listed", () => {
  expect(groupsOf(ALL).map((each) => [each.words, each.items.map((one) => one.name)])).toEqual([
    ["Tumour", ["tumour A"]],
    ["Vertebrae", ["vertebra T9", "vertebra T8"]],
    ["Ribs and other bone", ["rib T8 left"]],
    ["Cord", ["cord"]],
  ]);
});

test("a tumour is seen with its part in bone, and a vertebra without it", () => {
  expect(valuesOf(ALL[3] as Structure, ALL)).toEqual([4, 5]);
  expect(valuesOf(ALL[1] as Structure, ALL)).toEqual([2]);
});

test("levels are those of labelled vertebrae from the head down", () => expect(levelsOf(ALL)).toEqual(["T8", "T9"]));
