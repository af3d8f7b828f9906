import type { Blade } from "./blade";
import { emptyPalette, greysOf, recolour, resolved } from "./colours";
import { Flat, type Beside, type Scene, type Stale } from "./flat";
import { boxOf, holds, middleOf, onSlice, thickness, type Grid } from "./grid";
import { readNifti } from "./nifti";
import type { Labels } from "./sampling";
import { scanOf, type Scan } from "./scan";
import { Solids } from "./solids";
import { isFlat, isIn, laidOut, LIES, type Sight, toPixels, toPlace } from "./view";
import { FLAT, type FlatName, type Millimetres, type Pane, type PaneName, type Solid, type Viewer } from "./viewer";

const LEAST_MM_PER_PIXEL = 0.02;
const MOST_MM_PER_PIXEL = 4;
const SOFT_TISSUE = [-160, 240] as const;
const FILL = 0.35; // how much of a structure's colour is seen unless somebody says otherwise

/** A place, and the sight around it. */
export interface Seen extends Sight {
  at: Millimetres;
}

/** The viewer: flat panes of our own, solids by NiiVue, all in one frame and linked. */
export class Showing implements Viewer {
  readonly solids = new Solids(() => this.told());
  private readonly flats: Readonly<Record<FlatName, Flat>> = { axial: new Flat("axial"), sagittal: new Flat("sagittal"), coronal: new Flat("coronal") };
  private readonly scene: Scene = { scans: [], window: greysOf({ slope: 1, intercept: 0 }, ...SOFT_TISSUE), over: null, labels: null, palette: emptyPalette(), isSmooth: true, outline: 1.25 };
  private readonly drawn = new Set<() => void>();
  private readonly placed = new Set<(mm: Millimetres) => void>();
  private readonly watch = new ResizeObserver(() => this.laid());
  private place: Millimetres = [0, 0, 0];
  private sight: Sight = { centre: [0, 0, 0], mmPerPixel: 0 };
  private wanted: readonly [number, number] = SOFT_TISSUE;
  private shown: Pane[] = [];
  private frame = 0;
  private whole: Grid | null = null;
  /** The one pane that fills the frame; nothing for all four. */
  alone: PaneName | null = null;

  constructor(private readonly host: HTMLElement) {
    host.classList.add("viewer-frame");
    host.append(...FLAT.map((name) => this.flats[name].canvas));
    const solid = document.createElement("div"); // NiiVue fits its canvas to what is around it
    solid.className = "pane-solid";
    solid.append(this.solids.canvas);
    host.append(solid);
    this.scene.palette.share.fill(Math.round(256 * FILL));
    this.watch.observe(host);
    this.laid();
  }

  async open(image: Blob, labels: Blob | null): Promise<void> {
    const scan = scanOf(await readNifti(image.stream()));
    const map = labels && (await readNifti(labels.stream()));
    this.show([scan], scan.grid);
    this.label(map && { grid: map.grid, values: asLabels(map.values), shown: null });
  }

  /** Show these scans of one examination, the coarse one first. `whole` is the grid of the full image, where it is known. */
  show(scans: readonly Scan[], whole: Grid | null = null): void {
    const finest = scans.at(-1);
    const isFirst = this.scene.scans.length === 0 && this.whole === null;
    this.scene.scans = scans;
    this.whole = whole ?? finest?.grid ?? null;
    if (finest) this.scene.window = greysOf(finest, ...this.wanted);
    if (isFirst && this.whole) this.fit();
    this.depths();
    this.renew({ greys: true });
  }

  /** The grid that will be shown, and where to look first; before any of it is there. */
  startAt(whole: Grid, place: Millimetres | null): void {
    this.whole = whole;
    this.fit(place, place && Math.min(AROUND_MM, widest(whole)));
  }

  /** Where one looks and how near, to be taken up again. */
  get seen(): Seen {
    return { at: this.place, ...this.sight };
  }

