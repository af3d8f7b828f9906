import type { NVMesh, Niivue } from "@niivue/niivue";
import { type Blade, sheetOf } from "./blade";
import { channels } from "./colours";
import { colouredBy, lineOf } from "./margins";
import type { Solid } from "./viewer";

/** From where the solids are seen, in degrees: 0 is from behind, 180 from the front; elevation is towards the head. */
export interface Turn {
  azimuth: number;
  elevation: number;
}

const FRONT_LEFT: Turn = { azimuth: 150, elevation: 12 };
const LEAST_SCALE = 0.3;
const MOST_SCALE = 8;
const VEIL = 0.16; // how much of a blade is seen
const REST = 3; // draws take at most a fourth of the time: numbers come first
const MOST_REST_MS = 600; // the first draw takes long: shaders are compiled
const REACH = 0.8; // NiiVue's: this share of the radius of the scene lies between the middle and the nearer edge

interface Read {
  solid: Solid;
  mesh: NVMesh;
  /** Where the margin that was asked for is reached. */
  line: NVMesh | null;
}

/**
 * The pane of solids, drawn by NiiVue; its code is fetched when there is something to show.
 *
 * What is read once stays, for reading a surface costs more than drawing all of them. Between two draws lies a rest
 * that is a few times what one takes, so that numbers and slices are not kept waiting where the processor draws.
 */
export class Solids {
  readonly canvas = document.createElement("canvas");
  turn: Turn = FRONT_LEFT;
  /** Counts the draws. */
  drawn = 0;
  /** How long the last draw took, ms. */
  tookMs = 0;
  private scale = 1;
  private radius = 0;
  private niivue: Promise<Niivue> | null = null;
  private isClosed = false;
  private shown = 0;
  private timer = 0;
  private drawnAt = 0;
  private isStale = false;
  private readonly read = new Map<string, Read>();
  private blades: readonly NVMesh[] = [];
  private moved = 0;

  constructor(private readonly onTurned: () => void) {
    this.canvas.className = "pane-canvas";
  }

  /** Millimetres a CSS pixel: the projection is parallel, so it holds at every depth. 0 before there is anything. */
  get mmPerPixel(): number {
    const [wide, high] = [this.canvas.clientWidth, this.canvas.clientHeight];
    return wide && high ? (2 * REACH * this.radius) / this.scale / Math.min(wide, high) : 0;
  }

  /** Show these and no others; a newer list overtakes one that is still being read. */
  async show(list: readonly Solid[]): Promise<void> {
    const turn = ++this.shown;
    const niivue = await this.started();
    for (const each of list) {
      await this.taken(niivue, each);
      if (this.isClosed || turn !== this.shown) return;
    }
    for (const [name, gone] of this.read) {
      if (list.some((each) => each.name === name)) continue;
      this.read.delete(name);
      for (const mesh of meshesOf(gone)) mesh.unloadMesh(niivue.gl);
    }
    this.arranged(niivue);
  }

  private started(): Promise<Niivue> {
    this.niivue ??= started(this.canvas, () => this.radius);
    this.niivue.catch(() => (this.niivue = null)); // its code did not arrive: it is asked for again
    return this.niivue;
  }

  private async taken(niivue: Niivue, solid: Solid): Promise<void> {
    const before = this.read.get(solid.name);
    if (before?.solid.content === solid.content && before.solid.colour === solid.colour && before.solid.hasMap === solid.hasMap && before.solid.askedMm === solid.askedMm) return;
    await new Promise((done) => window.setTimeout(done)); // a frame may come between two of them
    const read = await readOf(niivue.gl, solid);
    for (const mesh of before ? meshesOf(before) : []) mesh.unloadMesh(niivue.gl);
    this.read.set(solid.name, read);
  }

  /** Colour a surface by the distance of each of its vertices to the cuts; nothing where it is another surface by now. */
  async margins(name: string, mm: Float32Array): Promise<void> {
    const niivue = await this.niivue;
    const found = this.read.get(name);
    if (!niivue || !found?.solid.hasMap || found.mesh.pts?.length !== 3 * mm.length) return;
    found.mesh.rgba255 = colouredBy(mm);
    found.mesh.updateMesh(niivue.gl);
    const line = await lineAt(niivue.gl, found.solid, found.mesh, mm);
    if (this.read.get(name) !== found) return line?.unloadMesh(niivue.gl);
    found.line?.unloadMesh(niivue.gl);
    this.read.set(name, { ...found, line });
    this.arranged(niivue);
  }

  /** Show these blades and no others, where they are now. */
  async cuts(blades: readonly Blade[]): Promise<void> {
    const turn = ++this.moved;
    if (blades.length === 0 && this.blades.length === 0) return;
    const [niivue, { NVMesh }] = [await this.started(), await import("@niivue/niivue")];
    if (this.isClosed || turn !== this.moved) return;
    for (const each of this.blades) each.unloadMesh(niivue.gl);
    this.blades = blades.flatMap((each) => {
      const { points, triangles } = sheetOf(each);
      return points.length ? [new NVMesh(points, triangles, each.name, opaque(each.colour), VEIL, true, niivue.gl)] : [];
    });
    this.arranged(niivue);
  }

  /** What is seen through comes last: it hides nothing. */
  private arranged(niivue: Niivue): void {
    const solids = [...this.read.values()].sort((one, other) => other.solid.opacity - one.solid.opacity);
    niivue.meshes = [...solids.flatMap(meshesOf), ...this.blades];
    this.framed(niivue, solids);
    this.again();
  }

