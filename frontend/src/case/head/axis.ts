/** Days on a drawing: near the day of the case wide, far from it ever narrower, so that years and hours both fit. */
const NEAR_DAYS = 5;

export const bent = (days: number): number => Math.sign(days) * Math.log1p(Math.abs(days) / NEAR_DAYS);

export interface Axis {
  at: (days: number) => number;
  ticks: { days: number; words: string }[];
}

const TICKS: readonly (readonly [number, string])[] = [
  [-3653, "10 y"], [-1826, "5 y"], [-731, "2 y"], [-365, "1 y"], [-91, "3 mo"], [-30, "1 mo"], [-7, "1 wk"], [-1, "1 d"],
  [1, "1 d"], [7, "1 wk"], [30, "1 mo"], [91, "3 mo"], [365, "1 y"], [731, "2 y"], [1826, "5 y"],
];

const CLOSEST_TICKS = 34;
const TODAY_ROOM = 58;

/** An axis from `left` to `right` that holds all these days and some room around them. */
export function axisOf(days: readonly number[], left: number, right: number): Axis {
  const [low, high] = [Math.min(-8, ...days) * 1.15, Math.max(8, ...days) * 1.15];
  const scale = (right - left) / (bent(high) - bent(low));
  const at = (day: number) => left + (bent(Math.min(Math.max(day, low), high)) - bent(low)) * scale;
  const ticks: Axis["ticks"] = [];
  for (const [day, words] of TICKS) {
    const isFree = ticks.every((other) => Math.abs(at(other.days) - at(day)) >= CLOSEST_TICKS) && Math.abs(at(day) - at(0)) >= TODAY_ROOM;
    if (day > low && day < high && isFree) ticks.push({ days: day, words });
  }
  return { at, ticks };
}

/** How many letters fit until the next mark, at least none. */
export const roomFor = (width: number, letter = 6.4): number => Math.max(0, Math.floor(width / letter));

export const cropped = (words: string, letters: number): string => (words.length <= letters ? words : letters < 4 ? "" : `${words.slice(0, letters - 1).trimEnd()}…`);