  takeUp({ at, centre, mmPerPixel }: Seen): void {
    this.sight = { centre, mmPerPixel };
    this.lookAt(at);
    this.renew({ greys: true, labels: true });
  }

  /** The scans that are shown, the coarse one first. */
  get scans(): readonly Scan[] {
    return this.scene.scans;
  }

  get grid(): Grid | null {
    return this.whole;
  }

  label(labels: Labels | null): void {
    this.scene.labels = labels;
    this.renew({ labels: true, pixels: true });
  }

  get labels(): Labels | null {
    return this.scene.labels;
  }

  /** Draw labels with round corners, or voxel by voxel. */
  smooth(isSmooth: boolean): void {
    this.scene.isSmooth = isSmooth;
    this.renew({ labels: true });
  }

  /** Labels have changed in their array. */
  painted(): void {
    this.renew({ labels: true });
  }

  async overlay(image: Blob | null): Promise<void> {
    const scan = image && scanOf(await readNifti(image.stream()));
    const kept = this.scene.over;
    this.scene.over = scan && { scan, window: greysOf(scan, ...(this.over ?? rangeOf(scan))), share: kept?.share ?? 0.5, how: kept?.how ?? "over" };
    this.renew({ greys: true });
  }

  private over: readonly [number, number] | null = null;

  /** The window of the linked image. */
  overWindow(low: number, high: number): void {
    this.over = [low, high];
    if (this.scene.over) this.scene.over.window = greysOf(this.scene.over.scan, low, high);
    this.renew({ pixels: true });
  }

  /** How the linked image is seen: over the first one by `share`, or beside it from `share` of each pane on. */
  blend(how: Beside, share: number): void {
    if (this.scene.over) Object.assign(this.scene.over, { how, share: Math.min(1, Math.max(0, share)) });
    this.renew({ pixels: true });
  }

  get at(): Millimetres {
    return this.place;
  }

  lookAt(mm: Millimetres): void {
    const moved = this.whole ? LOOKED.reduce<Millimetres>((found, axis) => onSlice(this.whole as Grid, found, axis), mm) : mm;
    if (moved.every((each, axis) => each === this.place[axis])) return;
    this.place = moved;
    this.intoSight();
    this.depths();
    for (const listener of this.placed) listener(moved);
    this.schedule();
  }

  /** So many slices on in a pane, towards the patient's left, back or head. */
  step(name: FlatName, slices: number): void {
    if (!this.whole) return;
    const { through } = LIES[name];
    const box = boxOf(this.whole);
    const next = [...this.place] as [number, number, number];
    next[through] += slices * thickness(this.whole, through);
    next[through] = Math.min(box.high[through] - 1e-3, Math.max(box.low[through] + 1e-3, next[through]));
    this.lookAt(onSlice(this.whole, next, through));
  }

  /** The patient's coordinate of the slice that a pane shows. */
  depth(name: FlatName): number {
    return this.flats[name].depth;
  }

  /** How thick the slices of a pane are, in mm. */
  thickness(name: FlatName): number {
    return this.whole ? thickness(this.whole, LIES[name].through) : 0;
  }

  window(low: number, high: number): void {
    this.wanted = [low, Math.max(high, low + 1)];
    const finest = this.scene.scans.at(-1);
    if (finest) this.scene.window = greysOf(finest, ...this.wanted);
    this.renew({ pixels: true });
  }

  get windowed(): readonly [number, number] {
    return this.wanted;
  }

  opacity(structure: number, share: number): void {
    this.scene.palette.share[structure] = Math.round(256 * Math.min(1, Math.max(0, share)));
    this.renew({ pixels: true });
  }

  colours(table: ReadonlyMap<number, string>): void {
    recolour(this.scene.palette, new Map([...table].map(([value, colour]) => [value, resolved(colour, this.host)])));
    this.renew({ pixels: true });
  }

  panes(): readonly Pane[] {
    return this.shown;
  }

