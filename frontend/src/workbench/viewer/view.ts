import { FLAT, type FlatName, type Millimetres, type Pane, type PaneName } from "./viewer";

export type Axis = 0 | 1 | 2;

/** How a flat pane lies in the patient: the axis that runs to the right and down on it, in which sense, and the one it looks along. */
export interface Lie {
  across: Axis;
  acrossSign: 1 | -1;
  down: Axis;
  downSign: 1 | -1;
  through: Axis;
}

/** Radiological convention: the patient's left on the viewer's right; in a sagittal view anterior on the left; the head up. */
export const LIES: Readonly<Record<FlatName, Lie>> = {
  axial: { across: 0, acrossSign: 1, down: 1, downSign: 1, through: 2 },
  sagittal: { across: 1, acrossSign: 1, down: 2, downSign: -1, through: 0 },
  coronal: { across: 0, acrossSign: 1, down: 2, downSign: -1, through: 1 },
};

const LETTERS: readonly (readonly [string, string])[] = [
  ["R", "L"],
  ["A", "P"],
  ["F", "H"],
];

/** The letters at the left, right, upper and lower edge of a pane. */
export function lettersOf(name: FlatName): { left: string; right: string; top: string; bottom: string } {
  const { across, acrossSign, down, downSign } = LIES[name];
  const letter = (axis: Axis, sign: number) => LETTERS[axis]?.[sign > 0 ? 1 : 0] ?? "";
  return { left: letter(across, -acrossSign), right: letter(across, acrossSign), top: letter(down, -downSign), bottom: letter(down, downSign) };
}

/** What all flat panes share: the place at their middle, and how many millimetres a CSS pixel is. */
export interface Sight {
  centre: Millimetres;
  mmPerPixel: number;
}

export const isFlat = (name: PaneName): name is FlatName => (FLAT as readonly string[]).includes(name);

export function toPixels(pane: Pane, lie: Lie, sight: Sight, mm: Millimetres): [number, number] {
  const right = (lie.acrossSign * (mm[lie.across] - sight.centre[lie.across])) / sight.mmPerPixel;
  const down = (lie.downSign * (mm[lie.down] - sight.centre[lie.down])) / sight.mmPerPixel;
  return [pane.left + pane.width / 2 + right, pane.top + pane.height / 2 + down];
}

/** The place under a pixel of a pane, on the slice at `depth` along the axis that the pane looks along. */
export function toPlace(pane: Pane, lie: Lie, sight: Sight, [x, y]: readonly [number, number], depth: number): Millimetres {
  const found: [number, number, number] = [0, 0, 0];
  found[lie.across] = sight.centre[lie.across] + lie.acrossSign * (x - pane.left - pane.width / 2) * sight.mmPerPixel;
  found[lie.down] = sight.centre[lie.down] + lie.downSign * (y - pane.top - pane.height / 2) * sight.mmPerPixel;
  found[lie.through] = depth;
  return found;
}

export const isIn = (pane: Pane, x: number, y: number): boolean => x >= pane.left && y >= pane.top && x < pane.left + pane.width && y < pane.top + pane.height;

/** A sheet of pixels in the patient: the place of its first pixel's middle, and the way to the next one to the right and down. */
export interface Sheet {
  width: number;
  height: number;
  corner: Millimetres;
  across: Millimetres;
  down: Millimetres;
}

/** The sheet that a pane shows when it is `width` × `height` pixels of the screen. */
export function sheetOf(pane: Pane, lie: Lie, sight: Sight, depth: number, [width, height]: readonly [number, number]): Sheet {
  const [wide, high] = [pane.width / width, pane.height / height];
  const across: [number, number, number] = [0, 0, 0];
  const down: [number, number, number] = [0, 0, 0];
  across[lie.across] = lie.acrossSign * sight.mmPerPixel * wide;
  down[lie.down] = lie.downSign * sight.mmPerPixel * high;
  return { width, height, across, down, corner: toPlace(pane, lie, sight, [pane.left + wide / 2, pane.top + high / 2], depth) };
}

const GAP = 2;

/** Four panes in a frame, or one of them over all of it. */
export function laidOut(width: number, height: number, alone: PaneName | null): Pane[] {
  if (alone) return [{ name: alone, left: 0, top: 0, width, height }];
  const [first, upper] = [Math.ceil((width - GAP) / 2), Math.ceil((height - GAP) / 2)];
  const columns = [{ left: 0, width: first }, { left: first + GAP, width: Math.max(0, width - first - GAP) }] as const;
  const rows = [{ top: 0, height: upper }, { top: upper + GAP, height: Math.max(0, height - upper - GAP) }] as const;
  return [
    { name: "axial", ...columns[0], ...rows[0] },
    { name: "sagittal", ...columns[1], ...rows[0] },
    { name: "coronal", ...columns[0], ...rows[1] },
    { name: "solid", ...columns[1], ...rows[1] },
  ];
}
