import type { Case } from "../nouns";
import type { Edit } from "./edit";

/** Unsaved work of one person on one version of one case. */
export interface Draft {
  version: number;
  /** The document it was made on, so that it can be taken to a newer one. */
  document: Case;
  edits: Edit[];
  at: string;
}

const PREFIX = "enbloc.draft";
const start = (person: string, caseId: string) => `${PREFIX}|${person}|${caseId}|`;

/*
 * Session storage lives as long as the tab: it outlives a reload and a lost connection, never the day, and signing out
 * clears it. Nothing of a patient is ever put into local storage.
 */

/** Keep unsaved work; without an edit nothing is kept. */
export function keep(person: string, caseId: string, draft: Draft): void {
  forget(person, caseId);
  if (draft.edits.length) window.sessionStorage.setItem(start(person, caseId) + draft.version, JSON.stringify(draft));
}

/** The unsaved work that was kept, the latest first; what cannot be read is dropped. */
export function kept(person: string, caseId: string): Draft | null {
  const found = keysOf(person, caseId).map((key) => drafted(window.sessionStorage.getItem(key)));
  return found.filter((each) => each !== null).sort((one, other) => other.at.localeCompare(one.at))[0] ?? null;
}

export function forget(person: string, caseId: string): void {
  for (const key of keysOf(person, caseId)) window.sessionStorage.removeItem(key);
}

const keysOf = (person: string, caseId: string): string[] => Object.keys(window.sessionStorage).filter((key) => key.startsWith(start(person, caseId)));

function drafted(text: string | null): Draft | null {
  try {
    const found = JSON.parse(text ?? "") as Draft;
    return Array.isArray(found.edits) && found.edits.length > 0 ? found : null;
  } catch {
    return null;
  }
}
