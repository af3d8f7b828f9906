import { type Grid, voxelsIn } from "../viewer/grid";
import type { Labels } from "../viewer/sampling";
import type { Change } from "./runs";

const BYTE = 255;

/** The painted map in the browser: the voxels of the whole grid, and what painting makes of them. */
export class PaintedMap {
  values: Uint8Array | Uint16Array;

  constructor(
    readonly grid: Grid,
    values: Uint8Array | Uint16Array,
  ) {
    if (values.length !== voxelsIn(grid)) throw new RangeError("The labels lie on another grid than the image.");
    this.values = values;
  }

  labels(shown: Uint16Array | null): Labels {
    return { grid: this.grid, values: this.values, shown };
  }

  /** Set voxels; a number that does not fit makes the whole map wider. */
  put(at: Uint32Array, values: Uint16Array): void {
    for (let nth = 0; nth < at.length; nth++) this.set(at[nth] as number, values[nth] as number);
  }

  set(at: number, value: number): void {
    if (value > BYTE && this.values instanceof Uint8Array) this.values = Uint16Array.from(this.values);
    this.values[at] = value;
  }
}

/** What one stroke changes while it is being made. A voxel is noted once, with what it was before the stroke. */
export class Recording {
  private readonly at: number[] = [];
  private readonly before: number[] = [];

  constructor(private readonly map: PaintedMap) {}

  get voxels(): number {
    return this.at.length;
  }

  /** Set a voxel, unless it is that already. */
  set(at: number, value: number): void {
    const was = this.map.values[at] as number;
    if (was === value) return;
    this.at.push(at);
    this.before.push(was);
    this.map.set(at, value);
  }

  /** All of it in the order of the grid; the first note of a voxel is what it was. */
  change(): Change {
    const order = Uint32Array.from(this.at.keys()).sort((one, other) => (this.at[one] as number) - (this.at[other] as number) || one - other);
    const firsts = order.filter((nth, place) => place === 0 || this.at[nth] !== this.at[order[place - 1] as number]);
    const at = Uint32Array.from(firsts, (nth) => this.at[nth] as number);
    return { at, before: Uint16Array.from(firsts, (nth) => this.before[nth] as number), after: Uint16Array.from(at, (place) => this.map.values[place] as number) };
  }

  /** As if it had never begun. */
  undo(): void {
    for (let nth = this.at.length - 1; nth >= 0; nth--) this.map.set(this.at[nth] as number, this.before[nth] as number);
  }
}
