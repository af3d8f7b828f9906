import { expect, it } from "vitest";
import { axisOf, bent, cropped, roomFor } from "./axis";

it("keeps the order of days and gives near ones more room than far ones", () => {
  const axis = axisOf([-1381, -3, 18], 100, 1300);
  const at = [-1381, -365, -30, -3, 0, 7, 18].map(axis.at);
  expect(at).toEqual([...at].sort((one, other) => one - other));
  expect(axis.at(7) - axis.at(0)).toBeGreaterThan(axis.at(-365) - axis.at(-372));
  expect(bent(-5)).toBe(-bent(5));
});

it("holds every day within its ends", () => {
  const axis = axisOf([-4000, 900], 100, 1300);
  expect(axis.at(-4000)).toBeGreaterThanOrEqual(100);
  expect(axis.at(900)).toBeLessThanOrEqual(1300);
});

it("never sets two words of the axis over each other", () => {
  const { at, ticks } = axisOf([-20, 20], 100, 600);
  const places = ticks.map((tick) => at(tick.days));
  for (const [nth, place] of places.entries()) expect(place - (places[nth - 1] ?? -100)).toBeGreaterThan(30);
});

it("crops words to the room there is", () => {
  expect([cropped("pazopanib", 20), cropped("pazopanib", 6), cropped("pazopanib", 2), roomFor(-5)]).toEqual(["pazopanib", "pazop…", "", 0]);
});
