import { signal } from "@preact/signals";
import { get, queryOf } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import type { View, Worklist, WorklistLine } from "@/api/types";

export const PAGE = 50;
/** So many lines are looked at anew when something changed; what lies deeper is read again when it is opened. */
const LOOKED_AT = 200;

export interface Shown {
  view: View;
  words: string;
  lines: readonly WorklistLine[];
  next: string;
  counts: Readonly<Record<string, number>>;
  today: string;
  toldAt: Date;
}

/** The list as it is on the screen; it outlives a visit to a case, so that the way back is at once. */
export const shown = signal<Shown | null>(null);
/** The list as it has become meanwhile, where lines came, went or moved: shown on a press, since nothing moves by itself. */
export const changed = signal<Shown | null>(null);
export const chosen = signal("");
export const isLoading = signal(false);
export const problem = signal<Problem | null>(null);

let asking: AbortController | null = null;

const address = (view: View, words: string, after: string, limit: number): string =>
  `/worklist${queryOf({ view: view === "all" ? "" : view, words, after, limit })}`;

const listed = (view: View, words: string, page: Worklist): Shown => ({
  view, words, lines: page.items, next: page.next, counts: page.counts, today: page.today, toldAt: new Date(),
});

/** Only the answer to the latest question counts; the others are dropped. */
async function alone(act: (stopped: AbortSignal) => Promise<void>): Promise<void> {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  isLoading.value = true;
  try {
    await act(mine.signal);
    problem.value = null;
  } catch (thrown) {
    if (!mine.signal.aborted) problem.value = asProblem(thrown);
  } finally {
    if (asking === mine) isLoading.value = false;
  }
}

/** Open a view from its beginning. */
export const open = (view: View, words: string): Promise<void> =>
  alone(async (stopped) => {
    shown.value = listed(view, words, await get<Worklist>(address(view, words, "", PAGE), { signal: stopped }));
    changed.value = null;
  });

/** The next page below what is shown. */
export async function more(): Promise<void> {
  const before = shown.value;
  if (!before?.next || isLoading.value) return;
  await alone(async (stopped) => {
    const page = await get<Worklist>(address(before.view, before.words, before.next, PAGE), { signal: stopped });
    const known = new Set(before.lines.map((line) => line.case_id));
    const fresh = page.items.filter((line) => !known.has(line.case_id));
    shown.value = { ...before, lines: [...before.lines, ...fresh], next: page.next, counts: page.counts };
  });
}

/** Something changed on the server: lines on the screen get their new words; what would move waits for a press. */
export async function look(): Promise<void> {
  const before = shown.value;
  if (!before || isLoading.value) return;
  const limit = Math.min(Math.max(before.lines.length, PAGE), LOOKED_AT);
  await alone(async (stopped) => {
    const fresh = listed(before.view, before.words, await get<Worklist>(address(before.view, before.words, "", limit), { signal: stopped }));
    const isWhole = before.lines.length <= fresh.lines.length || !before.next;
    if (isWhole && isSameOrder(before.lines, fresh.lines)) shown.value = fresh;
    else {
      shown.value = { ...before, lines: inPlace(before.lines, fresh.lines), counts: fresh.counts, today: fresh.today, toldAt: fresh.toldAt };
      changed.value = isSameOrder(before.lines.slice(0, fresh.lines.length), fresh.lines) ? null : fresh;
    }
  });
}

/** Show what has moved. */
export function settle(): void {
  if (changed.value) shown.value = changed.value;
  changed.value = null;
}

export const isSameOrder = (one: readonly WorklistLine[], other: readonly WorklistLine[]): boolean =>
  one.length === other.length && one.every((line, nth) => line.case_id === other[nth]?.case_id);

/** The lines where they stand, with the newest words of each. */
export function inPlace(lines: readonly WorklistLine[], fresh: readonly WorklistLine[]): WorklistLine[] {
  const newest = new Map(fresh.map((line) => [line.case_id, line]));
  return lines.map((line) => newest.get(line.case_id) ?? line);
}

/** What has changed, in words: "2 cases came, 1 went", or that the order has. */
export function differing(lines: readonly WorklistLine[], fresh: readonly WorklistLine[]): string {
  const [before, after] = [lines, fresh].map((each) => new Set(each.map((line) => line.case_id))) as [Set<string>, Set<string>];
  const came = fresh.filter((line) => !before.has(line.case_id)).length;
  const went = lines.filter((line) => !after.has(line.case_id)).length;
  const cases = (count: number) => (count === 1 ? "1 case" : `${count} cases`);
  if (came && went) return `${cases(came)} came, ${went} went`;
  if (came || went) return `${cases(came || went)} ${came ? "came" : "went"}`;
  return "the order has changed";
}
