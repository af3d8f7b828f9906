import type { Runs } from "../save/journal";

/** Voxels that were set, in the order of the grid: which, from what, to what. */
export interface Change {
  at: Uint32Array;
  before: Uint16Array;
  after: Uint16Array;
}

/** Runs that set each voxel to its number: neighbours with one number make one run. */
export function runsOf(at: Uint32Array, values: Uint16Array): Runs {
  const found: number[] = [];
  for (let nth = 0; nth < at.length; nth++) {
    const [place, value] = [at[nth] as number, values[nth] as number];
    const last = found.length - 3;
    if (last >= 0 && (found[last] as number) + (found[last + 1] as number) === place && found[last + 2] === value) (found[last + 1] as number) += 1;
    else found.push(place, 1, value);
  }
  return Uint32Array.from(found);
}

export const forward = ({ at, after }: Change): Runs => runsOf(at, after);
export const back = ({ at, before }: Change): Runs => runsOf(at, before);

/** What runs change on a map: voxels that have the value already are left out. */
export function changeOf(runs: Runs, values: ArrayLike<number>): Change {
  const found: [number, number][] = [];
  for (let nth = 0; nth + 2 < runs.length; nth += 3) {
    const [from, length, value] = [runs[nth] as number, runs[nth + 1] as number, runs[nth + 2] as number];
    const end = Math.min(values.length, from + length);
    for (let at = from; at < end; at++) if (values[at] !== value) found.push([at, value]);
  }
  found.sort(([one], [other]) => one - other);
  const at = Uint32Array.from(found, ([place]) => place);
  return { at, after: Uint16Array.from(found, ([, value]) => value), before: Uint16Array.from(at, (place) => values[place] as number) };
}
