import { expect, it } from "vitest";
import { applied, type Edit } from "./edit";
import { CASE } from "./example";
import { rebased } from "./merge";

const OTHER = { name: "O. Other", day: "2026-11-20" };
const pain = (value: string): Edit => ({ kind: "finding", fact: "sins.pain", about: "A", value, because: "" });
const story: Edit = { kind: "field", at: "story", value: "Worse since Sunday." };

it("takes edits over where nobody else wrote", () => {
  const newer = applied(CASE, [story], OTHER);
  expect(rebased([pain("mechanical")], CASE, newer)).toEqual({ kept: [pain("mechanical")], done: [], torn: [] });
});

it("drops what somebody else saved the same way, whoever signed it", () => {
  const newer = applied(CASE, [pain("mechanical")], OTHER);
  expect(rebased([pain("mechanical")], CASE, newer).done).toHaveLength(1);
});

it("decides nothing where both wrote", () => {
  const newer = applied(CASE, [pain("occasional")], OTHER);
  const { kept, torn } = rebased([pain("mechanical"), story], CASE, newer);
  expect(kept).toEqual([story]);
  expect(torn).toEqual([{ edit: pain("mechanical"), before: null, theirs: { value: "occasional", because: "" }, mine: { value: "mechanical", because: "" } }]);
});

it("sees that somebody removed what is being changed", () => {
  const changed: Edit = { kind: "finding", fact: "patient.ecog", about: "patient", value: 2, because: "" };
  const newer = applied(CASE, [{ ...changed, value: null }], OTHER);
  expect(rebased([changed], CASE, newer).torn[0]?.theirs).toBeNull();
});
