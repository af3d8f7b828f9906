import { signal } from "@preact/signals";
import type { Structure } from "../nouns";
import { valuesOf } from "./groups";

const FULL = 0.35;

/** How much of each structure is seen, by its value; what is not listed is seen as much as it is at first. */
export class Shares {
  readonly chosen = signal<ReadonlyMap<number, number>>(new Map());
  /** What was seen before it was hidden. */
  private readonly hidden = new Map<number, number>();

  shareOf = (structure: Structure): number => this.chosen.value.get(structure.value) ?? FULL;

  set(structure: Structure, share: number): void {
    this.chosen.value = new Map(this.chosen.value).set(structure.value, share);
  }

  toggle(structure: Structure): void {
    const now = this.shareOf(structure);
    if (now > 0) this.hidden.set(structure.value, now);
    this.set(structure, now > 0 ? 0 : (this.hidden.get(structure.value) ?? FULL));
  }

  /** The share of every value of the label map that was chosen. */
  ofValues(structures: readonly Structure[]): readonly (readonly [number, number])[] {
    return structures
      .filter((each) => each.is_brush)
      .flatMap((each) => valuesOf(each, structures).map((value) => [value, this.shareOf(each)] as const));
  }
}
