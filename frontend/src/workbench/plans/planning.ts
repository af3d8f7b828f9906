import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { asProblem, Problem } from "@/api/problem";
import type { Bench } from "../bench";
import type { Cut, Held, Moved, Operation, Operations } from "../nouns";
import { degreeOfMargin, nearWords, tooNear } from "./degree";
import type { CutHandle, DrawnCut, Grip } from "./held_cut";
import { Moves } from "./moves";
import { drawnTo, swungTo, type Place, type Plane } from "./plane";
import { marginWords } from "./words";

/** Where a person wants a cut to be. */
interface Wish {
  operation: string;
  cut: string;
  plane: Plane;
  /** The hand rests: what is left out while it moves is looked at. */
  isLast: boolean;
  at: number;
}

/** What the cuts of an operation amount to with some of them moved. */
interface Standing {
  planes: ReadonlyMap<string, Plane>;
  answer: Moved | null;
  /** Where the cut was, whose answer this is. */
  cuts: ReadonlyMap<string, Cut>;
  /** What each moved cut comes too near to. */
  near: ReadonlyMap<string, string>;
}

export interface MarginMap {
  mesh: string;
  mm: Float32Array;
}

const POLL_MS = 700;
const REST_MS = 1_500; // the plan is then made anew, which takes its seconds; a hand that steps on is not kept waiting
const NOT_MOVED: Standing = { planes: new Map(), answer: null, cuts: new Map(), near: new Map() };

/** The operations of a bench, which one is looked at, and the cut that is in hand. */
export class Planning implements CutHandle {
  readonly operations = signal<Operations | null>(null);
  readonly chosenId = signal("");
  readonly heldName = signal("");
  readonly isBehind = signal(false);
  readonly problem = signal<Problem | null>(null);
  /** The distances of the tumour's surface to the cuts, after the last answer. */
  readonly map = signal<MarginMap | null>(null);
  /** Counts how often the plan was made anew with the cuts where they were left: its pieces are others. */
  readonly remade = signal(0);
  /** How long the last answer took, from the hand to the numbers. */
  readonly tookMs = signal(0);

  /** Whether the plans are those of the labels as they are. */
  readonly isCurrent: ReadonlySignal<boolean> = computed(() => this.operations.value !== null && this.operations.value.of_seq === this.bench.seq.value && !this.operations.value.is_computing);
  readonly chosen: ReadonlySignal<Operation | null> = computed(() => this.operations.value?.items.find((each) => each.id === this.chosenId.value) ?? null);
  readonly standing: ReadonlySignal<Standing> = computed(() => this.standingOf(this.chosenId.value));
  readonly held: ReadonlySignal<DrawnCut | null> = computed(() => this.drawn.value.find((each) => each.isHeld) ?? null);
  readonly drawn: ReadonlySignal<readonly DrawnCut[]> = computed(() => this.chosen.value?.cuts.map((cut) => this.drawnOf(cut)) ?? []);

  private readonly standings = signal<ReadonlyMap<string, Standing>>(new Map());
  /** The cut that the server has in hand. */
  private taken: { key: string; done: Promise<Held> } | null = null;
  private plannedAt = -1;
  private isUnsettled = false;
  private drag: { grip: Grip; from: Place; plane: Plane } | null = null;
  private timer = 0;
  private polling = 0;
  private readonly moves: Moves<Wish, Moved>;

  constructor(private readonly bench: Bench) {
    // The clock, so that numbers go on after a reload: a bench remembers the highest that it has seen.
    this.moves = new Moves({ ask: this.ask, about: ({ operation, cut }) => `${operation}|${cut}`, shown: this.show, failed: this.fail }, Date.now());
    bench.reopened.add(this.again);
  }

  close(): void {
    this.bench.reopened.delete(this.again);
    window.clearTimeout(this.timer);
    window.clearTimeout(this.polling);
  }

  // --- which operations -------------------------------------------------------------------------------------------------
  readonly load = async (): Promise<void> => {
    window.clearTimeout(this.polling);
    try {
      const found = await this.bench.operations();
      batch(() => {
        // A bench tells cuts where they were left; those that were searched are kept here, to be set against them.
        const items = found.of_seq === this.plannedAt ? (this.operations.value?.items ?? found.items) : found.items;
        this.operations.value = { ...found, items };
        this.problem.value = null;
        if (!this.chosen.value) this.chosenId.value = firstOf(found.items)?.id ?? "";
      });
      if (found.is_computing) this.polling = window.setTimeout(() => void this.load(), POLL_MS);
      else if (found.of_seq !== this.plannedAt) this.planned(found.of_seq);
    } catch (thrown) {
      this.problem.value = asProblem(thrown);
    }
  };

