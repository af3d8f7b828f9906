import { expect, it } from "vitest";
import type { Fact } from "./nouns";
import { aboutWords, plainly, reasonOf, shown, told } from "./words";

const LOSS: Fact = { id: "body.collapse", words: "loss of body height", about: "level", kind: "number", unit: "%", from: -50, to: 100, step: null, many: false, enterable: true, ask: "CT" };
const VOCABULARY = new Map([[LOSS.id, LOSS]]);

it("names subjects as a person does", () => {
  expect(["patient", "A", "T8"].map(aboutWords)).toEqual(["the patient", "lesion A", "T8"]);
});

it("shows values with their unit; nothing is unknown, false is no", () => {
  expect([shown(41.5, LOSS), shown(null, LOSS), shown(false, undefined), shown([], undefined)]).toEqual(["41.5\u202f%", "unknown", "no", "none"]);
});

it("tells an overruled number with its reason", () => {
  const edit = { kind: "finding", fact: "body.collapse", about: "T8", value: 56, because: "fractured endplate" } as const;
  expect(told(edit, VOCABULARY)).toEqual({ what: "loss of body height, T8", says: "56\u202f% (overruled: fractured endplate)" });
  expect(reasonOf([edit], VOCABULARY)).toBe("loss of body height, T8");
});

it("says any plain value in words", () => {
  expect(plainly({ value: "mechanical", because: "" })).toBe("mechanical");
  expect(plainly({ histology: "chordoma", levels: ["L3", "L4"], proven: true })).toBe("histology chordoma, levels L3, L4, proven yes");
  expect(plainly(null)).toBe("nothing");
});
