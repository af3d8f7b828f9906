import type { Case } from "../nouns";
import type { Edit } from "./edit";

/** Unsaved work of one person on one version of one case. */
export interface Draft {
  version: number;
  /** The document it was made on, so that it can be taken to a newer one. */
  document: Case;
  edits: Edit[];
  at: string;
  /** The opening of the case that it was made in: what an earlier one left behind is not written over. */
  opening: string;
}

const PREFIX = "enbloc.draft";
const start = (person: string, caseId: string) => `${PREFIX}|${person}|${caseId}|`;

/*
 * Session storage lives as long as the tab: it outlives a reload and a lost connection, never the day, and signing out
 * clears it. Nothing of a patient is ever put into local storage.
 */

/** Keep the unsaved work of an opening; without an edit nothing of it is kept. */
export function keep(person: string, caseId: string, draft: Draft): void {
  if (draft.edits.length) window.sessionStorage.setItem(start(person, caseId) + draft.opening, JSON.stringify(draft));
  else forget(person, caseId, draft.opening);
}

/** The unsaved work that an earlier opening left behind, the latest first; what cannot be read is dropped. */
export function kept(person: string, caseId: string, opening: string): Draft | null {
  const keys = Object.keys(window.sessionStorage).filter((key) => key.startsWith(start(person, caseId)));
  const found = keys.map((key) => drafted(window.sessionStorage.getItem(key))).filter((each) => each !== null && each.opening !== opening) as Draft[];
  return found.sort((one, other) => other.at.localeCompare(one.at))[0] ?? null;
}

export const forget = (person: string, caseId: string, opening: string): void => window.sessionStorage.removeItem(start(person, caseId) + opening);

function drafted(text: string | null): Draft | null {
  try {
    const found = JSON.parse(text ?? "") as Draft;
    return Array.isArray(found.edits) && found.edits.length > 0 && found.opening ? found : null;
  } catch {
    return null;
  }
}
