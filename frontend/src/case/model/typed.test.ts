import { describe, expect, it } from "vitest";
import type { Fact } from "../nouns";
import { rangeOf, readNumber, readStated, typedOf, wrongReason } from "./typed";

const LOSS: Fact = { id: "body.collapse", words: "loss of body height", about: "level", kind: "number", unit: "%", from: -50, to: 100, step: null, many: false, enterable: true, ask: "CT" };
const SCORE: Fact = { ...LOSS, id: "patient.karnofsky", kind: "whole number", unit: "-", from: 0, to: 100, step: 10 };

describe("a number", () => {
  it("is read with its unit or without", () => {
    expect(readNumber("41.5", LOSS)).toEqual({ value: 41.5 });
    expect(readNumber(" 41.5 % ", LOSS)).toEqual({ value: 41.5 });
    expect(readNumber("−3", LOSS)).toEqual({ value: -3 });
  });

  it("with a decimal comma is refused with the way to write it", () => {
    expect(readNumber("41,5", LOSS).wrong).toBe("Write a decimal point, not a comma: 41.5");
  });

  it("in another unit is refused, never converted", () => {
    expect(readNumber("12 cm", { ...LOSS, unit: "mm" }).wrong).toContain("This is in mm");
  });

  it("out of the plausible range asks to check the unit", () => {
    expect(readNumber("400", LOSS).wrong).toBe("Plausible is −50 to 100 %. Check the unit.");
  });

  it("keeps to its steps and to whole numbers", () => {
    expect(readNumber("75", SCORE).wrong).toBe("Write it in steps of 10.");
    expect(readNumber("7.5", { ...SCORE, step: null }).wrong).toBe("Write a whole number.");
    expect(readNumber("0.3", { ...LOSS, from: 0, step: 0.1 })).toEqual({ value: 0.3 });
  });

  it.each(["", "abc", "1e5", "1.2.3", "--1", "Infinity"])("%j is none", (typed) => {
    expect(readNumber(typed, LOSS).wrong).toBeTruthy();
  });
});

describe("what is stated", () => {
  it("by words is one of them", () => {
    const pain: Fact = { ...LOSS, kind: ["mechanical", "occasional", "none"], unit: "-" };
    expect(readStated("mechanical", pain)).toEqual({ value: "mechanical" });
    expect(readStated("bad", pain).wrong).toBeTruthy();
  });

  it("yes and no are not unknown", () => {
    const asked: Fact = { ...LOSS, kind: "true or false", unit: "-" };
    expect(readStated("no", asked)).toEqual({ value: false });
    expect(readStated("", asked).wrong).toContain("unknown stays unknown");
  });

  it("several may be none", () => {
    const roots: Fact = { ...LOSS, kind: "text", many: true };
    expect(readStated("", roots)).toEqual({ value: [] });
    expect(readStated("T8 left, T9 left", roots)).toEqual({ value: ["T8 left", "T9 left"] });
  });

  it("a day and hour may have a blank between them", () => {
    expect(readStated("2026-11-20T14:30", { ...LOSS, kind: "a day and hour" })).toEqual({ value: "2026-11-20T14:30" });
    expect(readStated("2026-11-20 14:30", { ...LOSS, kind: "a day and hour" })).toEqual({ value: "2026-11-20T14:30" });
  });

  it("comes back as it was typed", () => {
    expect([typedOf(true), typedOf(null), typedOf(["a", "b"]), typedOf(41.5)]).toEqual(["yes", "", "a, b", "41.5"]);
  });
});

it("tells ranges in words", () => {
  expect([rangeOf({ from: 0, to: null }), rangeOf({ from: null, to: 9 }), rangeOf({ from: null, to: null })]).toEqual(["0 or more", "9 or less", ""]);
});

it("asks for a reason that says something", () => {
  expect(wrongReason("x")).toBeTruthy();
  expect(wrongReason("aaaaaaaaaaaaaa")).toBeTruthy();
  expect(wrongReason("The endplate is fractured on the MRI")).toBe("");
});
