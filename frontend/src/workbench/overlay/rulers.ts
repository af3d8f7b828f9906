import { computed, signal } from "@preact/signals";
import type { FlatName, Millimetres } from "../viewer/viewer";

export type RulerKind = "ruler" | "angle";

/** A measurement that a person has drawn on a slice: two places, or three with the second as the vertex. */
export interface Ruler {
  id: number;
  kind: RulerKind;
  name: string;
  points: readonly Millimetres[];
  /** The pane and the slice on which it was drawn. */
  pane: FlatName;
  depth: number;
}

export const POINTS: Readonly<Record<RulerKind, number>> = { ruler: 2, angle: 3 };

export const lengthOf = (from: Millimetres, to: Millimetres): number => Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);

/** The angle at the second place, in degrees; 0 where an arm has no length. */
export function angleAt(one: Millimetres, vertex: Millimetres, other: Millimetres): number {
  const [a, b] = [one, other].map((end) => end.map((each, axis) => each - (vertex[axis] as number))) as [number[], number[]];
  const long = Math.hypot(...a) * Math.hypot(...b);
  const dot = a.reduce((sum, each, axis) => sum + each * (b[axis] as number), 0);
  return long > 0 ? (Math.acos(Math.min(1, Math.max(-1, dot / long))) * 180) / Math.PI : 0;
}

/** "23.5 mm" or "31°": no finer than a scan is. */
export function shown({ kind, points }: Pick<Ruler, "kind" | "points">): string {
  if (points.length < POINTS[kind]) return "";
  const [one, two, three] = points as [Millimetres, Millimetres, Millimetres];
  return kind === "ruler" ? `${(Math.round(2 * lengthOf(one, two)) / 2).toFixed(1)} mm` : `${Math.round(angleAt(one, two, three))}°`;
}

/** All rulers and angles of the page; they are a person's notes and go into no version. */
export class Rulers {
  readonly all = signal<readonly Ruler[]>([]);
  /** The one that is being drawn. */
  readonly open = signal<Ruler | null>(null);
  readonly drawn = computed(() => (this.open.value ? [...this.all.value, this.open.value] : this.all.value));
  private count = 0;

  /** One more place; the last one that it takes finishes it. Places on another slice begin a new one. */
  add(kind: RulerKind, pane: FlatName, depth: number, at: Millimetres): void {
    const open = this.open.value;
    const goesOn = open && open.kind === kind && open.pane === pane && open.depth === depth;
    const before = goesOn ? open.points.slice(0, -1) : [];
    const points = [...before, at];
    const one = goesOn ? { ...open, points } : this.begun(kind, pane, depth, points);
    const isDone = points.length === POINTS[kind];
    this.open.value = isDone ? null : { ...one, points: [...points, at] };
    if (isDone) this.all.value = [...this.all.value, one];
  }

  private begun(kind: RulerKind, pane: FlatName, depth: number, points: readonly Millimetres[]): Ruler {
    this.count += 1;
    return { id: this.count, kind, name: `${kind === "ruler" ? "Ruler" : "Angle"} ${this.count}`, points, pane, depth };
  }

  /** The end that is not set yet follows the pointer. */
  hover(at: Millimetres): void {
    const open = this.open.value;
    if (open) this.open.value = { ...open, points: [...open.points.slice(0, -1), at] };
  }

  move(id: number, nth: number, at: Millimetres): void {
    this.all.value = this.all.value.map((each) => (each.id === id ? { ...each, points: each.points.map((point, place) => (place === nth ? at : point)) } : each));
  }

  rename(id: number, name: string): void {
    this.all.value = this.all.value.map((each) => (each.id === id ? { ...each, name: name.trim() || each.name } : each));
  }

  remove(id: number): void {
    this.all.value = this.all.value.filter((each) => each.id !== id);
  }

  cancel(): void {
    this.open.value = null;
  }
}
