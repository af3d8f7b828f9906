/** How long is left of a clock, in words that a board reads at a glance. */
export interface Left {
  words: string;
  isOver: boolean;
  /** Under a day. */
  isNear: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** What is left until a moment: "in 3 h 20 min", "in 2 days", "5 h over". */
export function leftUntil(until: Date, now: Date): Left {
  const ms = until.getTime() - now.getTime();
  const isOver = ms < 0;
  const said = spoken(Math.abs(ms));
  return { words: isOver ? `${said} over` : `in ${said}`, isOver, isNear: !isOver && ms < DAY_HOURS * HOUR_MS };
}

function spoken(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / 60_000);
  if (hours < 1) return `${minutes} min`;
  if (hours < DAY_HOURS) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  const days = Math.floor(hours / DAY_HOURS);
  return days === 1 ? "1 day" : `${days} days`;
}

/** The moment that a clock's words name ("by 2026-11-21 14:30, in 1 day"), or the end of a day that is named alone. */
export function momentOf(clock: string): Date | null {
  const found = /(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?/.exec(clock);
  return found?.[1] ? new Date(`${found[1]}T${found[2] ?? "23:59:59"}`) : null;
}

/** When something was saved, short: the hour today, else the day with its hour. */
export function moment(at: string, today = new Date()): string {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return at;
  const day = dayOf(when);
  const hour = `${two(when.getHours())}:${two(when.getMinutes())}`;
  return day === dayOf(today) ? hour : `${day} ${hour}`;
}

/** The local day as the record writes it. */
export const dayOf = (when: Date): string => `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;

const two = (number: number): string => String(number).padStart(2, "0");

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / (DAY_HOURS * HOUR_MS));
