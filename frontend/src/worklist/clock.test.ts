import { expect, test } from "vitest";
import { dayNow, isPressing, near, untilDue, weekday } from "./clock";

const TODAY = "2026-11-21";

test.each([
  ["2026-11-21", "today"],
  ["2026-11-22", "tomorrow"],
  ["2026-11-26", "in 5 days"],
  ["2026-11-20", "overdue 1 day"],
  ["2026-10-31", "overdue 21 days"],
])("what is due on %s is due %s", (day, words) => expect(untilDue(day, TODAY)).toBe(words));

test("a board that was is not overdue", () => expect(near("2026-11-20", TODAY)).toBe("1 day ago"));

test("a clock presses from its own day on", () => {
  expect(isPressing(TODAY, TODAY)).toBe(true);
  expect(isPressing("2026-11-22", TODAY)).toBe(false);
});

test("a page left open over night counts from the new day", () => {
  const told = new Date(2026, 10, 21, 23, 50);
  expect(dayNow(TODAY, told, new Date(2026, 10, 21, 23, 59))).toBe(TODAY);
  expect(dayNow(TODAY, told, new Date(2026, 10, 22, 0, 1))).toBe("2026-11-22");
});

test("days do not slip where clocks are put back", () => {
  expect(dayNow("2026-10-24", new Date(2026, 9, 24, 12), new Date(2026, 9, 26, 0, 30))).toBe("2026-10-26");
  expect(untilDue("2026-10-26", "2026-10-24")).toBe("in 2 days");
});

test("the weekday is the day's own, wherever the reader is", () => expect(weekday("2026-11-26")).toBe("Thu"));
