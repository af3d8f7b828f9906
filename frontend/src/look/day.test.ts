import { describe, expect, it } from "vitest";
import { isDay, isHour } from "./day";

describe("days and hours as they are typed", () => {
  it.each(["2026-11-20", "2028-02-29"])("%s is a day", (typed) => expect(isDay(typed)).toBe(true));
  it.each(["", "2026-02-29", "2026-13-01", "20.11.2026", "11/20/2026", "2026-1-2"])("%s is none", (typed) => expect(isDay(typed)).toBe(false));
  it.each(["2026-11-20T00:00", "2026-11-20T23:59"])("%s is an hour", (typed) => expect(isHour(typed)).toBe(true));
  it.each(["2026-11-20T24:00", "2026-11-31T10:00", "2026-11-20", "2026-11-20T9:30"])("%s is none", (typed) => expect(isHour(typed)).toBe(false));
});
