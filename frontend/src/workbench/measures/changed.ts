import type { Measure, Painted } from "../nouns";

/** What a measure says: its value, or why there is none. */
export const saidBy = (measure: Measure): string => (measure.missing ? `not measurable: ${measure.missing}` : measure.shown);

/** The measures after an edit: those that it changed in the place of what they were, without those that are no more. */
export function changedBy(before: readonly Measure[], { measures, gone }: Pick<Painted, "measures" | "gone">): readonly Measure[] {
  const next = new Map(measures.map((each) => [each.key, each]));
  const stayed = before.filter((each) => !gone.includes(each.key)).map((each) => next.get(each.key) ?? (each.is_changed ? { ...each, is_changed: false } : each));
  const known = new Set(before.map((each) => each.key));
  return [...stayed, ...measures.filter((each) => !known.has(each.key))];
}

/** What each measure said before the first edit that changed it; what was new then said nothing. */
export function firstSaid(
  known: Readonly<Record<string, string>>,
  before: readonly Measure[],
  { measures, gone }: Pick<Painted, "measures" | "gone">,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = { ...known };
  for (const key of [...measures.map((each) => each.key), ...gone]) {
    const earlier = before.find((each) => each.key === key);
    found[key] ??= earlier ? saidBy(earlier) : "";
  }
  return found;
}

/** A measure that the unsaved edits have changed: what it said before them; nothing for one that says the same. */
export function wasBefore(measure: Measure, before: Readonly<Record<string, string>>): string | null {
  const said = before[measure.key];
  return said === undefined || said === saidBy(measure) ? null : said || "not there";
}

/** How many measures say something else than before the unsaved edits. */
export const changes = (measures: readonly Measure[], before: Readonly<Record<string, string>>): number =>
  measures.filter((each) => wasBefore(each, before) !== null).length + noMore(measures, before).length;

/** The keys of measures that the unsaved edits have taken away, with what they said. */
export function noMore(measures: readonly Measure[], before: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const known = new Set(measures.map((each) => each.key));
  return Object.entries(before).filter(([key, said]) => said !== "" && !known.has(key));
}
