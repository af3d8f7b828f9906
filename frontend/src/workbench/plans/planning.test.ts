import { signal } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";
import type { Bench } from "../bench";
import type { Cut, Margin, Moved, MoveWish, Operation, Operations } from "../nouns";
import { nothing, withCut, withoutCut, type Unsaved } from "../save/journal";
import { distances, Planning } from "./planning";

const ID = "en bloc vertebrectomy T8";
const margin = (mm: number): Margin => ({ mm, low: mm - 0.5, high: mm + 0.5, words: `${mm} mm`, barrier: "cranial cut", at_mm: [0, 0, 0], classes: ["marginal"] });
const cut = (name: string, z: number, mm = 2): Cut => ({ name, point_mm: [0, 0, z], normal: [0, 0, Math.sign(z)], kerf_mm: 1, within: [], margin: margin(mm), is_placed: false, proof: "" });
const OPERATION: Operation = {
  id: ID, operation: "vertebrectomy", about: "A", levels: ["T8"], feasible: true, is_ready: false, is_draft: false, reasons: [], nearest: [], borderline: [], not_ready: [], conditions: [], stops: [],
  cuts: [cut("cranial cut", 20), cut("caudal cut", -20)], limits: [], margin: margin(2), classes: ["marginal"], judged: [], price: [], risks: [], clearances: [], bone_cc: 30, tumour_left: "none", not_computed: [], can_be_dragged: true,
};
const OPERATIONS: Operations = { seq: 0, of_seq: 0, is_computing: false, is_current: true, items: [{ ...OPERATION, id: "laminectomy T8", cuts: [], margin: null, can_be_dragged: false }, OPERATION], unplanned: [], took_ms: 1 };

/** A bench that answers with the distance of the cut as its margin. */
function benchOf(unsaved: Unsaved = nothing(3)) {
  const asked: string[] = [];
  const held = signal(unsaved);
  const moved = ({ cut: name, point_mm: [, , z], seq, is_last }: MoveWish): Moved => {
    const mm = Math.abs(z) - 18;
    return { seq, is_overtaken: false, cut: cut(name, z, mm), margin: margin(mm), classes: [], judged: [], price: [], risks: [], clearances: [], feasible: mm > 0, is_ready: false, against: [], not_ready: [], stops: [], not_looked_at: is_last ? [] : ["way out: not looked at again"], map: "", took_ms: 1 };
  };
  const bench = {
    unsaved: held,
    seq: signal(0),
    reopened: new Set<() => void>(),
    operations: async () => OPERATIONS,
    hold: async (_: string, name: string) => (asked.push(`hold ${name}`), { cut: name, mesh: "tumour A", vertices: 0, took_ms: 1 }),
    move: async (_: string, wish: MoveWish) => (asked.push(`move ${wish.cut} ${wish.point_mm[2]}${wish.is_last ? " last" : ""}`), moved(wish)),
    leftAt: (one: Parameters<typeof withCut>[1]) => (held.value = withCut(held.value, one)),
    putBack: (operation: string, name: string) => (held.value = withoutCut(held.value, { operation, cut: name })),
  };
  return { bench: bench as unknown as Bench & { operations: () => Promise<Operations> }, asked, held };
}

beforeEach(() => vi.useFakeTimers());
const settled = () => vi.advanceTimersByTimeAsync(3_000);

test("what has cuts is looked at first", async () => {
  const planning = new Planning(benchOf().bench);
  await planning.load();
  expect(planning.chosenId.value).toBe(ID);
  expect(planning.drawn.value.map((each) => [each.name, each.margin, each.before])).toEqual([["cranial cut", "2.0\u202fmm", null], ["caudal cut", "2.0\u202fmm", null]]);
});

test("a dragged cut is drawn at once, its number follows, and the hand that rests asks once more", async () => {
  const { bench, asked, held } = benchOf();
  const planning = new Planning(bench);
  await planning.load();
  planning.begin("cranial cut", { by: "line" }, [5, 5, 20]);
  planning.to([9, 9, 23.5]);
  expect(planning.held.value).toMatchObject({ plane: { point: [0, 0, 23.5] }, margin: "…", before: { point: [0, 0, 20] } });
  planning.end();
  await settled();

  expect(planning.held.value?.margin).toBe("5.5\u202fmm");
  expect(planning.isBehind.value).toBe(false);
  expect(asked).toEqual(["hold cranial cut", "move cranial cut 23.5", "move cranial cut 23.5 last"]);
  expect(held.value.cuts).toEqual([{ operation: ID, cut: "cranial cut", point_mm: [0, 0, 23.5], normal: [0, 0, 1] }]);
});

test("Escape in the middle of a drag leads back to where it began", async () => {
  const planning = new Planning(benchOf().bench);
  await planning.load();
  planning.begin("cranial cut", { by: "line" }, [0, 0, 20]);
  planning.to([0, 0, 30]);
  planning.cancel();
  await settled();
  expect(planning.held.value?.plane.point).toEqual([0, 0, 20]);
});

test("what is put back is nothing to save, and stands as it was searched", async () => {
  const { bench, asked, held } = benchOf();
  const planning = new Planning(bench);
  await planning.load();
  planning.hold("caudal cut");
  planning.moveTo({ point: [0, 0, -15], normal: [0, 0, -1] });
  await settled();
  expect(planning.held.value).toMatchObject({ margin: "\u22123.0\u202fmm", degree: "stop" });
  planning.putBack("caudal cut");
  await settled();

  expect(planning.standing.value.answer).toBeNull();
  expect(planning.held.value).toMatchObject({ margin: "2.0\u202fmm", degree: null, before: null });
  expect(held.value.cuts).toEqual([]);
  expect(asked.at(-1)).toBe("move caudal cut -20 last");
});

test("cuts that were moved before a reload are moved again", async () => {
  const { bench, asked } = benchOf(withCut(nothing(3), { operation: ID, cut: "cranial cut", point_mm: [0, 0, 25], normal: [0, 0, 1] }));
  const planning = new Planning(bench);
  await planning.load();
  await settled();
  expect(asked).toEqual(["hold cranial cut", "move cranial cut 25 last"]);
  expect(planning.standing.value.answer?.margin?.mm).toBe(7);
});

test("plans that are read again do not take the place of what was searched", async () => {
  const { bench } = benchOf();
  const planning = new Planning(bench);
  await planning.load();
  bench.operations = async () => ({ ...OPERATIONS, items: [{ ...OPERATION, cuts: [cut("cranial cut", 25), cut("caudal cut", -20)] }] });
  await planning.load();
  expect(planning.drawn.value[0]?.plane.point).toEqual([0, 0, 20]);
});

test("the map of margins is little-endian floats", () => expect([...distances(window.btoa("\u0000\u0000\u0080?\u0000\u0000 \u00c0"))]).toEqual([1, -2.5]));