  /** What the cuts of an operation amount to where they are now. */
  standingOf(id: string): Standing {
    return this.standings.value.get(id) ?? NOT_MOVED;
  }

  choose(id: string): void {
    this.letGo();
    this.chosenId.value = id;
    this.map.value = null;
  }

  /** Planned on other labels than before: what is in hand is not that of these plans. */
  private planned(seq: number): void {
    this.plannedAt = seq;
    this.taken = null;
    this.map.value = null;
    this.moves.forget();
    this.standings.value = new Map();
    this.takeUp();
  }

  /** Cuts that were moved and not saved, moved again: after a reload, and on a bench that was opened anew. */
  private takeUp(): void {
    for (const each of this.bench.unsaved.value.cuts) {
      const operation = this.operations.value?.items.find((one) => one.id === each.operation && one.can_be_dragged);
      if (!operation?.cuts.some((cut) => cut.name === each.cut)) continue;
      this.chosenId.value = operation.id;
      const plane = { point: each.point_mm, normal: each.normal };
      this.put(each.operation, each.cut, plane);
      this.asking({ operation: each.operation, cut: each.cut, plane, isLast: true });
    }
  }

  private readonly again = (): void => {
    this.heldName.value = "";
    [this.drag, this.isUnsettled, this.plannedAt] = [null, false, -1];
    this.operations.value = null;
    void this.load();
  };

  // --- a cut in hand ----------------------------------------------------------------------------------------------------
  hold(name: string): void {
    const operation = this.chosen.value;
    if (!operation?.can_be_dragged || !this.isCurrent.value || this.heldName.value === name) return;
    this.settle();
    this.heldName.value = name;
    this.problem.value = null;
    this.prepare();
  }

  letGo(): void {
    this.drag = null;
    this.settle();
    this.heldName.value = "";
  }

  /** Let the server take in hand what the person has in hand, so that the first move is fast too. */
  private prepare(): void {
    const [operation, cut] = [this.chosenId.value, this.heldName.value];
    if (cut && !this.moves.isBehind) this.take(operation, cut).catch(this.fail);
  }

  private take(operation: string, cut: string): Promise<Held> {
    const key = `${operation}|${cut}`;
    if (this.taken?.key !== key) this.taken = { key, done: this.bench.hold(operation, cut) };
    const { done } = this.taken;
    done.catch(() => (this.taken = null));
    return done;
  }

  /** Put the cut that is in hand somewhere; the numbers follow. */
  moveTo(plane: Plane, isLast = false): void {
    const [operation, cut] = [this.chosen.value, this.heldName.value];
    if (!operation || !cut || !this.isCurrent.value) return;
    this.put(operation.id, cut, plane);
    this.asking({ operation: operation.id, cut, plane, isLast });
    this.isUnsettled = !isLast;
    window.clearTimeout(this.timer);
    if (!isLast && !this.drag) this.timer = window.setTimeout(() => this.settle(), REST_MS);
  }

  /** Where the cut in hand is now. */
  get plane(): Plane | null {
    return this.held.value?.plane ?? null;
  }

  /** Back to where it was searched, or saved. */
  putBack(name: string): void {
    const operation = this.chosen.value;
    const cut = operation?.cuts.find((each) => each.name === name);
    if (!operation || !cut) return;
    window.clearTimeout(this.timer);
    this.isUnsettled = false;
    const plane = planeOf(cut);
    this.bench.putBack(operation.id, name);
    this.without(operation.id, name);
    this.asking({ operation: operation.id, cut: name, plane, isLast: true });
  }

  /** The hand rests: ask once more, for what is left out while it moves. */
  private settle(): void {
    window.clearTimeout(this.timer);
    const plane = this.plane;
    if (this.isUnsettled && plane) this.moveTo(plane, true);
  }

  // --- taken by a picture -----------------------------------------------------------------------------------------------
  begin(name: string, grip: Grip, at: Place): void {
    this.hold(name);
    const plane = this.plane;
    if (plane) this.drag = { grip, from: at, plane };
  }

  to(at: Place): void {
    if (!this.drag) return;
    const { grip, from, plane } = this.drag;
    this.moveTo(grip.by === "line" ? drawnTo(plane, from, at) : swungTo(plane, grip.pivot, grip.axis, from, at));
  }

  end(): void {
    this.drag = null;
    this.settle();
  }

  cancel(): void {
    const before = this.drag?.plane;
    this.drag = null;
    if (before) this.moveTo(before, true);
  }

