import { EMPTY, type Form } from "./form";

/** What somebody had before them when they began: a version of the case, and the fingerprint of the result that was shown. */
export interface Presented {
  version: number;
  result: string;
}

/** A decision that somebody began: what is typed, and what it is about. */
export interface Begun extends Presented {
  form: Form | null;
  at: string;
}

/*
 * As the unsaved work of a case (`@/case/model/kept`): session storage outlives a reload and a lost connection, never the
 * day, and signing out clears it. Nothing of a patient is ever put into local storage.
 */
const slot = (person: string, about: string): string => `enbloc.draft|${person}|decision ${about}`;

/** Keep what is typed, for one person and one case of one meeting. */
export const keep = (person: string, about: string, begun: Begun): void => window.sessionStorage.setItem(slot(person, about), JSON.stringify(begun));

export const forget = (person: string, about: string): void => window.sessionStorage.removeItem(slot(person, about));

/** What was kept; what cannot be read is nothing. A form of an older page gets the fields that it lacks, empty. */
export function kept(person: string, about: string): Begun | null {
  try {
    const found = JSON.parse(window.sessionStorage.getItem(slot(person, about)) ?? "") as Begun;
    return typeof found.version === "number" ? { ...found, form: found.form && { ...EMPTY, ...found.form } } : null;
  } catch {
    return null;
  }
}
