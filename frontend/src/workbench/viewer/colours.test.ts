import { expect, test } from "vitest";
import { channels, compose, emptyPalette, greysOf, recolour } from "./colours";
import { NOTHING } from "./scan";

const LEVEL = { slope: 1, intercept: 0 };
const colourAt = (pixels: Uint32Array, at: number) => `#${[0, 8, 16].map((by) => (((pixels[at] as number) >> by) & 255).toString(16).padStart(2, "0")).join("")}`;

function composed(labels: readonly number[], width: number, grey: number, over: Parameters<typeof compose>[1]["over"] = null): Uint32Array {
  const palette = emptyPalette();
  palette.share.fill(64);
  recolour(palette, new Map([[1, "#d8c8a8"], [2, "#9c2f6f"]]));
  const pixels = new Uint32Array(labels.length);
  const greys = new Int16Array(labels.length).fill(grey);
  compose(pixels, { width, height: labels.length / width, palette, outline: 1, over, labels: Uint16Array.from(labels), base: { greys, window: greysOf(LEVEL, -160, 240) } });
  return pixels;
}

test("a window puts its low end at black, its high end at white, and nothing is black", () => {
  const greys = greysOf(LEVEL, -160, 240);
  expect([-2000, -160, 40, 240, 3000].map((each) => greys[each - NOTHING])).toEqual([0, 0, 128, 255, 255]);
  expect(greys[0]).toBe(0);
});

test("an image on another scale is windowed by what its numbers mean", () => {
  expect(greysOf({ slope: 2, intercept: -1000 }, 0, 100)[525 - NOTHING]).toBe(128);
});

test("a structure has its colour over the grey, and its outline the colour alone", () => {
  const row = [0, 0, 0, 2, 2, 2, 2, 0, 0, 0];
  const pixels = composed([...row, ...row, ...row], 10, 40);
  expect(colourAt(pixels, 13)).toBe("#9c2f6f");
  expect(colourAt(pixels, 15)).toBe("#876b7b"); // a quarter of the tumour's colour over grey 128
  expect(colourAt(pixels, 17)).toBe("#9c2f6f");
  expect(colourAt(pixels, 10)).toBe("#808080");
  expect(colourAt(pixels, 12)).toBe("#464646"); // the dark halo outside
});

test("where two structures meet the one later in the table has the outline, on either side", () => {
  const row = [1, 1, 1, 2, 2, 2, 1, 1, 1];
  const pixels = composed([...row, ...row], 9, 40);
  expect(colourAt(pixels, 3)).toBe("#9c2f6f");
  expect(colourAt(pixels, 6)).toBe("#9c2f6f");
});

test("a linked image lies over by its share, beside from its pixel on, and not where it has nothing", () => {
  const window = greysOf(LEVEL, 0, 255);
  const greys = Int16Array.of(255, 255, NOTHING, 255);
  expect([...composed([0, 0, 0, 0], 4, -160, { greys, window, share: 0.5, from: 0 })].map((each) => each & 255)).toEqual([127, 127, 0, 127]);
  expect([...composed([0, 0, 0, 0], 4, -160, { greys, window, share: 1, from: 2 })].map((each) => each & 255)).toEqual([0, 0, 0, 255]);
});

test("only six digits are a colour here", () => {
  expect(channels("#1d9a6c")).toEqual([0x1d, 0x9a, 0x6c]);
  expect(() => channels("teal")).toThrow("no colour of six digits");
});
