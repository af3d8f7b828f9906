import { NOTHING, type Scan } from "./scan";

/** How the values of a label map are seen: their colours, how much of each, and which outline lies above which. */
export interface Palette {
  red: Uint8Array;
  green: Uint8Array;
  blue: Uint8Array;
  /** 0 to 256. */
  share: Uint16Array;
  rank: Uint16Array;
}

const VALUES = 65536;

export const emptyPalette = (): Palette => ({
  red: new Uint8Array(VALUES),
  green: new Uint8Array(VALUES),
  blue: new Uint8Array(VALUES),
  share: new Uint16Array(VALUES),
  rank: new Uint16Array(VALUES),
});

/** `#1d9a6c` as three numbers; nothing else is understood. */
export function channels(colour: string): [number, number, number] {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  if (!found) throw new RangeError(`'${colour}' is no colour of six digits.`);
  return [1, 2, 3].map((nth) => Number.parseInt(found[nth] as string, 16)) as [number, number, number];
}

/** Take the colours of a table; what stands later in it lies above. */
export function recolour(palette: Palette, table: ReadonlyMap<number, string>): void {
  palette.rank.fill(0);
  let rank = 0;
  for (const [value, colour] of table) {
    [palette.red[value], palette.green[value], palette.blue[value]] = channels(colour);
    palette.rank[value] = ++rank;
  }
}

/** The grey of each stored number, at the index number + 32768. */
export type Greys = Uint8Array;

/** A window from low to high, in what the image's numbers mean. */
export function greysOf({ slope, intercept }: Pick<Scan, "slope" | "intercept">, low: number, high: number): Greys {
  const found = new Uint8Array(VALUES);
  const wide = Math.max(high - low, 1e-6);
  for (let at = 1; at < VALUES; at++) {
    const share = (slope * (at + NOTHING) + intercept - low) / wide;
    found[at] = Math.min(255, Math.max(0, Math.round(255 * share)));
  }
  return found;
}

/** One image as it was sampled, and its window. */
export interface Layer {
  greys: Int16Array;
  window: Greys;
}

/** A second image above the first: how much of it is seen, from which pixel of a line on. */
export interface Over extends Layer {
  share: number;
  from: number;
}

export interface Drawing {
  width: number;
  height: number;
  base: Layer;
  over: Over | null;
  labels: Uint16Array | null;
  palette: Palette;
  /** Pixels an outline is wide. */
  outline: number;
}

const OPAQUE = 0xff000000;

/** Put grey values, labels and outlines together, as the pixels of a canvas (red first, little-endian). */
export function compose(into: Uint32Array, drawing: Drawing): void {
  greyed(into, drawing.base);
  if (drawing.over) laidOver(into, drawing, drawing.over);
  if (drawing.labels) labelled(into, drawing, drawing.labels);
}

function greyed(into: Uint32Array, { greys, window }: Layer): void {
  for (let at = 0; at < into.length; at++) {
    const grey = window[(greys[at] as number) - NOTHING] as number;
    into[at] = OPAQUE | (grey * 0x010101);
  }
}

function laidOver(into: Uint32Array, { width, height }: Drawing, { greys, window, share, from }: Over): void {
  const [over, under] = [Math.round(256 * share), 256 - Math.round(256 * share)];
  for (let y = 0; y < height; y++) {
    for (let at = y * width + Math.max(0, from); at < (y + 1) * width; at++) {
      const stored = greys[at] as number;
      if (stored === NOTHING) continue;
      const grey = (((into[at] as number) & 255) * under + (window[stored - NOTHING] as number) * over) >> 8;
      into[at] = OPAQUE | (grey * 0x010101);
    }
  }
}

const HALO = 0.55;

function labelled(into: Uint32Array, { width, height, palette, outline }: Drawing, labels: Uint16Array): void {
  for (let y = 0; y < height; y++) {
    const above = y >= outline ? outline * width : 0;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const here = labels[at] as number;
      const left = labels[x >= outline ? at - outline : at] as number;
      const up = labels[at - above] as number;
      if (here !== left || here !== up) into[at] = ofOutline(palette, here, left, up);
      else if (here) into[at] = filled(into[at] as number, palette, here);
      if (here === left && here === up && isBeside(labels, at, x, y, width, height, outline, palette)) into[at] = dimmed(into[at] as number);
    }
  }
}

/** An outline has the colour of what lies highest beside it; what has no colour has none. */
function ofOutline({ red, green, blue, rank }: Palette, here: number, left: number, up: number): number {
  let top = here;
  if ((rank[left] as number) > (rank[top] as number)) top = left;
  if ((rank[up] as number) > (rank[top] as number)) top = up;
  return OPAQUE | ((blue[top] as number) << 16) | ((green[top] as number) << 8) | (red[top] as number);
}

function filled(pixel: number, { red, green, blue, share }: Palette, value: number): number {
  const over = share[value] as number;
  const grey = (pixel & 255) * (256 - over);
  return OPAQUE | (((grey + over * (blue[value] as number)) >> 8) << 16) | (((grey + over * (green[value] as number)) >> 8) << 8) | ((grey + over * (red[value] as number)) >> 8);
}

/** Whether the outline of something that lies higher is next to this pixel: there lies its dark halo. */
function isBeside(labels: Uint16Array, at: number, x: number, y: number, width: number, height: number, outline: number, { rank }: Palette): boolean {
  const here = labels[at] as number;
  const right = x + 1 < width ? (labels[at + 1] as number) : here;
  const below = y + 1 < height ? (labels[at + width] as number) : here;
  const left = x > outline ? (labels[at - outline - 1] as number) : here;
  const above = y > outline ? (labels[at - (outline + 1) * width] as number) : here;
  const own = rank[here] as number;
  return (rank[right] as number) > own || (rank[below] as number) > own || (rank[left] as number) > own || (rank[above] as number) > own;
}

const dimmed = (pixel: number): number =>
  OPAQUE | (Math.round(((pixel >> 16) & 255) * HALO) << 16) | (Math.round(((pixel >> 8) & 255) * HALO) << 8) | Math.round((pixel & 255) * HALO);

const known = new WeakMap<HTMLElement, Map<string, string>>();

/** A colour as six digits, also where it is named as a token of the look; asked of the page once. */
export function resolved(colour: string, host: HTMLElement): string {
  if (colour.startsWith("#")) return colour;
  const before = known.get(host) ?? new Map<string, string>();
  known.set(host, before);
  const found = before.get(colour) ?? asked(colour, host);
  before.set(colour, found);
  return found;
}

function asked(colour: string, host: HTMLElement): string {
  const probe = document.createElement("span");
  probe.style.color = colour;
  host.append(probe);
  const found = /(\d+)\D+(\d+)\D+(\d+)/.exec(getComputedStyle(probe).color) ?? ["", "128", "128", "128"];
  probe.remove();
  return `#${found.slice(1, 4).map((each) => Number(each).toString(16).padStart(2, "0")).join("")}`;
}
