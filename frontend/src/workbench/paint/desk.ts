import { batch, computed, effect, signal } from "@preact/signals";
import { asProblem } from "@/api/problem";
import type { Bench } from "../bench";
import type { BenchImage, Structure } from "../nouns";
import { Rulers } from "../overlay/rulers";
import type { Shares } from "../structures/shown";
import { applied } from "../viewer/affine";
import { levelAt, middlesOf, valueAt } from "../viewer/levels";
import { gridFrom, Loading, type Source } from "../viewer/loading";
import type { Showing } from "../viewer/showing";
import { LIES } from "../viewer/view";
import type { FlatName, Millimetres, PaneName } from "../viewer/viewer";
import type { Slice } from "./brush";
import { keepSeen, seenBefore } from "./seen";
import { Linked } from "./linked";
import { PaintedMap } from "./map";
import { type Act, Painting, type Paints } from "./painting";
import { coloursOf, levelsByValue, paintsOf, shownAs } from "./structures";

export type Tool = "look" | "window" | "brush" | "erase" | "outline" | "grow" | "ruler" | "angle";
export const PAINTING: readonly Tool[] = ["brush", "erase", "outline", "grow"];

const RADII = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];

/** The left part of the workbench: the images of one case, and the tools that work on them. */
export class Desk {
  readonly tool = signal<Tool>("look");
  readonly radius = signal(4);
  readonly isBall = signal(false);
  /** Whether the outline takes away instead of filling. */
  readonly erases = signal(false);
  readonly grow = signal({ hu: 60, cc: 20 });
  readonly active = signal<PaneName>("axial");
  readonly painting = signal<Painting | null>(null);
  readonly rulers = new Rulers();
  /** The outline that is being drawn. */
  readonly outline = signal<{ pane: FlatName; points: readonly Millimetres[] } | null>(null);
  /** Where the pointer is, on which flat pane. */
  readonly pointer = signal<{ pane: FlatName; at: Millimetres } | null>(null);
  readonly windowed = signal<readonly [number, number]>([-160, 240]);
  readonly showsLines = signal(false);
  readonly alone = signal<PaneName | null>(null);
  /** Counts the draws of the viewer: what lies above follows. */
  readonly drawn = signal(0);
  readonly image: BenchImage;
  readonly linked: Linked;
  readonly loading: Loading;
  private middles: ReadonlyMap<string, Millimetres> = new Map();
  private readonly stops: (() => void)[];

  constructor(
    readonly bench: Bench,
    readonly viewer: Showing,
    private readonly shares: Shares,
    source: Source,
  ) {
    const view = bench.view.peek();
    const image = view?.images.find((each) => each.role === view.painting) ?? view?.images[0];
    if (!view || !image) throw new RangeError("There is no image on this bench.");
    this.image = image;
    this.linked = new Linked(bench, viewer, view.images.filter((each) => each !== image));
    this.loading = new Loading(source, viewer, image);
    this.stops = [
      viewer.onDrawn(() => (this.drawn.value += 1)),
      effect(() => this.dressed()),
      effect(() => viewer.window(...this.windowed.value)),
      effect(() => viewer.smooth(!PAINTING.includes(this.tool.value))),
      effect(() => void (bench.labelsAnew.value > 0 && this.anew())),
    ];
    const first = image.presets[0];
    if (first) this.windowed.value = [first.low, first.high];
  }

  async start(): Promise<void> {
    const lesion = this.bench.view.value?.lesions.find((each) => each.at_mm);
    this.viewer.startAt(gridFrom(this.image), lesion?.at_mm ?? null);
    const before = seenBefore(this.bench.caseId);
    if (before) this.viewer.takeUp(before);
    await this.loading.start((values) => this.labelled(values));
  }

  /** The page is left or loaded again: a stroke in the middle of it is a stroke, and the place is kept. */
  leave(): void {
    this.painting.value?.end();
    keepSeen(this.bench.caseId, this.viewer.seen);
  }

  close(): void {
    this.leave();
    for (const stop of this.stops) stop();
    this.loading.close();
    if (this.bench.painter === this) this.bench.painter = null;
  }

  // --- labels -----------------------------------------------------------------------------------------------------------
  private labelled(values: Uint8Array | Uint16Array): void {
    const map = new PaintedMap(gridFrom(this.image), values);
    this.painting.value = new Painting(map, () => this.repainted(), (words, runs) => void this.bench.paint(words, runs));
    this.bench.painter = this;
    this.counted();
  }

  private anew(): void {
    void this.loading.labels((values) => this.labelled(values));
  }

  /** Runs that came from elsewhere, shown, sent and undone like a stroke. */
  take(words: string, runs: Uint32Array<ArrayBuffer>): void {
    this.painting.value?.take(words, runs);
    this.counted();
  }

  private repainted(): void {
    const map = this.painting.peek()?.map;
    const shown = this.viewer.labels?.shown ?? null;
    if (map && map.values !== this.viewer.labels?.values) this.viewer.label(map.labels(shown));
    else this.viewer.painted();
  }

  /** Colours, opacity and what is hidden, as the structures and their shares say. */
  private dressed(): void {
    const structures = this.bench.structures.value;
    const chosen = this.shares.chosen.value;
    const map = this.painting.value?.map;
    const share = (each: Structure) => chosen.get(each.value) ?? this.shares.shareOf(each);
    this.viewer.colours(coloursOf(structures));
    for (const each of structures) this.viewer.opacity(each.value, share(each));
    this.viewer.label(map ? map.labels(shownAs(structures, share)) : null);
  }