  pane(name: PaneName): Pane | null {
    return this.shown.find((each) => each.name === name) ?? null;
  }

  paneAt(x: number, y: number): Pane | null {
    return this.shown.find((each) => isIn(each, x, y)) ?? null;
  }

  get centre(): Millimetres {
    return this.sight.centre;
  }

  get mmPerPixel(): number {
    return this.sight.mmPerPixel;
  }

  toPixels(name: PaneName, mm: Millimetres): [number, number] | null {
    const pane = this.pane(name);
    return pane && isFlat(name) ? toPixels(pane, LIES[name], this.sight, mm) : null;
  }

  toPlace(name: PaneName, x: number, y: number): Millimetres | null {
    const pane = this.pane(name);
    return pane && isFlat(name) && isIn(pane, x, y) ? this.placeOf(name, x, y) : null;
  }

  /** As `toPlace`, beyond the edge of the pane too: where a drag has gone. */
  placeOf(name: FlatName, x: number, y: number): Millimetres {
    const pane = this.pane(name) ?? { name, left: 0, top: 0, width: 0, height: 0 };
    return toPlace(pane, LIES[name], this.sight, [x, y], this.flats[name].depth);
  }

  /** The place under a pointer, in or beyond a pane. */
  placeUnder(name: FlatName, event: { clientX: number; clientY: number }): Millimetres {
    const frame = this.host.getBoundingClientRect();
    return this.placeOf(name, event.clientX - frame.left, event.clientY - frame.top);
  }

  async meshes(list: readonly Solid[]): Promise<void> {
    await this.solids.show(list.map((each) => ({ ...each, colour: resolved(each.colour, this.host) })));
    this.told();
  }

  /** Colour a surface that has a map by these distances to the cuts, mm. */
  margins(name: string, mm: Float32Array): Promise<void> {
    return this.solids.margins(name, mm);
  }

  /** The blades among the surfaces, where they are now. */
  cuts(blades: readonly Blade[]): Promise<void> {
    return this.solids.cuts(blades.map((each) => ({ ...each, colour: resolved(each.colour, this.host) })));
  }

  onDrawn(listener: () => void): () => void {
    this.drawn.add(listener);
    return () => this.drawn.delete(listener);
  }

  onPlace(listener: (mm: Millimetres) => void): () => void {
    this.placed.add(listener);
    return () => this.placed.delete(listener);
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.watch.disconnect();
    this.solids.close();
    this.drawn.clear();
    this.placed.clear();
    this.host.replaceChildren();
  }

  /** Nearer or farther, with the place under a pixel where it is. */
  zoom(factor: number, name: FlatName, x: number, y: number): void {
    const before = this.placeOf(name, x, y);
    this.sight = { ...this.sight, mmPerPixel: Math.min(MOST_MM_PER_PIXEL, Math.max(LEAST_MM_PER_PIXEL, this.sight.mmPerPixel / factor)) };
    const after = this.placeOf(name, x, y);
    this.pan(name, before, after);
  }

  /** So that what was seen at `to` is seen where `from` was. */
  pan(name: FlatName, from: Millimetres, to: Millimetres): void {
    const { across, down } = LIES[name];
    const centre = [...this.sight.centre] as [number, number, number];
    for (const axis of [across, down]) centre[axis] += from[axis] - to[axis];
    this.sight = { ...this.sight, centre };
    this.renew({ greys: true, labels: true });
  }

  /** The whole image in sight; or, with a place and a width, the surroundings of the place. */
  fit(about: Millimetres | null = null, mm: number | null = null): void {
    const pane = this.shown.find((each) => isFlat(each.name));
    if (!this.whole || !pane) return;
    const wide = mm ?? widest(this.whole);
    this.sight = { centre: about ?? middleOf(this.whole), mmPerPixel: wide / Math.max(1, Math.min(pane.width, pane.height)) };
    if (!holds(this.whole, this.place)) this.place = middleOf(this.whole);
    this.lookAt(about ?? this.place);
    this.depths();
    this.renew({ greys: true, labels: true });
  }