  /** Turn about the middle of bone and tumour, whatever else is shown. */
  private framed(niivue: Niivue, solids: readonly Read[]): void {
    const around = solids.filter((each) => each.solid.isAround);
    const boxes = (around.length ? around : solids).map(({ mesh }) => [mesh.extentsMin, mesh.extentsMax] as [number[], number[]]);
    if (boxes.length === 0) return;
    const low = [0, 1, 2].map((axis) => Math.min(...boxes.map(([least]) => least[axis] as number)));
    const high = [0, 1, 2].map((axis) => Math.max(...boxes.map(([, most]) => most[axis] as number)));
    this.radius = Math.hypot(...high.map((each, axis) => each - (low[axis] as number))) / 2;
    niivue.pivot3D = high.map((each, axis) => (each + (low[axis] as number)) / 2);
    [niivue.extentsMin, niivue.extentsMax] = [low, high];
  }

  /** Turn by so many degrees. */
  turned({ azimuth, elevation }: Turn): void {
    this.look({ azimuth: this.turn.azimuth + azimuth, elevation: this.turn.elevation + elevation });
  }

  look({ azimuth, elevation }: Turn): void {
    this.turn = { azimuth: ((azimuth % 360) + 360) % 360, elevation: Math.min(90, Math.max(-90, elevation)) };
    this.again();
  }

  zoomed(factor: number): void {
    this.scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, this.scale * factor));
    this.again();
  }

  /** Draw as soon as there is time. */
  again(): void {
    this.isStale = true;
    if (!this.niivue || this.timer) return;
    const rest = Math.max(0, this.drawnAt + Math.min(MOST_REST_MS, REST * this.tookMs) - performance.now());
    this.timer = window.setTimeout(() => void this.niivue?.then((niivue) => this.draw(niivue)), rest);
  }

  private async draw(niivue: Niivue): Promise<void> {
    if (this.isClosed) return;
    this.isStale = false;
    const began = performance.now();
    niivue.scene.renderAzimuth = this.turn.azimuth;
    niivue.scene.renderElevation = this.turn.elevation;
    niivue.scene.volScaleMultiplier = this.scale;
    if (this.canvas.clientWidth > 1 && this.radius > 0) {
      niivue.drawScene();
      await finished(niivue.gl);
    }
    [this.timer, this.drawnAt] = [0, performance.now()];
    this.tookMs = this.drawnAt - began;
    this.drawn += 1;
    this.onTurned();
    if (this.isStale) this.again(); // something came while it was drawn
  }

  close(): void {
    this.isClosed = true;
    window.clearTimeout(this.timer);
    void this.niivue?.then((niivue) => niivue.cleanup());
  }
}

async function started(canvas: HTMLCanvasElement, radius: () => number): Promise<Niivue> {
  const { Niivue, SLICE_TYPE } = await import("@niivue/niivue");
  const niivue = new Niivue({
    sliceType: SLICE_TYPE.RENDER,
    interactive: false, // pointer and keys are the page's: the same for all panes
    dragAndDropEnabled: false,
    isOrientationTextVisible: false,
    isOrientCube: false,
    show3Dcrosshair: false,
    loadingText: "",
    logLevel: "error",
    backColor: [0, 0, 0, 1],
  });
  // It would frame all that is shown anew with each draw: the view would move with a cut that is dragged.
  niivue.setPivot3D = () => (niivue.furthestFromPivot = radius());
  return niivue.attachToCanvas(canvas, true);
}

const meshesOf = ({ mesh, line }: Read): NVMesh[] => (line ? [line, mesh] : [mesh]);

async function readOf(gl: WebGL2RenderingContext, solid: Solid): Promise<Read> {
  const { name, content, colour, opacity, hasMap } = solid;
  const { NVMesh } = await import("@niivue/niivue");
  const mesh = await NVMesh.readMesh(content.slice(0), `${name}.${kindOf(content)}`, gl, opacity, opaque(colour), true);
  const mm = mesh.layers[0]?.values;
  mesh.layers = []; // its colours are ours
  if (hasMap && mm) mesh.rgba255 = colouredBy(mm as Float32Array);
  if (mm) mesh.updateMesh(gl);
  return { solid, mesh, line: mm ? await lineAt(gl, solid, mesh, mm as Float32Array) : null };
}

const WHITE = "#ffffff";

async function lineAt(gl: WebGL2RenderingContext, { name, askedMm }: Solid, { pts, tris }: NVMesh, mm: Float32Array): Promise<NVMesh | null> {
  if (!askedMm || !pts || !tris) return null;
  const { points, triangles } = lineOf(askedMm, { mm, points: pts, triangles: tris });
  const { NVMesh } = await import("@niivue/niivue");
  return points.length ? new NVMesh(points, triangles, `${name}, line`, opaque(WHITE), 1, true, gl) : null;
}

const opaque = (colour: string): Uint8Array => new Uint8Array([...channels(colour), 255]);

const POLL_MS = 8;

/** When all that was asked of the graphics has been drawn: without a card that takes its time, and none of ours. */
async function finished(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) return;
  gl.flush();
  while (!gl.isContextLost() && gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED) await new Promise((done) => window.setTimeout(done, POLL_MS));
  gl.deleteSync(fence);
}

const MZ3 = 0x5a4d;
const GZIP = 0x8b1f;

function kindOf(content: ArrayBuffer): "mz3" | "stl" {
  const magic = content.byteLength > 1 ? new DataView(content).getUint16(0, true) : 0;
  return magic === MZ3 || magic === GZIP ? "mz3" : "stl";
}
