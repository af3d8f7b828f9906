import { cross, minus, plus, unit, type Place } from "../plans/plane";
import type { Sheet } from "./blade";
import { channels } from "./colours";

/** Where the bands of margin end, mm, and their colours: those of the report's margin map, which a test compares. */
export const BAND_ENDS_MM = [1, 2, 5, 10] as const;
export const BAND_COLOURS = ["#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838"] as const;
/** Where a cut runs through the tumour: no band of margin, but the colour of a stop. */
export const OPENED_COLOUR = "#ff8a80";

/** The bands in words, narrow first. */
export const BAND_WORDS: readonly string[] = BAND_COLOURS.map((_, nth) => {
  const [from, to] = [nth === 0 ? 0 : BAND_ENDS_MM[nth - 1], BAND_ENDS_MM[nth]];
  return to === undefined ? `≥ ${from}` : `${from}–${to}`;
});

const OPAQUE = 255;
const RGBA = BAND_COLOURS.map((each) => [...channels(each), OPAQUE]);
const OPENED = [...channels(OPENED_COLOUR), OPAQUE];

/** The colour of each vertex by its distance to the cuts; what is not known is told as beyond, as the report does. */
export function colouredBy(mm: ArrayLike<number>): Uint8Array {
  const found = new Uint8Array(4 * mm.length);
  for (let nth = 0; nth < mm.length; nth += 1) found.set(bandOf(mm[nth] as number), 4 * nth);
  return found;
}

const HALF_WIDTH_MM = 0.3;
const ABOVE_MM = 0.15; // so that the surface does not hide it

/** How far each vertex lies from the cuts; three coordinates a vertex, three vertices a triangle. */
export interface Surface {
  mm: ArrayLike<number>;
  points: ArrayLike<number>;
  triangles: ArrayLike<number>;
}

/**
 * The line on a surface where what was asked of the cuts is reached, as a narrow ribbon. In each triangle it runs straight
 * between the places on two edges that have the value.
 */
export function lineOf(asked: number, { mm, points, triangles }: Surface): Sheet {
  const pointOf = (nth: number): Place => [points[3 * nth] as number, points[3 * nth + 1] as number, points[3 * nth + 2] as number];
  const reached = (one: number, other: number): Place[] => {
    const [a, b] = [mm[one] as number, mm[other] as number];
    if (a < asked === b < asked || !Number.isFinite(a + b)) return [];
    return [plus(pointOf(one), minus(pointOf(other), pointOf(one)), (asked - a) / (b - a))];
  };
  const [found, faces] = [[] as number[], [] as number[]];
  for (let at = 0; at < triangles.length; at += 3) {
    const [p, q, r] = [triangles[at], triangles[at + 1], triangles[at + 2]] as [number, number, number];
    const [from, to] = [...reached(p, q), ...reached(q, r), ...reached(r, p)];
    const up = from && to && unit(cross(minus(pointOf(q), pointOf(p)), minus(pointOf(r), pointOf(p))));
    const aside = up && unit(cross(up, minus(to, from)));
    if (!aside) continue;
    const first = found.length / 3;
    for (const end of [from, to]) for (const side of [HALF_WIDTH_MM, -HALF_WIDTH_MM]) found.push(...plus(plus(end, up, ABOVE_MM), aside, side));
    faces.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
  }
  return { points: Float32Array.from(found), triangles: Uint32Array.from(faces) };
}

function bandOf(mm: number): readonly number[] {
  if (mm < 0) return OPENED;
  let nth = 0;
  while (nth < BAND_ENDS_MM.length && !(mm < (BAND_ENDS_MM[nth] as number))) nth += 1;
  return RGBA[nth] as readonly number[];
}
