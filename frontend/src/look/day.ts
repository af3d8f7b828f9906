/** Days and hours as people type them: the browser's own fields show 11/12 in the order of their language, which is read both ways. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HOUR = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a day, written as 2026-11-20, is one that there is. */
export const isDay = (typed: string): boolean => DAY.test(typed) && new Date(`${typed}T00:00:00Z`).toJSON()?.slice(0, 10) === typed;

/** Whether day and hour, written as 2026-11-20T14:30, are some that there are. */
export const isHour = (typed: string): boolean => HOUR.test(typed) && isDay(typed.slice(0, 10));

const TYPED = { type: "text", inputMode: "numeric", autoComplete: "off" } as const;

/** What makes an input one for a day. */
export const OF_A_DAY = { ...TYPED, maxLength: 10, placeholder: "yyyy-mm-dd" } as const;

/** What makes an input one for a day and an hour. */
export const OF_AN_HOUR = { ...TYPED, maxLength: 16, placeholder: "yyyy-mm-dd hh:mm" } as const;
