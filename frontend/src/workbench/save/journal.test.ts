import { afterEach, expect, test, vi } from "vitest";
import type { MovedCut } from "../nouns";
import { bytesOf, changedCuts, isEmpty, nothing, runsOf, together, voxels, withCut, withoutCut, withStroke, type Runs, type Stroke } from "./journal";
import { forget, keep, kept } from "./kept";

afterEach(() => {
  vi.unstubAllGlobals();
  window.sessionStorage.clear();
});

const stroke = (words: string, ...runs: number[]): Stroke => ({ words, runs: Uint32Array.from(runs) });
const CRANIAL = { operation: "en bloc vertebrectomy T8", cut: "cranial cut", point_mm: [0, 0, 30], normal: [0, 0, 1] } satisfies MovedCut;

/** What a label map is after these runs. */
function painted(runs: Runs, on: readonly number[]): number[] {
  const map = [...on];
  for (let at = 0; at < runs.length; at += 3) map.fill(runs[at + 2] as number, runs[at], (runs[at] as number) + (runs[at + 1] as number));
  return map;
}

test("strokes sent again come to the same, also where some had arrived", () => {
  const strokes = [stroke("paint tumour", 0, 4, 9), stroke("erase", 1, 2, 0), stroke("paint vertebra T8", 3, 2, 8)];
  const wanted = painted(together(strokes), [1, 1, 1, 1, 1, 1]);
  expect(wanted).toEqual([9, 0, 0, 8, 8, 1]);
  for (const arrived of [0, 1, 2, 3]) {
    const there = painted(together(strokes.slice(0, arrived)), [1, 1, 1, 1, 1, 1]);
    expect(painted(together(strokes), there)).toEqual(wanted);
  }
});

test("runs are little-endian whatever the machine", () => {
  expect([...bytesOf(Uint32Array.of(1, 258, 70_000))]).toEqual([1, 0, 0, 0, 2, 1, 0, 0, 0x70, 0x11, 1, 0]);
  expect([...runsOf(bytesOf(Uint32Array.of(4_000_000_000, 2, 3)).buffer)]).toEqual([4_000_000_000, 2, 3]);
});

test("voxels are counted by the lengths of runs", () => expect(voxels(Uint32Array.of(100, 4, 9, 7, 3, 9))).toBe(7));

test("unsaved work outlives a reload, to the last voxel", () => {
  const unsaved = withCut(withStroke(nothing(3), stroke("paint tumour", 16_000_000, 12, 9)), CRANIAL);
  expect(keep("s.example", "2f41", unsaved)).toBe(true);
  expect(kept("s.example", "2f41")).toEqual(unsaved);
  expect(kept("r.example", "2f41")).toBeNull();
  forget("s.example", "2f41");
  expect(kept("s.example", "2f41")).toBeNull();
});

test("a cut that is put back leaves nothing to save", () => {
  const moved = withCut(withCut(nothing(3), { ...CRANIAL, point_mm: [0, 0, 31] }), CRANIAL);
  expect(moved.cuts).toEqual([CRANIAL]);
  expect(isEmpty(withoutCut(moved, CRANIAL))).toBe(true);
});

test("a saved cut that is put back is a change, and moved again to the same place it is none", () => {
  const saved = nothing(3, [CRANIAL]);
  expect(isEmpty(saved)).toBe(true);
  const back = withoutCut(saved, CRANIAL);
  expect(changedCuts(back)).toEqual([CRANIAL]);
  expect(isEmpty(withCut(back, { ...CRANIAL }))).toBe(true);
});

test("more than the browser keeps is said, and what was kept before stays", () => {
  const before = withStroke(nothing(3), stroke("paint tumour", 1, 2, 3));
  keep("s.example", "2f41", before);
  const stored = window.sessionStorage;
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  vi.stubGlobal("window", { sessionStorage: { getItem: (key: string) => stored.getItem(key), setItem: full }, atob, btoa });
  expect(keep("s.example", "2f41", withStroke(before, stroke("grow tumour", 4, 5, 6)))).toBe(false);
  expect(kept("s.example", "2f41")).toEqual(before);
});

test("what cannot be read is no work", () => {
  window.sessionStorage.setItem("enbloc.bench|s.example|2f41", "{");
  expect(kept("s.example", "2f41")).toBeNull();
});
