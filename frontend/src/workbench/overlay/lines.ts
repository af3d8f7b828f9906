import { dot, minus, type Plane } from "../plans/plane";
import { type Lie, toPixels, type Sight } from "../viewer/view";
import type { Millimetres, Pane } from "../viewer/viewer";

export type Point = readonly [number, number];

/** How a plane is seen in a pane: the line where it meets the slice, clipped to the pane, in CSS pixels of the frame. */
export interface Trace {
  from: Point;
  to: Point;
  /** The place on the line that is nearest to the middle of the plane. */
  middle: Millimetres;
  /** Along the line, of length one. */
  along: Point;
  /** So many pixels across the line for each millimetre along the plane's normal. */
  perMm: number;
}

/** The part of a line that lies on the positive side of every border; nothing where none does. `placeOf` is linear in pixels. */
export function runOf({ from, to }: Pick<Trace, "from" | "to">, within: readonly Plane[], placeOf: (at: Point) => Millimetres): [Point, Point] | null {
  let [low, high] = [0, 1];
  for (const border of within) {
    const [one, two] = [from, to].map((end) => dot(minus(placeOf(end), border.point), border.normal)) as [number, number];
    if (one < 0 && two < 0) return null;
    if (one < 0) low = Math.max(low, one / (one - two));
    if (two < 0) high = Math.min(high, one / (one - two));
  }
  const at = (share: number): Point => [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  return low < high ? [at(low), at(high)] : null;
}

/** Words beside a line, from `x` on or, if `isEnd`, up to it. */
export interface Said {
  words: string;
  x: number;
  y: number;
  isEnd: boolean;
}

export const LINE = 15; // from one line of words to the next
const LETTER_WIDTH = 7.5;

/** The same words, none upon another: what would lie on what was placed before goes a line further down. */
export function apart(said: readonly (Said | null)[]): (Said | null)[] {
  const placed: Said[] = [];
  const reach = ({ words, x, isEnd }: Said): Point => (isEnd ? [x - LETTER_WIDTH * words.length, x] : [x, x + LETTER_WIDTH * words.length]);
  const meets = (one: Said) => placed.some((other) => Math.abs(one.y - other.y) < LINE && reach(one)[0] < reach(other)[1] && reach(other)[0] < reach(one)[1]);
  return said.map((each) => {
    if (!each) return null;
    let free = each;
    while (meets(free)) free = { ...free, y: free.y + 1 };
    placed.push(free);
    return free;
  });
}

const FLAT = 0.06; // a plane nearly parallel to the slice meets it nowhere that one could take in hand

export function traceOf({ point, normal }: Plane, pane: Pane, lie: Lie, sight: Sight, depth: number): Trace | null {
  const [u, v] = [normal[lie.across], normal[lie.down]];
  const steep = Math.hypot(u, v);
  if (steep < FLAT) return null;
  const off = (normal[lie.through] * (depth - point[lie.through])) / (steep * steep);
  const middle: [number, number, number] = [0, 0, 0];
  middle[lie.across] = point[lie.across] - u * off;
  middle[lie.down] = point[lie.down] - v * off;
  middle[lie.through] = depth;
  const along: Point = [(-lie.acrossSign * v) / steep, (lie.downSign * u) / steep];
  const ends = clipped(toPixels(pane, lie, sight, middle), along, pane);
  return ends && { from: ends[0], to: ends[1], middle, along, perMm: 1 / (steep * sight.mmPerPixel) };
}

/** The part of an endless line that lies in a pane; nothing where it passes by. */
export function clipped([x, y]: Point, [a, b]: Point, pane: Pane): [Point, Point] | null {
  let [low, high] = [-Infinity, Infinity];
  for (const [start, way, least, most] of [[x, a, pane.left, pane.left + pane.width], [y, b, pane.top, pane.top + pane.height]] as const) {
    if (Math.abs(way) < 1e-12) {
      if (start < least || start > most) return null;
      continue;
    }
    const [one, other] = [(least - start) / way, (most - start) / way];
    low = Math.max(low, Math.min(one, other));
    high = Math.min(high, Math.max(one, other));
  }
  return low < high ? [[x + low * a, y + low * b], [x + high * a, y + high * b]] : null;
}

/** A length of one, two or five times a power of ten, as near below `most` pixels as can be. */
export function scaleBar(mmPerPixel: number, most: number): { mm: number; pixels: number } {
  const room = mmPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(room));
  const mm = ([5, 2, 1].find((each) => each * power <= room) ?? 1) * power;
  return { mm, pixels: mm / mmPerPixel };
}
