import type { KeyBinding } from "@/shell/keys";
import { LIES, isFlat } from "../viewer/view";
import type { FlatName, PaneName } from "../viewer/viewer";
import type { Desk, Tool } from "./desk";

const FAR = 10;
const TURN = 15;

const TOOLS: readonly (readonly [string, Tool, string])[] = [
  ["v", "look", "look: the cross goes where you click"],
  ["w", "window", "window: drag for width and level"],
  ["b", "brush", "brush"],
  ["e", "erase", "eraser"],
  ["o", "outline", "outline that is filled"],
  ["g", "grow", "grow from a place"],
  ["r", "ruler", "ruler"],
  ["a", "angle", "angle"],
];
const PANES: readonly (readonly [string, PaneName])[] = [["1", "axial"], ["2", "sagittal"], ["3", "coronal"], ["4", "solid"]];

/** The keys of panes and tools; those of cuts and panels are bound where they are. */
export function keysOf(desk: Desk, mayEdit: boolean): KeyBinding[] {
  const flat = (): FlatName | null => (isFlat(desk.active.value) ? desk.active.value : null);
  return [
    { keys: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"], words: "next slice; with Shift the cross goes by 1 mm; the solids turn", does: (event) => arrow(desk, event) },
    { keys: ["PageUp", "PageDown"], words: `${FAR} slices on`, does: (event) => step(desk, event.key === "PageUp" ? FAR : -FAR) },
    ...PANES.map(([key, pane]): KeyBinding => ({ keys: [key], words: `pane: ${pane}`, does: () => (desk.active.value = pane) })),
    { keys: ["f"], words: "this pane alone, or all four", does: () => desk.fillFrame(desk.alone.value ? null : desk.active.value) },
    { keys: ["0"], words: "the whole image in sight", does: () => desk.viewer.fit() },
    { keys: ["z", "Z"], words: "nearer, farther", does: (event) => zoom(desk, event.key === "z" ? 1.25 : 0.8) },
    { keys: ["i"], words: "next window", does: () => nextWindow(desk) },
    { keys: ["k"], words: "sectors, layers and keep-outs", does: () => (desk.showsLines.value = !desk.showsLines.value) },
    ...TOOLS.filter(([, tool]) => mayEdit || !["brush", "erase", "outline", "grow"].includes(tool)).map(([key, tool, words]): KeyBinding => ({ keys: [key], words, does: () => desk.choose(tool) })),
    { keys: ["+", "-"], words: "larger, smaller brush", does: (event) => desk.sized(event.key === "+" ? 1 : -1) },
    { keys: ["d"], words: "brush as a disc or a ball", does: () => (desk.isBall.value = !desk.isBall.value) },
    { keys: ["Enter"], words: "do what the tool does at the cross; close an outline", does: (event) => enter(desk, flat(), event) },
  ];
}

function step(desk: Desk, slices: number): void {
  if (isFlat(desk.active.value)) desk.viewer.step(desk.active.value, slices);
}

const WAYS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function arrow(desk: Desk, event: KeyboardEvent): void {
  const [right, down] = WAYS[event.key] as readonly [number, number];
  const pane = desk.active.value;
  if (!isFlat(pane)) return desk.viewer.solids.turned({ azimuth: right * TURN, elevation: -down * TURN });
  if (!event.shiftKey) return step(desk, right - down);
  const at = [...desk.viewer.at] as [number, number, number];
  const lie = LIES[pane];
  at[lie.across] += lie.acrossSign * right * Math.max(1, desk.viewer.grid?.spacing[0] ?? 1);
  at[lie.down] += lie.downSign * down * Math.max(1, desk.viewer.grid?.spacing[0] ?? 1);
  desk.viewer.lookAt(at);
}

function zoom(desk: Desk, factor: number): void {
  const pane = desk.active.value;
  if (!isFlat(pane)) return desk.viewer.solids.zoomed(factor);
  const at = desk.viewer.toPixels(pane, desk.viewer.at);
  if (at) desk.viewer.zoom(factor, pane, ...at);
}

export function nextWindow(desk: Desk): void {
  const { presets } = desk.image;
  const now = presets.findIndex(({ low, high }) => low === desk.windowed.value[0] && high === desk.windowed.value[1]);
  const next = presets[(now + 1) % presets.length];
  if (next) desk.windowed.value = [next.low, next.high];
}

function enter(desk: Desk, pane: FlatName | null, event: KeyboardEvent): void {
  if (desk.tool.value === "outline" && desk.outline.value && event.shiftKey) return desk.fill();
  if (pane) desk.act(pane, desk.viewer.at);
}

/** Ctrl+Z and its fellows, which the list of keys does not take. */
export function undoKeys(desk: Desk, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (event.target as Element).closest("input, textarea, select, dialog")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) desk.redo();
  else desk.undo();
}
