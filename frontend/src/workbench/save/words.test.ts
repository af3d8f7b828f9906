import { expect, test } from "vitest";
import { isChanged, isEmpty, nothing, redoing, undoing, withStroke, type Unsaved } from "./journal";
import { editsWords, proposedReason, unsavedWords, vouchedWords } from "./words";

const stroke = (words: string) => ({ words, runs: Uint32Array.of(0, 1, 2) });
const painted = (...words: string[]): Unsaved => words.reduce((made, each) => withStroke(made, stroke(each)), nothing(3));

test("what is not saved is counted in words", () => {
  expect(unsavedWords(painted("Paint tumour A"))).toBe("1 edit of labels");
  const cut = { operation: "en bloc vertebrectomy T8", cut: "cranial cut", point_mm: [0, 0, 0], normal: [0, 0, 1] } as const;
  expect(unsavedWords({ ...painted("Paint tumour A", "Erase"), cuts: [{ ...cut, point_mm: [0, 0, 0], normal: [0, 0, 1] }] })).toBe("2 edits of labels, 1 cut moved");
});

test("strokes of one kind in a row are one line, and the reason says each once", () => {
  const unsaved = painted("Paint tumour A", "Paint tumour A", "Erase", "Paint tumour A");
  expect(editsWords(unsaved)).toEqual(["Paint tumour A (2 strokes)", "Erase", "Paint tumour A"]);
  expect(proposedReason(unsaved)).toBe("Paint tumour A; Erase");
});

test("what was undone is no edit, until it is done again", () => {
  const [paint, erase] = ["paint tumour A, axial, 12 voxels", "erase tumour A, axial, 3 voxels"];
  const undone = painted(paint, erase, undoing(erase), undoing(paint));
  expect([unsavedWords(undone), isChanged(undone), isEmpty(undone)]).toEqual(["", false, false]);
  expect(editsWords(withStroke(undone, stroke(redoing(paint))))).toEqual([paint]);
  expect(editsWords(painted(paint, undoing(paint), erase))).toEqual([erase]);
});

test("a confirmation does not outlive an edit", () => {
  const vouched = { is_confirmed: true, by: "R. Example", on: "2026-11-21", sha256: "0" };
  expect(vouchedWords(vouched, false)).toBe("confirmed by R. Example, 2026-11-21");
  expect(vouchedWords(vouched, true)).toContain("void");
  expect(vouchedWords({ ...vouched, is_confirmed: false }, false)).toBe("confirmed by nobody");
});
