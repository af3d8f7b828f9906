import type { MovedCut } from "../nouns";
import { bytesOf, isEmpty, runsOf, type Runs, type Stroke, type Unsaved } from "./journal";

/*
 * Session storage lives as long as the tab: it outlives a reload and a lost connection, never the day, and signing out
 * clears it. Nothing of a patient is ever put into local storage.
 */
const PREFIX = "enbloc.bench";
const keyOf = (person: string, caseId: string) => `${PREFIX}|${person}|${caseId}`;

interface Written extends Omit<Unsaved, "strokes" | "cuts" | "saved"> {
  strokes: (Omit<Stroke, "runs"> & { runs: string })[];
  cuts: MovedCut[];
  saved: MovedCut[];
}

/** Keep what is not saved; false where it is more than the browser keeps, so that it can be said. */
export function keep(person: string, caseId: string, unsaved: Unsaved): boolean {
  const key = keyOf(person, caseId);
  if (isEmpty(unsaved)) {
    window.sessionStorage.removeItem(key);
    return true;
  }
  const text: Written = { ...unsaved, strokes: unsaved.strokes.map((each) => ({ ...each, runs: textOf(each.runs) })), cuts: [...unsaved.cuts], saved: [...unsaved.saved] };
  try {
    window.sessionStorage.setItem(key, JSON.stringify(text));
    return true;
  } catch {
    return false; // what was kept before stays: it is older, and in order
  }
}

/** What was kept; nothing where there is none or it cannot be read. */
export function kept(person: string, caseId: string): Unsaved | null {
  try {
    const found = JSON.parse(window.sessionStorage.getItem(keyOf(person, caseId)) ?? "") as Written;
    const unsaved = { ...found, strokes: found.strokes.map((each) => ({ ...each, runs: runsOf(bytes(each.runs)) })) };
    return isEmpty(unsaved) ? null : unsaved;
  } catch {
    return null;
  }
}

export const forget = (person: string, caseId: string): void => window.sessionStorage.removeItem(keyOf(person, caseId));

/** Runs never change once they are made; they are written anew with every stroke that follows. */
const written = new WeakMap<Runs, string>();

function textOf(runs: Runs): string {
  const found = written.get(runs);
  if (found !== undefined) return found;
  const letters = Array.from(bytesOf(runs), (each) => String.fromCharCode(each));
  const made = window.btoa(letters.join(""));
  written.set(runs, made);
  return made;
}

function bytes(of: string): ArrayBuffer {
  const letters = window.atob(of);
  const made = new Uint8Array(letters.length);
  for (let nth = 0; nth < letters.length; nth += 1) made[nth] = letters.charCodeAt(nth);
  return made.buffer;
}
