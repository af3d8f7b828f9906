import { effect, signal } from "@preact/signals";
import type { Bench } from "../bench";
import type { DrawnLine } from "../nouns";
import type { Showing } from "../viewer/showing";
import { FLAT, type FlatName } from "../viewer/viewer";

const REST_MS = 180;

/** What the bench draws on the slices that are shown: asked for when the hand rests, forgotten when the labels change. */
export class Lining {
  readonly lines = signal<ReadonlyMap<FlatName, readonly DrawnLine[]>>(new Map());
  /** Why something is not drawn. */
  readonly missing = signal<readonly string[]>([]);
  private readonly known = new Map<string, readonly DrawnLine[]>();
  private timer = 0;
  private asked = 0;
  private readonly stops: (() => void)[];

  constructor(
    private readonly bench: Bench,
    private readonly viewer: Showing,
    private readonly isShown: () => boolean,
  ) {
    const again = () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.fetched(), REST_MS);
    };
    this.stops = [
      viewer.onPlace(again),
      effect(() => {
        void bench.seq.value;
        this.known.clear();
        again();
      }),
      effect(() => void (isShown(), again())),
    ];
  }

  close(): void {
    window.clearTimeout(this.timer);
    for (const stop of this.stops) stop();
  }

  private async fetched(): Promise<void> {
    const turn = ++this.asked;
    if (!this.isShown()) {
      this.lines.value = new Map();
      return;
    }
    const found = new Map<FlatName, readonly DrawnLine[]>();
    for (const pane of FLAT) {
      found.set(pane, await this.of(pane, this.viewer.depth(pane)));
      if (turn !== this.asked) return;
    }
    this.lines.value = found;
  }

  private async of(pane: FlatName, mm: number): Promise<readonly DrawnLine[]> {
    const key = `${pane} ${mm.toFixed(3)}`;
    const before = this.known.get(key);
    if (before) return before;
    try {
      const drawn = await this.bench.drawn(pane, mm);
      this.missing.value = drawn.missing;
      this.known.set(key, drawn.lines);
      return drawn.lines;
    } catch {
      return []; // a lost connection is told elsewhere; the lines come with the next slice
    }
  }
}