  /** Where the vertebrae are, for the level that every view says. */
  private counted(): void {
    const labels = this.painting.peek()?.map.labels(null);
    this.middles = labels ? middlesOf(labels, levelsByValue(this.bench.structures.peek())) : new Map();
  }

  // --- what is where ----------------------------------------------------------------------------------------------------
  /** The structure at a place; nothing where none is labelled. */
  structureAt(place: Millimetres): Structure | null {
    const labels = this.viewer.labels;
    const value = labels ? valueAt(labels, place) : 0;
    return value ? (this.bench.structures.value.find((each) => each.value === value) ?? null) : null;
  }

  levelOf(place: Millimetres): string {
    return levelAt(place, this.structureAt(place)?.level || undefined, this.middles);
  }

  /** The number of the image at a place; nothing outside it. */
  greyAt(place: Millimetres): number | null {
    const scan = this.viewer.scans.findLast(({ grid }) => applied(grid.toVoxel, place).every((each, axis) => each > -0.5 && each < (grid.size[axis] as number) - 0.5));
    if (!scan) return null;
    const [i, j, k] = applied(scan.grid.toVoxel, place).map(Math.round) as [number, number, number];
    return scan.slope * (scan.values[i + scan.grid.size[0] * (j + scan.grid.size[1] * k)] as number) + scan.intercept;
  }

  sliceOf(pane: FlatName): Slice {
    return { through: LIES[pane].through, depth: this.viewer.depth(pane) };
  }

  // --- tools ------------------------------------------------------------------------------------------------------------
  readonly brush = computed(() => this.bench.structures.value.find((each) => each.value === this.bench.brush.value && each.is_editable) ?? null);

  /** What is painted with; nothing, and why is said, where that is not possible. */
  paints(): Paints | null {
    const [brush, view] = [this.brush.value, this.bench.view.value];
    if (brush && view && this.painting.value) return paintsOf(brush, this.bench.structures.value, view.paints);
    this.bench.said.value = this.painting.value ? "Choose what to paint: Paint in the list of structures." : "The labels are still on their way.";
    return null;
  }

  begin(act: Act, pane: FlatName, at: Millimetres): boolean {
    const paints = this.paints();
    if (!paints || !this.painting.value) return false;
    this.painting.value.begin(act, paints, this.radius.value, at, this.sliceOf(pane), this.isBall.value);
    return true;
  }

  fill(): void {
    const outline = this.outline.value;
    this.outline.value = null;
    const paints = outline && outline.points.length > 2 ? this.paints() : null;
    if (outline && paints) this.painting.value?.fill(this.erases.value ? "erase" : "paint", paints, outline.points, this.sliceOf(outline.pane));
  }

  async growFrom(seed: Millimetres): Promise<void> {
    const [paints, grey] = [this.paints(), this.greyAt(seed)];
    if (!paints || grey === null) return;
    const { hu, cc } = this.grow.value;
    try {
      const runs = await this.bench.grown({ value: paints.brush, seed_mm: [...seed], within_hu: [grey - hu, grey + hu], most_cc: cc });
      if (runs.length) this.take(`grow ${paints.name}`, runs);
      else this.bench.said.value = "Nothing to grow there.";
    } catch (thrown) {
      const problem = asProblem(thrown);
      this.bench.said.value = `${problem.title} ${problem.remedy}`;
    }
  }

  /** What the tool does at a place: a dab, a seed, an end of a ruler. For the keyboard too. */
  act(pane: FlatName, at: Millimetres): void {
    const tool = this.tool.value;
    if (tool === "brush" || tool === "erase") {
      if (this.begin(tool === "brush" ? "paint" : "erase", pane, at)) this.painting.value?.end();
    } else if (tool === "grow") void this.growFrom(at);
    else if (tool === "ruler" || tool === "angle") this.rulers.add(tool, pane, this.viewer.depth(pane), at);
    else if (tool === "outline") this.corner(pane, at);
    else this.viewer.lookAt(at);
  }

  /** One more corner of the outline; on another pane a new one begins. */
  corner(pane: FlatName, at: Millimetres): void {
    const before = this.outline.value?.pane === pane ? this.outline.value.points : [];
    this.outline.value = { pane, points: [...before, at] };
  }

  choose(tool: Tool): void {
    this.cancel();
    this.tool.value = tool;
  }

  cancel(): void {
    batch(() => {
      this.painting.value?.cancel();
      this.rulers.cancel();
      this.outline.value = null;
    });
  }

  sized(by: 1 | -1): void {
    const now = RADII.findIndex((each) => each >= this.radius.value);
    this.radius.value = RADII[Math.min(RADII.length - 1, Math.max(0, now + by))] as number;
  }

  undo(): void {
    this.told(this.painting.value?.undo() || "There is nothing to undo.");
  }

  redo(): void {
    this.told(this.painting.value?.redo() || "There is nothing to do again.");
  }

  private told(words: string): void {
    this.bench.said.value = words;
  }

  fillFrame(pane: PaneName | null): void {
    this.alone.value = pane;
    this.viewer.fill(pane);
  }
}
