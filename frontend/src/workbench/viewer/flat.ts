import { compose, type Greys, type Palette } from "./colours";
import { emptied, type Labels, sampleGreys, sampleLabels } from "./sampling";
import type { Scan } from "./scan";
import { LIES, type Lie, sheetOf, type Sight } from "./view";
import type { FlatName, Pane } from "./viewer";

export type Beside = "over" | "beside";

/** What all flat panes draw. */
export interface Scene {
  /** The coarse one first; what is finer lies above. */
  scans: readonly Scan[];
  window: Greys;
  over: { scan: Scan; window: Greys; share: number; how: Beside } | null;
  labels: Labels | null;
  palette: Palette;
  /** Whether labels are drawn with round corners; voxel by voxel while they are painted. */
  isSmooth: boolean;
  /** CSS pixels. */
  outline: number;
}

/** What of a pane has to be made anew. */
export interface Stale {
  greys: boolean;
  labels: boolean;
  pixels: boolean;
}

const MOST_PIXELS = 1_600_000; // beyond, finer pixels show nothing more of a scan and cost a frame

/** One flat pane: its canvas and what was sampled for it. */
export class Flat {
  readonly canvas = document.createElement("canvas");
  readonly lie: Lie;
  private readonly context: CanvasRenderingContext2D;
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(this.image.data.buffer);
  private greys = new Int16Array(1);
  private over = new Int16Array(1);
  private labels = new Uint16Array(1);
  private density = 1;
  pane: Pane | null = null;
  depth = 0;
  stale: Stale = { greys: true, labels: true, pixels: true };

  constructor(readonly name: FlatName) {
    this.lie = LIES[name];
    // Slices come from the processor: a canvas in its memory is filled without a way over the graphics card.
    this.context = this.canvas.getContext("2d", { alpha: false, willReadFrequently: true }) as CanvasRenderingContext2D;
    this.canvas.className = "pane-canvas";
  }

  /** Take a place in the frame; nothing hides the pane. */
  place(pane: Pane | null, density: number): void {
    this.pane = pane && pane.width >= 1 && pane.height >= 1 ? pane : null;
    this.canvas.hidden = !this.pane;
    if (!this.pane) return;
    const { left, top, width, height } = this.pane;
    Object.assign(this.canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    this.density = Math.min(density, Math.sqrt(MOST_PIXELS / (width * height)));
    const [wide, high] = [Math.max(1, Math.round(width * this.density)), Math.max(1, Math.round(height * this.density))];
    if (wide !== this.image.width || high !== this.image.height) this.sized(wide, high);
  }

  private sized(wide: number, high: number): void {
    [this.canvas.width, this.canvas.height] = [wide, high];
    this.image = new ImageData(wide, high);
    this.pixels = new Uint32Array(this.image.data.buffer);
    [this.greys, this.over] = [new Int16Array(wide * high), new Int16Array(wide * high)];
    this.labels = new Uint16Array(wide * high);
    this.stale = { greys: true, labels: true, pixels: true };
  }

  /** Draw what is stale; whether anything was. */
  draw(scene: Scene, sight: Sight): boolean {
    const { greys, labels, pixels } = this.stale;
    if (!this.pane || !(greys || labels || pixels)) return false;
    const [width, height] = [this.image.width, this.image.height];
    const sheet = sheetOf(this.pane, this.lie, sight, this.depth, [width, height]);
    if (greys) {
      emptied(this.greys);
      for (const scan of scene.scans) sampleGreys(this.greys, sheet, scan);
      if (scene.over) sampleGreys(emptied(this.over), sheet, scene.over.scan);
    }
    if (labels && scene.labels) sampleLabels(this.labels, sheet, scene.labels, scene.isSmooth);
    this.composed(scene, width, height);
    this.context.putImageData(this.image, 0, 0);
    this.stale = { greys: false, labels: false, pixels: false };
    return true;
  }

  private composed(scene: Scene, width: number, height: number): void {
    const { over, palette } = scene;
    compose(this.pixels, {
      width,
      height,
      palette,
      base: { greys: this.greys, window: scene.window },
      over: over && { greys: this.over, window: over.window, ...(over.how === "over" ? { share: over.share, from: 0 } : { share: 1, from: Math.round(over.share * width) }) },
      labels: scene.labels && this.labels,
      outline: Math.max(1, Math.round(scene.outline * this.density)),
    });
  }
}
