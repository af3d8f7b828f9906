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

function bandOf(mm: number): readonly number[] {
  if (mm < 0) return OPENED;
  let nth = 0;
  while (nth < BAND_ENDS_MM.length && !(mm < (BAND_ENDS_MM[nth] as number))) nth += 1;
  return RGBA[nth] as readonly number[];
}
