import type { Case } from "../nouns";
import { same, standing, wanted, type Edit } from "./edit";

/** An edit whose slot somebody else changed meanwhile, to something else. */
export interface Torn {
  edit: Edit;
  before: unknown;
  theirs: unknown;
  mine: unknown;
}

export interface Rebased {
  /** Edits that the newer version leaves room for. */
  kept: Edit[];
  /** Edits that somebody else made too, the same way. */
  done: Edit[];
  torn: Torn[];
}

/** Take edits from the version they were made on to a newer one: slot by slot, nothing is decided by itself. */
export function rebased(edits: readonly Edit[], from: Case, to: Case): Rebased {
  const found: Rebased = { kept: [], done: [], torn: [] };
  for (const edit of edits) {
    const [before, theirs, mine] = [standing(from, edit), standing(to, edit), wanted(edit)];
    if (same(theirs, mine)) found.done.push(edit);
    else if (same(theirs, before)) found.kept.push(edit);
    else found.torn.push({ edit, before, theirs, mine });
  }
  return found;
}