  // --- asking and showing -----------------------------------------------------------------------------------------------
  private asking(wish: Omit<Wish, "at">): void {
    this.isBehind.value = true;
    this.moves.move({ ...wish, at: performance.now() });
  }

  private readonly ask = async (seq: number, { operation, cut, plane, isLast }: Wish): Promise<Moved> => {
    await this.take(operation, cut);
    return this.bench.move(operation, { cut, point_mm: [...plane.point], normal: [...plane.normal], seq, is_last: isLast });
  };

  private readonly show = (found: Moved, wish: Wish): void => {
    if (found.is_overtaken) return;
    batch(() => {
      this.answered(wish, found);
      this.isBehind.value = this.isWaiting(wish);
      this.problem.value = null;
      this.tookMs.value = performance.now() - wish.at;
      if (wish.isLast) this.remade.value += 1;
    });
    if (found.map && wish.operation === this.chosenId.value) void this.taken?.done.then(({ mesh }) => (this.map.value = { mesh, mm: distances(found.map) }));
    window.setTimeout(() => this.prepare(), 0); // once this answer counts as come
  };

  private readonly fail = (thrown: unknown): void => {
    this.isBehind.value = false;
    this.problem.value = asProblem(thrown);
  };

  /** Whether the cut has gone on since this was asked. */
  private isWaiting(wish: Wish): boolean {
    const now = this.standings.value.get(wish.operation)?.planes.get(wish.cut);
    return now !== undefined && now !== wish.plane;
  }

  private answered(wish: Wish, answer: Moved): void {
    const before = this.standings.value.get(wish.operation) ?? NOT_MOVED;
    const isMoved = before.planes.size > 0;
    const cuts = answer.cut ? new Map(before.cuts).set(wish.cut, answer.cut) : before.cuts;
    const near = new Map(before.near).set(wish.cut, tooNear(answer.clearances).map(nearWords).join("; "));
    this.set(wish.operation, isMoved ? { ...before, cuts, near, answer } : NOT_MOVED);
  }

  private put(operation: string, cut: string, plane: Plane): void {
    const before = this.standings.value.get(operation) ?? NOT_MOVED;
    this.set(operation, { ...before, planes: new Map(before.planes).set(cut, plane) });
    this.bench.leftAt({ operation, cut, point_mm: [...plane.point], normal: [...plane.normal] });
  }

  private without(operation: string, cut: string): void {
    const before = this.standings.value.get(operation) ?? NOT_MOVED;
    const [planes, cuts, near] = [new Map(before.planes), new Map(before.cuts), new Map(before.near)];
    for (const each of [planes, cuts, near]) each.delete(cut);
    this.set(operation, planes.size ? { ...before, planes, cuts, near } : NOT_MOVED);
  }

  private set(operation: string, standing: Standing): void {
    this.standings.value = new Map(this.standings.value).set(operation, standing);
  }

  private drawnOf(cut: Cut): DrawnCut {
    const { planes, cuts, near } = this.standing.value;
    const [moved, isHeld] = [planes.get(cut.name), this.heldName.value === cut.name];
    const told = cuts.get(cut.name) ?? cut;
    const waits = isHeld && this.isBehind.value;
    return {
      name: cut.name,
      plane: moved ?? planeOf(cut),
      kerfMm: cut.kerf_mm,
      within: told.within.map(planeOf),
      margin: waits && !cuts.has(cut.name) ? "…" : marginWords(told.margin),
      degree: near.get(cut.name) ? "stop" : degreeOfMargin(told.margin),
      marginDegree: degreeOfMargin(told.margin),
      tooNear: near.get(cut.name) ?? "",
      isHeld,
      isBehind: waits,
      before: moved ? planeOf(cut) : null,
    };
  }
}

export const planeOf = (cut: Pick<Cut, "point_mm" | "normal">): Plane => ({ point: cut.point_mm, normal: cut.normal });

/** The first that can be done and has cuts; else the first that can be done; else the first. */
const firstOf = (items: readonly Operation[]): Operation | undefined =>
  items.find((each) => each.feasible && each.cuts.length > 0) ?? items.find((each) => each.feasible) ?? items[0];

/** Little-endian float32 in base64. */
export function distances(map: string): Float32Array {
  const letters = window.atob(map);
  const view = new DataView(new ArrayBuffer(letters.length));
  for (let at = 0; at < letters.length; at += 1) view.setUint8(at, letters.charCodeAt(at));
  return Float32Array.from({ length: letters.length / 4 }, (_, nth) => view.getFloat32(nth * 4, true));
}
