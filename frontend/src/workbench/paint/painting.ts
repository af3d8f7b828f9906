import { computed, signal } from "@preact/signals";
import { redoing, undoing, type Runs } from "../save/journal";
import type { Axis } from "../viewer/view";
import { FLAT, type FlatName, type Millimetres } from "../viewer/viewer";
import { brushed, enclosed, type Slice } from "./brush";
import { PaintedMap, Recording } from "./map";
import { back, type Change, changeOf, forward } from "./runs";

/** What can be painted with and over, as the bench tells it. */
export interface Paints {
  /** The structure that is painted or erased; 0 until one is chosen. */
  brush: number;
  /** Its name. */
  name: string;
  /** What the brush makes of a voxel; nothing where it may not touch it. */
  paint: (onto: number) => number | null;
  erase: (onto: number) => number | null;
}

export type Act = "paint" | "erase";

/** One edit that can be undone, in words. */
interface Edit {
  words: string;
  change: Change;
}

const MOST_EDITS = 200;
const PLANES: Readonly<Record<Axis, FlatName>> = { 0: "sagittal", 1: "coronal", 2: "axial" };

/** Painting on the map: strokes while they are made, and what was done to take it back and do it again. */
export class Painting {
  readonly done = signal<readonly Edit[]>([]);
  readonly undone = signal<readonly Edit[]>([]);
  readonly undoWords = computed(() => named(undoing, this.done.value.at(-1)));
  readonly redoWords = computed(() => named(redoing, this.undone.value.at(-1)));
  private stroke: { recording: Recording; act: Act; slice: Slice | null; through: Axis; paints: Paints; radius: number; last: Millimetres } | null = null;

  /** `onChange` draws; `onEdit` takes what is finished: words and runs. */
  constructor(
    readonly map: PaintedMap,
    private readonly onChange: () => void,
    private readonly onEdit: (words: string, runs: Runs) => void,
  ) {}

  get isPainting(): boolean {
    return this.stroke !== null;
  }

  // --- strokes ----------------------------------------------------------------------------------------------------------
  begin(act: Act, paints: Paints, radius: number, at: Millimetres, on: Slice, isSolid: boolean): void {
    this.end();
    this.stroke = { recording: new Recording(this.map), act, slice: isSolid ? null : on, through: on.through, paints, radius, last: at };
    this.to(at);
  }

  to(at: Millimetres): void {
    const stroke = this.stroke;
    if (!stroke) return;
    brushed(this.map.grid, [stroke.last, at], stroke.radius, stroke.slice, this.touch(stroke.recording, stroke.paints[stroke.act]));
    stroke.last = at;
    this.onChange();
  }

  /** The stroke is done; what it changed goes on its way. */
  end(): void {
    const stroke = this.stroke;
    this.stroke = null;
    if (stroke) this.finish(stroke.recording, stroke.act, stroke.paints, stroke.through, stroke.slice ? "" : ", ball");
  }

  cancel(): void {
    this.stroke?.recording.undo();
    this.stroke = null;
    this.onChange();
  }

  /** Fill what a closed line encloses on its slice. */
  fill(act: Act, paints: Paints, outline: readonly Millimetres[], on: Slice): void {
    const recording = new Recording(this.map);
    enclosed(this.map.grid, outline, on, this.touch(recording, paints[act]));
    this.onChange();
    this.finish(recording, act, paints, on.through, ", outline");
  }

  private readonly touch = (recording: Recording, made: (onto: number) => number | null) => (index: number) => {
    const value = made(this.map.values[index] as number);
    if (value !== null) recording.set(index, value);
  };

  private finish(recording: Recording, act: Act, paints: Paints, through: Axis, how: string): void {
    const change = recording.change();
    if (change.at.length === 0) return;
    const words = `${act} ${paints.name}, ${PLANES[through]}${how}, ${voxels(change.at.length)}`;
    this.keep({ words, change });
    this.onEdit(words, forward(change));
  }

  /** Runs that come from elsewhere, such as a grown region: shown, sent and taken back like a stroke. */
  take(words: string, runs: Runs): void {
    const change = changeOf(runs, this.map.values);
    if (change.at.length === 0) return;
    this.map.put(change.at, change.after);
    const counted = `${words}, ${voxels(change.at.length)}`;
    this.keep({ words: counted, change });
    this.onChange();
    this.onEdit(counted, forward(change));
  }

  private keep(edit: Edit): void {
    this.done.value = [...this.done.value.slice(1 - MOST_EDITS), edit];
    this.undone.value = [];
  }

  // --- undo -------------------------------------------------------------------------------------------------------------
  undo(): string {
    return this.turn(this.done, this.undone, undoing, ({ change }) => [change.before, back(change)]);
  }

  redo(): string {
    return this.turn(this.undone, this.done, redoing, ({ change }) => [change.after, forward(change)]);
  }

  private turn(from: typeof this.done, to: typeof this.done, said: (words: string) => string, made: (edit: Edit) => [Uint16Array, Runs]): string {
    this.end();
    const edit = from.value.at(-1);
    if (!edit) return "";
    const [values, runs] = made(edit);
    this.map.put(edit.change.at, values);
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, edit];
    this.onChange();
    this.onEdit(said(edit.words), runs);
    return said(edit.words);
  }
}

const named = (said: (words: string) => string, edit: Edit | undefined): string => (edit ? said(edit.words) : "");
const voxels = (many: number): string => (many === 1 ? "1 voxel" : `${many} voxels`);

export const planeOf = (through: Axis): FlatName => FLAT.find((name) => name === PLANES[through]) ?? "axial";