  fill(name: PaneName | null): void {
    this.alone = name;
    this.laid();
  }

  /** Whether a pane shows the image as fine as it is at a place. */
  isFine(place: Millimetres): boolean {
    const found = this.scene.scans.filter((scan) => holds(scan.grid, place)).at(-1);
    return !found || !this.whole || found.grid.spacing.every((each, axis) => each <= 1.01 * (this.whole?.spacing[axis] as number));
  }

  private laid(): void {
    const { clientWidth, clientHeight } = this.host;
    this.shown = laidOut(clientWidth, clientHeight, this.alone).filter((each) => each.width > 0 && each.height > 0);
    for (const name of FLAT) this.flats[name].place(this.pane(name), window.devicePixelRatio || 1);
    const solid = this.solids.canvas.parentElement as HTMLElement;
    const pane = this.pane("solid");
    solid.hidden = !pane;
    if (pane) Object.assign(solid.style, { left: `${pane.left}px`, top: `${pane.top}px`, width: `${pane.width}px`, height: `${pane.height}px` });
    if (this.whole && !(this.sight.mmPerPixel > 0)) this.fit();
    this.solids.again();
    this.renew({ greys: true, labels: true });
  }

  /** The place that is looked at stays in sight: where it would leave a pane, the panes follow. */
  private intoSight(): void {
    const centre = [...this.sight.centre] as [number, number, number];
    for (const name of FLAT) {
      const pane = this.pane(name);
      if (!pane || !(this.sight.mmPerPixel > 0)) continue;
      const [x, y] = toPixels(pane, LIES[name], this.sight, this.place);
      if (isIn(pane, x, y)) continue;
      for (const axis of [LIES[name].across, LIES[name].down]) centre[axis] = this.place[axis];
    }
    if (centre.some((each, axis) => each !== this.sight.centre[axis])) {
      this.sight = { ...this.sight, centre };
      this.renew({ greys: true, labels: true });
    }
  }

  private depths(): void {
    for (const name of FLAT) {
      const flat = this.flats[name];
      const depth = this.place[flat.lie.through];
      if (depth !== flat.depth) Object.assign(flat.stale, { greys: true, labels: true });
      flat.depth = depth;
    }
  }

  private renew(stale: Partial<Stale>): void {
    for (const name of FLAT) Object.assign(this.flats[name].stale, stale);
    this.schedule();
  }

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.drawNow();
    });
  }

  /** Draw what is stale without waiting for the next frame. */
  drawNow(): void {
    if (this.sight.mmPerPixel > 0) for (const name of FLAT) this.flats[name].draw(this.scene, this.sight);
    this.told();
  }

  private told(): void {
    for (const listener of this.drawn) listener();
  }
}

const AROUND_MM = 190; // around a lesion: the vertebra with what lies before it, and the levels above and below
const LOOKED = [0, 1, 2] as const;

function widest(grid: Grid): number {
  const { low, high } = boxOf(grid);
  return Math.max(...LOOKED.map((axis) => high[axis] - low[axis]));
}

export const asLabels = (values: ArrayLike<number>): Uint8Array | Uint16Array => {
  if (values instanceof Uint8Array || values instanceof Uint16Array) return values;
  return Uint16Array.from(values);
};

/** A window for an image that says nothing of one: nearly all of its numbers. */
export function rangeOf({ values, slope, intercept }: Scan): readonly [number, number] {
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const some = Int16Array.from({ length: Math.floor(values.length / step) }, (_, nth) => values[nth * step] as number).sort();
  const at = (share: number) => slope * (some[Math.floor(share * (some.length - 1))] ?? 0) + intercept;
  return [at(0.02), at(0.995)];
}

/** Open a viewer in an element; it fills it and follows its size. */
export const openViewer = (host: HTMLElement): Showing => new Showing(host);
