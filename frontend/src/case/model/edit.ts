import type { Case, Confirmation, Entry, FilledForm, Lesion, Override, Stated, Treatment } from "../nouns";

/** One change that a person makes to a case. Each stands in a slot of its own; a later one of the same slot replaces it. */
export type Edit =
  | { kind: "finding"; fact: string; about: string; value: Stated | null; because: string }
  | { kind: "field"; at: FieldPlace; value: string | number | boolean | null }
  | { kind: "lesion"; id: string; value: Lesion | null }
  | { kind: "treatment"; nth: string; before: Treatment | null; value: Treatment | null }
  | { kind: "form"; instrument: string; about: string; answers: FilledForm["answers"] | null }
  | { kind: "override"; stop: string; about: string; act: string; because: string | null }
  | { kind: "confirmation"; of: "labels" | "level"; sha256: string | null };

/** The single fields of a case that a page changes. */
export type FieldPlace =
  | "as_of" | "story" | "patient.birth_year" | "patient.sex"
  | `neurology.${keyof Case["neurology"]}`;

/** Who changes, and on which day; the server stamps both again. */
export interface Hand {
  name: string;
  day: string;
}

/** The slot that an edit stands in. */
export function slotOf(edit: Edit): string {
  switch (edit.kind) {
    case "finding": return `finding ${edit.fact} ${edit.about}`;
    case "field": return `field ${edit.at}`;
    case "lesion": return `lesion ${edit.id}`;
    case "treatment": return `treatment ${edit.nth}`;
    case "form": return `form ${edit.instrument} ${edit.about}`;
    case "override": return `override ${edit.stop} ${edit.about} ${edit.act}`;
    case "confirmation": return `confirmation ${edit.of}`;
  }
}

/** The edits with one more; what stands in its slot gives way, and an edit back to what the document says is none. */
export function withEdit(edits: readonly Edit[], next: Edit, document: Case): Edit[] {
  const edit = onward(edits, next);
  const others = edits.filter((each) => slotOf(each) !== slotOf(edit));
  return same(standing(document, edit), wanted(edit)) ? others : [...others, edit];
}

/** A treatment that was changed and is not saved yet is changed further, from what the document says of it. */
function onward(edits: readonly Edit[], edit: Edit): Edit {
  if (edit.kind !== "treatment" || !edit.before) return edit;
  const earlier = edits.find((each) => each.kind === "treatment" && each.value !== null && same(each.value, edit.before));
  return earlier?.kind === "treatment" ? { ...edit, nth: earlier.nth, before: earlier.before } : edit;
}

/** Two sets of edits as one; where both speak of a slot, the later ones are heard. */
export const together = (earlier: readonly Edit[], later: readonly Edit[], document: Case): Edit[] => later.reduce<Edit[]>((made, edit) => withEdit(made, edit, document), [...earlier]);

export const without = (edits: readonly Edit[], slot: string): Edit[] => edits.filter((each) => slotOf(each) !== slot);

/** What a document says in the slot of an edit; nothing where it is silent. */
export function standing(document: Case, edit: Edit): unknown {
  switch (edit.kind) {
    case "finding": {
      const found = document.findings.find((each) => isEntryOf(each, edit));
      return found ? { value: found.value, because: found.because } : null;
    }
    case "field": return fieldOf(document, edit.at);
    case "lesion": return document.lesions.find((each) => each.id === edit.id) ?? null;
    case "treatment": return edit.before && (document.treatments.find((each) => same(each, edit.before)) ?? null);
    case "form": return document.forms.find((each) => isFormOf(each, edit))?.answers ?? null;
    case "override": return document.overrides.find((each) => isOverrideOf(each, edit))?.because ?? null;
    case "confirmation": return document.confirmations.find((each) => each.of === edit.of)?.sha256 ?? null;
  }
}

/** What an edit wants its slot to say. */
export function wanted(edit: Edit): unknown {
  switch (edit.kind) {
    case "finding": return edit.value === null ? null : { value: edit.value, because: edit.because };
    case "field": return edit.value;
    case "lesion": return edit.value;
    case "treatment": return edit.value;
    case "form": return edit.answers;
    case "override": return edit.because;
    case "confirmation": return edit.sha256;
  }
}

/** The document with every edit made; the document itself stays as it is. */
export function applied(document: Case, edits: readonly Edit[], hand: Hand): Case {
  return edits.reduce((made, edit) => withOne(made, edit, hand), document);
}

function withOne(document: Case, edit: Edit, { name, day }: Hand): Case {
  switch (edit.kind) {
    case "finding": {
      const entry = edit.value === null ? null : { fact: edit.fact, about: edit.about, value: edit.value, by: name, on: day, because: edit.because };
      return { ...document, findings: replaced<Entry>(document.findings, (each) => isEntryOf(each, edit), entry) };
    }
    case "field": return withField(document, edit.at, edit.value);
    case "lesion": return { ...document, lesions: replaced(document.lesions, (each) => each.id === edit.id, edit.value) };
    case "treatment": return { ...document, treatments: replaced(document.treatments, (each) => same(each, edit.before), edit.value) };
    case "form": {
      const form = edit.answers && { instrument: edit.instrument, about: edit.about, answers: edit.answers, by: name, on: day, because: "" };
      return { ...document, forms: replaced<FilledForm>(document.forms, (each) => isFormOf(each, edit), form) };
    }
    case "override": {
      const made = edit.because === null ? null : { stop: edit.stop, about: edit.about, act: edit.act, by: name, on: day, because: edit.because };
      return { ...document, overrides: replaced<Override>(document.overrides, (each) => isOverrideOf(each, edit), made) };
    }
    case "confirmation": {
      const others = document.confirmations.filter((each) => each.of !== edit.of); // void ones go with it
      const made: Confirmation[] = edit.sha256 === null ? [] : [{ of: edit.of, by: name, on: day, sha256: edit.sha256 }];
      return { ...document, confirmations: [...others, ...made] };
    }
  }
}

const isEntryOf = (entry: Entry, edit: { fact: string; about: string }) => entry.fact === edit.fact && entry.about === edit.about;
const isFormOf = (form: FilledForm, edit: { instrument: string; about: string }) => form.instrument === edit.instrument && form.about === edit.about;
const isOverrideOf = (one: Override, edit: { stop: string; about: string; act: string }) =>
  one.stop === edit.stop && one.about === edit.about && one.act === edit.act;

/** The list with one put in the place of the first that fits, or at the end, or taken out. */
function replaced<T>(list: readonly T[], fits: (each: T) => boolean, by: T | null): T[] {
  const at = list.findIndex(fits);
  if (by === null) return list.filter((_, nth) => nth !== at);
  return at < 0 ? [...list, by] : list.map((each, nth) => (nth === at ? by : each));
}

function fieldOf(document: Case, at: FieldPlace): unknown {
  const [noun, field] = at.split(".") as [keyof Case, string | undefined];
  const held = document[noun] as unknown;
  return (field ? (held as Record<string, unknown>)[field] : held) ?? null;
}

function withField(document: Case, at: FieldPlace, value: unknown): Case {
  const [noun, field] = at.split(".") as [keyof Case, string | undefined];
  return { ...document, [noun]: field ? { ...(document[noun] as object), [field]: value } : value } as Case;
}

/** Whether two plain values say the same, whatever the order of their keys. */
export function same(one: unknown, other: unknown): boolean {
  return inOrder(one) === inOrder(other);
}

const inOrder = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, held: unknown) =>
    held && typeof held === "object" && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([one], [other]) => (one < other ? -1 : 1)))
      : held,
  );
