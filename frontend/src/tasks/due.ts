import { daysBetween } from "@/worklist/clock";

/** How pressing a task is: its day has passed, it is due within a week, or later; one that is settled presses nobody. */
export type Pressing = "overdue" | "due" | "later" | "settled";

const WEEK_DAYS = 7;

export function pressing(task: { state: string; due: string }, today: string): Pressing {
  if (task.state !== "open") return "settled";
  const days = daysBetween(today, task.due);
  if (days < 0) return "overdue";
  return days <= WEEK_DAYS ? "due" : "later";
}
