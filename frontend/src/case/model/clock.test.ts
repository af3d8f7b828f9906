import { expect, it } from "vitest";
import { dayOf, daysBetween, leftUntil, moment, momentOf } from "./clock";

const NOW = new Date("2026-11-20T12:00:00");
const at = (words: string) => leftUntil(new Date(words), NOW);

it("counts hours and minutes under a day, then days", () => {
  expect(at("2026-11-20T15:20:00")).toEqual({ words: "in 3 h 20 min", isOver: false, isNear: true });
  expect(at("2026-11-22T13:00:00").words).toBe("in 2 days");
  expect(at("2026-11-20T12:20:00").words).toBe("in 20 min");
});

it("says what is over", () => {
  expect(at("2026-11-20T07:00:00")).toEqual({ words: "5 h over", isOver: true, isNear: false });
});

it("reads the moment that a clock names; a day alone ends with it", () => {
  expect(momentOf("by 2026-11-21 14:30, in 1 day")).toEqual(new Date("2026-11-21T14:30:00"));
  expect(momentOf("by 2026-11-21, in 1 day")).toEqual(new Date("2026-11-21T23:59:59"));
  expect(momentOf("clock not known: day and hour of the decision")).toBeNull();
});

it("says moments short", () => {
  expect(moment("2026-11-20T08:02:00", NOW)).toBe("08:02");
  expect(moment("2026-11-19T08:02:00", NOW)).toBe("2026-11-19 08:02");
  expect(moment("sometime", NOW)).toBe("sometime");
});

it("counts days", () => {
  expect([dayOf(NOW), daysBetween("2026-11-20", "2026-12-08")]).toEqual(["2026-11-20", 18]);
});
