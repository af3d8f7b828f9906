import { effect, signal } from "@preact/signals";
import { asProblem } from "@/api/problem";
import type { Bench } from "../bench";
import type { Mesh } from "../nouns";
import type { Planning } from "../plans/planning";
import type { Blade } from "../viewer/blade";
import type { Showing } from "../viewer/showing";
import type { Solid } from "../viewer/viewer";
import type { MapSaid } from "./captions";

const REST_MS = 400;
const WAIT_MS = 150;
const EACH_MS = 1200; // so often what has come is shown while the rest is on its way
const FIRST = ["root", "cord", "bone", "tumour"]; // the last one is fetched first
const BLADE = "cut"; // drawn from where they are now, not fetched
const AROUND = ["bone", "tumour"];
const VEILED: Readonly<Record<string, number>> = { artery: 0.25, vein: 0.25 }; // they lie before what is operated on
const PIECES = 0.28; // the tumour with its margins is seen through the pieces that are cut

/** The surfaces of the pane of solids: those of the bench and of the operation that is looked at, its cuts where they are now. */
export class Surfaces {
  readonly hasSome = signal(false);
  /** Why there are none; the flat panes work without. */
  readonly failed = signal("");
  /** Whether the tumour is coloured by its distance to the cuts, and which distance was asked of them. */
  readonly map = signal<MapSaid | null>(null);
  /** What was fetched, by the edit and what else it holds for. */
  private known = new Map<string, ArrayBuffer>();
  /** The last content of each surface by its name. */
  private readonly latest = new Map<string, ArrayBuffer>();
  private timer = 0;
  private turn = 0;
  private stops: (() => void)[] = [];

  constructor(
    private readonly bench: Bench,
    private readonly planning: Planning,
    private readonly viewer: Showing,
    private readonly isPainting: () => boolean,
  ) {}

  start(): void {
    this.stops = [
      effect(() => {
        void [this.bench.seq.value, this.operation(), this.planning.remade.value];
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => void this.fetched(), REST_MS);
      }),
      effect(() => this.recoloured()),
      effect(() => void this.viewer.cuts(this.blades()).catch(() => undefined)), // told by the surfaces
    ];
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.turn += 1;
    window.clearTimeout(this.timer);
  }

  /** The operation whose pieces are shown: one that cuts, planned on the labels as they are. */
  private operation(): string {
    const { chosen, isCurrent } = this.planning;
    return isCurrent.value && chosen.value?.cuts.length ? chosen.value.id : "";
  }

  private blades(): readonly Blade[] {
    if (!this.operation()) return [];
    return this.planning.drawn.value.map(({ name, plane, within, degree }) => ({ name, plane, within, colour: degree === "stop" ? "var(--stop)" : "var(--cut)" }));
  }

  /** While a cut is in hand the tumour is coloured by what the answer says, at once. */
  private recoloured(): void {
    const map = this.planning.map.value;
    if (!map || !this.operation()) return;
    void this.viewer.margins(map.mesh, map.mm).catch(() => undefined);
  }

  private async fetched(): Promise<void> {
    const operation = this.operation();
    try {
      const own = await this.bench.meshes();
      const { seq } = own;
      this.turn += 1;
      const now = () => [this.turn, this.bench.view.value?.bench, this.planning.remade.value, this.operation()].join("|");
      const began = now();
      const isOld = () => now() !== began || seq < this.bench.seq.value;
      const { items } = operation ? await this.bench.meshes(operation) : own;
      const mapped = items.filter((each) => each.has_map).map((each) => each.name);
      const anatomy = new Set(own.items.map((each) => each.name).filter((each) => !mapped.includes(each)));
      const ordered = items.filter((each) => each.colour !== BLADE).sort((one, other) => FIRST.indexOf(other.colour) - FIRST.indexOf(one.colour));
      await this.filled(ordered.map((mesh) => ({ mesh, of: operation && !anatomy.has(mesh.name) ? operation : "" })), { seq, isOld });
      this.failed.value = "";
    } catch (thrown) {
      this.failed.value = asProblem(thrown).remedy; // what was shown before stays
    }
  }

  /** Fetch them one after another; the first time what has come is shown now and then, later all of it takes the place of what was there. */
  private async filled(list: readonly Wanted[], { seq, isOld }: Turn): Promise<void> {
    const isFirst = !this.hasSome.value;
    const [solids, known] = [[] as Solid[], new Map<string, ArrayBuffer>()];
    let shownAt = performance.now();
    for (const { mesh, of } of list) {
      const key = [seq, of && `${of} ${this.planning.remade.value}`, mesh.name].join("|");
      if (!this.known.has(key)) await this.quiet();
      if (isOld()) return;
      const fetched = this.known.get(key) ?? (await this.bench.mesh(mesh.name, of, seq));
      if (isOld() || !fetched) return; // the next edit reads the list again
      const content = this.asBefore(mesh.name, fetched);
      known.set(key, content);
      this.known.set(key, content);
      solids.push(solidOf(mesh, content, of !== "" && !mesh.has_map ? PIECES : (VEILED[mesh.colour] ?? 1)));
      if (!isFirst || performance.now() - shownAt < EACH_MS) continue;
      await this.shown(solids);
      shownAt = performance.now();
    }
    await this.shown(solids);
    const mapped = list.find(({ mesh, of }) => of !== "" && mesh.has_map)?.mesh;
    this.map.value = mapped ? { askedMm: mapped.asked_mm ?? null } : null;
    this.known = known;
  }

  /** An edit changes few surfaces: one that is byte by byte what it was is not read anew. */
  private asBefore(name: string, fetched: ArrayBuffer): ArrayBuffer {
    const before = this.latest.get(name);
    const content = before && isSame(before, fetched) ? before : fetched;
    this.latest.set(name, content);
    return content;
  }

  private async shown(solids: readonly Solid[]): Promise<void> {
    await this.quiet();
    await this.viewer.meshes(solids);
    this.hasSome.value = solids.length > 0;
  }

  /** A bench and a page do one thing after the other: a cut in the moving hand and a stroke come first. */
  private async quiet(): Promise<void> {
    while (this.planning.isBehind.peek() || this.isPainting()) await new Promise((done) => window.setTimeout(done, WAIT_MS));
  }
}

/** A surface, and the operation that it is asked of; none where it is the same for all. */
interface Wanted {
  mesh: Mesh;
  of: string;
}

interface Turn {
  seq: number;
  /** Names and planes may be others by now. */
  isOld: () => boolean;
}

const solidOf = ({ name, colour, opacity, has_map, asked_mm }: Mesh, content: ArrayBuffer, most: number): Solid => ({
  name,
  content,
  colour: `var(--${colour === "dura" ? "sac" : colour})`,
  opacity: Math.min(opacity, most),
  hasMap: has_map,
  askedMm: asked_mm ?? null,
  isAround: AROUND.includes(colour),
});

function isSame(one: ArrayBuffer, other: ArrayBuffer): boolean {
  if (one.byteLength !== other.byteLength) return false;
  const [a, b] = [new Uint8Array(one), new Uint8Array(other)];
  return a.every((each, at) => each === b[at]);
}
