import type { Edit } from "./model/edit";
import { typedOf } from "./model/typed";
import type { Fact, Stated } from "./nouns";

type Vocabulary = ReadonlyMap<string, Fact>;

/** "patient" → "the patient", "A" → "lesion A", "T8" stays. */
export function aboutWords(about: string): string {
  if (about === "patient") return "the patient";
  return /^[A-Z]{1,2}$/.test(about) ? `lesion ${about}` : about;
}

/** "1 stop", "2 stops". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** A unit as it is printed after a number; nothing for what has none. */
export const unitOf = (unit: string): string => (unit === "-" || unit === "" ? "" : unit === "share" ? "(share, 0 to 1)" : unit);

/** A value with its unit. */
export function shown(value: Stated | null | undefined, fact: Fact | undefined): string {
  if (value === null || value === undefined) return "unknown";
  const unit = fact ? unitOf(fact.unit) : "";
  if (Array.isArray(value)) return value.join(" · ") || "none";
  return typeof value === "number" && unit && fact?.unit !== "share" ? `${value}\u202f${unit}` : typedOf(value);
}

/** What an edit is about, and what it says, for the list of what is not saved yet. */
export function told(edit: Edit, vocabulary: Vocabulary): { what: string; says: string } {
  switch (edit.kind) {
    case "finding": {
      const fact = vocabulary.get(edit.fact);
      const what = `${fact?.words ?? edit.fact}, ${aboutWords(edit.about)}`;
      if (edit.value === null) return { what, says: "entry removed" };
      return { what, says: shown(edit.value, fact) + (edit.because && ` (overruled: ${edit.because})`) };
    }
    case "field": return { what: fieldWords(edit.at), says: typedOf(edit.value) || "unknown" };
    case "lesion": return { what: `lesion ${edit.id}`, says: edit.value ? [edit.value.histology, edit.value.levels.join(" ")].filter(Boolean).join(", ") || "described" : "removed" };
    case "treatment": return { what: `treatment: ${(edit.value ?? edit.before)?.what ?? ""}`, says: edit.value ? edit.value.kind : "removed" };
    case "form": return { what: edit.instrument === "isncsci" ? "neurology form (ISNCSCI)" : `form ${edit.instrument}`, says: edit.answers ? "filled in" : "removed" };
    case "override": return { what: `${edit.stop}, ${aboutWords(edit.about)}${edit.act && `, ${edit.act}`}`, says: edit.because === null ? "override taken back" : `overridden: ${edit.because}` };
    case "confirmation": return { what: edit.of === "labels" ? "the labels" : "the level", says: edit.sha256 ? "confirmed" : "confirmation taken back" };
  }
}

const FIELDS: Record<string, string> = {
  as_of: "as-of date", story: "story", "patient.birth_year": "birth year", "patient.sex": "sex",
  "neurology.examined": "examined on", "neurology.ais": "ASIA impairment scale", "neurology.ambulation": "walking", "neurology.deficit": "neurological deficit",
  "neurology.progressing": "deficit progressing", "neurology.myelopathy": "myelopathy", "neurology.sphincter": "bladder or bowel disturbed", "neurology.since": "deficit since",
};

export const fieldWords = (at: string): string => FIELDS[at] ?? at;

/** A reason for a version out of its edits, to be bettered by who saves. */
export function reasonOf(edits: readonly Edit[], vocabulary: Vocabulary): string {
  const words = edits.map((each) => told(each, vocabulary).what);
  const said = words.slice(0, 3).join("; ");
  return words.length > 3 ? `${said}; and ${words.length - 3} more` : said;
}

/** Any plain value in words, for lists of what differs. */
export function plainly(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(plainly).join(", ") || "nothing";
  return Object.entries(value as object)
    .filter(([, held]) => held !== null && held !== "" && !(Array.isArray(held) && held.length === 0))
    .map(([name, held]) => (name === "value" ? plainly(held) : `${name.replaceAll("_", " ")} ${plainly(held)}`))
    .join(", ");
}
