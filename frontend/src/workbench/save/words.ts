import { wayOf } from "../plans/words";
import { planeOf } from "../plans/planning";
import type { Operations, Vouched } from "../nouns";
import { changedCuts, standing, type Unsaved } from "./journal";

const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** "3 edits of labels, 1 cut moved". */
export function unsavedWords(unsaved: Unsaved): string {
  const [edits, cuts] = [standing(unsaved), changedCuts(unsaved)];
  const said = [edits.length > 0 && counted(edits.length, "edit of labels", "edits of labels"), cuts.length > 0 && counted(cuts.length, "cut moved", "cuts moved")];
  return said.filter(Boolean).join(", ");
}

/** The reason that is proposed: what was done, each once. */
export function proposedReason(unsaved: Unsaved): string {
  const edits = [...new Set(standing(unsaved))];
  const moved = changedCuts(unsaved).map((each) => `${each.cut} of ${each.operation} ${unsaved.cuts.includes(each) ? "moved" : "put back"}`);
  const all = [...edits, ...moved];
  return all.length > 3 ? `${all.slice(0, 3).join("; ")}; and ${all.length - 3} more` : all.join("; ");
}

/** The edits that stand in their order, the same ones in a row told once with their number. */
export function editsWords(unsaved: Unsaved): readonly string[] {
  const rows: { words: string; times: number }[] = [];
  for (const words of standing(unsaved)) {
    const last = rows.at(-1);
    if (last?.words === words) last.times += 1;
    else rows.push({ words, times: 1 });
  }
  return rows.map(({ words, times }) => (times > 1 ? `${words} (${times} strokes)` : words));
}

/** The moved cuts, each with its way from where it was searched. */
export const cutsWords = (unsaved: Unsaved, operations: Operations | null): readonly string[] =>
  changedCuts(unsaved).map((each) => {
    if (!unsaved.cuts.includes(each)) return `${each.cut} of ${each.operation}: put back to where it was searched`;
    const before = operations?.items.find((one) => one.id === each.operation)?.cuts.find((one) => one.name === each.cut);
    const way = before ? wayOf(planeOf(before), { point: each.point_mm, normal: each.normal }) : "";
    return [`${each.cut} of ${each.operation}`, way].filter(Boolean).join(": ");
  });

/** "confirmed by R. Example, 2026-11-21"; edits that are not saved void it. */
export function vouchedWords(vouched: Vouched, hasEdits: boolean): string {
  if (!vouched.is_confirmed) return "confirmed by nobody";
  const said = `confirmed by ${vouched.by}, ${vouched.on}`;
  return hasEdits ? `void by what is not saved (${said})` : said;
}
