import type { MovedCut, RelabelWish } from "../nouns";

/** Voxels that are set: start in the whole grid (C order), length, value; three numbers a run. */
export type Runs = Uint32Array<ArrayBuffer>;

/** One edit of the labels as it was made, in words that undo can name. */
export interface Stroke {
  words: string;
  runs: Runs;
  /** The other names of vertebrae that it gives: a bench must know them before it takes the runs. */
  wish?: RelabelWish;
}

/** What one person has done to one version of one case and not yet saved, in the order in which it was done. */
export interface Unsaved {
  version: number;
  at: string;
  strokes: readonly Stroke[];
  /** Every cut that a person has left elsewhere than it was searched, and those of them that are saved so. */
  cuts: readonly MovedCut[];
  saved: readonly MovedCut[];
  /** What each measure that was changed said before the first of the strokes, by its key. */
  before: Readonly<Record<string, string>>;
}

export const nothing = (version: number, saved: readonly MovedCut[] = []): Unsaved => ({ version, at: "", strokes: [], cuts: saved, saved, before: {} });
/** Whether there is nothing to keep: an edit that was undone is kept too, for the bench may know of it. */
export const isEmpty = (unsaved: Unsaved): boolean => unsaved.strokes.length === 0 && changedCuts(unsaved).length === 0;
/** Whether a version saved now would be another one. */
export const isChanged = (unsaved: Unsaved): boolean => standing(unsaved).length > 0 || changedCuts(unsaved).length > 0;

export const undoing = (words: string): string => `Undo: ${words}`;
export const redoing = (words: string): string => `Redo: ${words}`;

/** The words of the edits of labels that stand: what was undone since is none, what was done again is one. */
export function standing({ strokes }: Unsaved): readonly string[] {
  const stand: string[] = [];
  const undone: string[] = [];
  for (const { words } of strokes) {
    const [last, again] = [stand.at(-1), undone.at(-1)];
    if (last !== undefined && words === undoing(last)) undone.push(...stand.splice(-1));
    else if (again !== undefined && words === redoing(again)) stand.push(...undone.splice(-1));
    else {
      stand.push(words);
      undone.length = 0;
    }
  }
  return stand;
}

/** The cuts that are not where they are saved: moved since, or put back. */
export function changedCuts({ cuts, saved }: Unsaved): readonly MovedCut[] {
  const isIn = (those: readonly MovedCut[], one: MovedCut) => those.some((each) => each.operation === one.operation && each.cut === one.cut && `${each.point_mm} ${each.normal}` === `${one.point_mm} ${one.normal}`);
  const names = new Map([...saved.filter((each) => !isIn(cuts, each)), ...cuts.filter((each) => !isIn(saved, each))].map((each) => [`${each.operation}|${each.cut}`, each]));
  return [...names.values()];
}

/** With one more stroke. Sent again in this order, strokes come to the same labels however many of them arrived before. */
export const withStroke = (unsaved: Unsaved, stroke: Stroke): Unsaved => ({ ...unsaved, at: now(), strokes: [...unsaved.strokes, stroke] });

/** With a cut where it was moved to; the place before is forgotten. */
export const withCut = (unsaved: Unsaved, moved: MovedCut): Unsaved => ({ ...unsaved, at: now(), cuts: [...withoutCut(unsaved, moved).cuts, moved] });

/** Without the cut: it was put back. */
export const withoutCut = (unsaved: Unsaved, cut: Pick<MovedCut, "operation" | "cut">): Unsaved => ({
  ...unsaved,
  cuts: unsaved.cuts.filter((each) => each.operation !== cut.operation || each.cut !== cut.cut),
});

const now = (): string => new Date().toISOString();

/** One stream of runs that comes to the same as all strokes one after another. */
export function together(strokes: readonly Stroke[]): Runs {
  const all = new Uint32Array(strokes.reduce((sum, each) => sum + each.runs.length, 0));
  let at = 0;
  for (const { runs } of strokes) {
    all.set(runs, at);
    at += runs.length;
  }
  return all;
}

/** The little-endian bytes that the server takes. */
export function bytesOf(runs: Runs): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(runs.length * 4));
  runs.forEach((each, nth) => view.setUint32(nth * 4, each, true));
  return new Uint8Array(view.buffer);
}

export function runsOf(bytes: ArrayBuffer): Runs {
  const view = new DataView(bytes);
  return Uint32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, nth) => view.getUint32(nth * 4, true));
}

/** How many voxels are set, at most: strokes may lie on each other. */
export const voxels = (runs: Runs): number => runs.reduce((sum, each, nth) => (nth % 3 === 1 ? sum + each : sum), 0);
