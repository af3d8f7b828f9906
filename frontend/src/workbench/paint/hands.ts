import type { Desk } from "./desk";
import { isFlat } from "../viewer/view";
import type { FlatName, Millimetres, Pane } from "../viewer/viewer";

type Dragging = (event: PointerEvent) => void;

const LASSO = 6; // pixels of a drag after which an outline is drawn freely

/** What the pointer does on the panes. Left: the tool; right: the window; middle, or with Shift: moves the picture. */
export class Hands {
  private dragging: Dragging | null = null;
  private done: () => void = () => undefined;
  private last: readonly [number, number] = [0, 0];
  private turned = 0;
  private readonly ended = new AbortController();

  constructor(
    private readonly desk: Desk,
    private readonly frame: HTMLElement,
  ) {
    const on = <K extends keyof HTMLElementEventMap>(name: K, does: (event: HTMLElementEventMap[K]) => void) => frame.addEventListener(name, does, { passive: false, signal: this.ended.signal });
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.moved(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", () => this.dropped());
    on("pointerleave", () => (desk.pointer.value = null));
    on("wheel", (event) => this.wheel(event));
    on("dblclick", (event) => this.twice(event));
    on("contextmenu", (event) => event.preventDefault());
  }

  close(): void {
    this.ended.abort();
  }

  private at(event: MouseEvent): [number, number] {
    const box = this.frame.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private pane(event: MouseEvent): Pane | null {
    return this.desk.viewer.paneAt(...this.at(event));
  }

  private down(event: PointerEvent): void {
    const pane = this.pane(event);
    if (!pane || this.dragging) return;
    this.desk.active.value = pane.name;
    this.last = this.at(event);
    this.dragging = isFlat(pane.name) ? this.begun(event, pane.name) : this.turning();
    if (this.dragging) this.frame.setPointerCapture(event.pointerId);
  }

  private turning(): Dragging {
    this.done = () => undefined;
    return (event) => {
      const [x, y] = this.by(event);
      this.desk.viewer.solids.turned({ azimuth: x / 2, elevation: y / 2 });
    };
  }

  private begun(event: PointerEvent, name: FlatName): Dragging | null {
    this.done = () => undefined;
    if (event.button === 1 || event.shiftKey) return this.panning(name);
    if (event.button === 2 || this.desk.tool.value === "window") return this.windowing();
    if (event.button !== 0) return null;
    return this.tooled(name, this.place(name, event));
  }

  private tooled(name: FlatName, at: Millimetres): Dragging | null {
    const { desk } = this;
    const tool = desk.tool.value;
    if (tool === "look") {
      desk.viewer.lookAt(at);
      return (event) => desk.viewer.lookAt(this.place(name, event));
    }
    if (tool === "brush" || tool === "erase") return this.painting(tool === "brush" ? "paint" : "erase", name, at);
    if (tool === "outline") return this.outlining(name, at);
    desk.act(name, at);
    return null;
  }

  private painting(act: "paint" | "erase", name: FlatName, at: Millimetres): Dragging | null {
    if (!this.desk.begin(act, name, at)) return null;
    this.done = () => this.desk.painting.value?.end();
    return (event) => {
      for (const each of together(event)) this.desk.painting.value?.to(this.place(name, each));
      this.hovered(event, name);
    };
  }

  /** A drag draws an outline freely and closes it; a click sets a corner. */
  private outlining(name: FlatName, at: Millimetres): Dragging {
    const from = this.last;
    let isFree = false;
    this.desk.corner(name, at);
    this.done = () => isFree && this.desk.fill();
    return (event) => {
      const [x, y] = this.at(event);
      isFree ||= Math.hypot(x - from[0], y - from[1]) > LASSO;
      if (isFree) for (const each of together(event)) this.desk.corner(name, this.place(name, each));
    };
  }

  private panning(name: FlatName): Dragging {
    const { viewer } = this.desk;
    let from = viewer.placeOf(name, ...this.last);
    return (event) => {
      viewer.pan(name, from, this.place(name, event));
      from = this.place(name, event);
    };
  }

  private windowing(): Dragging {
    const { windowed } = this.desk;
    return (event) => {
      const [x, y] = this.by(event);
      const [low, high] = windowed.value;
      const step = Math.max(0.01, (high - low) / 250);
      const [middle, wide] = [(low + high) / 2 + y * step, Math.max(1, high - low + 2 * x * step)];
      windowed.value = [middle - wide / 2, middle + wide / 2];
    };
  }

  private by(event: PointerEvent): [number, number] {
    const [x, y] = this.at(event);
    const found: [number, number] = [x - this.last[0], y - this.last[1]];
    this.last = [x, y];
    return found;
  }

  private place(name: FlatName, event: { clientX: number; clientY: number }): Millimetres {
    return this.desk.viewer.placeUnder(name, event);
  }

  private moved(event: PointerEvent): void {
    if (this.dragging) this.dragging(event);
    else {
      const pane = this.pane(event);
      if (pane && isFlat(pane.name)) this.hovered(event, pane.name);
      else this.desk.pointer.value = null;
    }
  }

  private hovered(event: PointerEvent, pane: FlatName): void {
    const at = this.place(pane, event);
    this.desk.pointer.value = { pane, at };
    if (this.desk.rulers.open.value?.pane === pane) this.desk.rulers.hover(at);
  }

  private up(event: PointerEvent): void {
    if (!this.dragging) return;
    this.dragging = null;
    this.done();
    if (this.frame.hasPointerCapture(event.pointerId)) this.frame.releasePointerCapture(event.pointerId);
  }

  private dropped(): void {
    this.dragging = null;
    this.desk.painting.value?.end();
  }

  private wheel(event: WheelEvent): void {
    const pane = this.pane(event);
    if (!pane) return;
    event.preventDefault();
    const { viewer } = this.desk;
    const isZoom = event.ctrlKey || event.metaKey;
    if (!isFlat(pane.name)) return viewer.solids.zoomed(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    if (isZoom) return viewer.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, pane.name, ...this.at(event));
    this.turned += event.deltaMode === 0 ? event.deltaY / 50 : event.deltaY;
    const slices = Math.trunc(this.turned);
    this.turned -= slices;
    if (slices) viewer.step(pane.name, -slices);
  }

  /** A second click closes an outline; elsewhere it makes a pane as large as the frame, or small again. */
  private twice(event: MouseEvent): void {
    if (this.desk.outline.value) return this.desk.fill();
    const pane = this.pane(event);
    if (pane && this.desk.tool.value === "look") this.desk.fillFrame(this.desk.alone.value ? null : pane.name);
  }
}

/** Every place that a pointer came through since the last frame. */
const together = (event: PointerEvent): readonly PointerEvent[] => {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length ? all : [event];
};
