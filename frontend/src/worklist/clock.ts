/** Days and clocks of the worklist; days are ISO words ("2026-11-21"), never moments. */

const DAY_MS = 86_400_000;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const midday = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** Whole days from one day to another; negative if it is past. */
export const daysBetween = (from: string, to: string): number => Math.round((midday(to) - midday(from)) / DAY_MS);

const localDay = (moment: Date): string =>
  [moment.getFullYear(), String(moment.getMonth() + 1).padStart(2, "0"), String(moment.getDate()).padStart(2, "0")].join("-");

/** The server's day, moved on by the midnights since it was told: a page left open over night stays right. */
export function dayNow(today: string, toldAt: Date, now: Date): string {
  const passed = daysBetween(localDay(toldAt), localDay(now));
  return new Date(midday(today) + passed * DAY_MS).toISOString().slice(0, 10);
}

/** How a day lies to today: "today", "tomorrow", "in 5 days", "1 day ago". */
export function near(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days > 1) return `in ${days} days`;
  return days === -1 ? "1 day ago" : `${-days} days ago`;
}

/** The same for something that is due: "overdue 1 day" instead of "1 day ago". */
export function untilDue(day: string, today: string): string {
  const days = daysBetween(day, today);
  return days > 0 ? `overdue ${days} ${days === 1 ? "day" : "days"}` : near(day, today);
}

/** A clock that has run out or runs out today. */
export const isPressing = (day: string, today: string): boolean => daysBetween(today, day) <= 0;

/** "Thu". */
export const weekday = (day: string): string => WEEKDAYS[new Date(midday(day)).getUTCDay()] ?? "";
