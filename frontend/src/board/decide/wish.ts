import type { Rule } from "@/case/nouns";
import type { NewDecision, Stated } from "../nouns";
import { linesOf, type Form, type Statement } from "./form";
import type { Presented } from "./kept";

interface Around {
  way: NewDecision["way"];
  meetingId: string;
  presented: Presented;
  confirmed: { newest: number; result: string } | null;
  supersedes: string;
  /** The stops that hold for what is chosen: a reason typed for another option overrides nothing. */
  stops: readonly Pick<Rule, "id" | "about">[];
}

/** What is sent: what somebody stated, and nothing in the place of what nobody did. */
export const wishOf = (form: Form, { way, meetingId, presented, confirmed, supersedes, stops }: Around): NewDecision =>
  ({
    lesion: form.lesion,
    way,
    meeting_id: meetingId,
    of_version: presented.version,
    of_result: presented.result,
    confirmed_version: confirmed?.newest ?? null,
    confirmed_result: confirmed?.result ?? null,
    emergency: way === "meeting" ? "" : oneLine(form.emergency),
    attendance: way === "meeting" ? [] : form.attendance.filter((each) => each.name.trim()),
    certainty: oneLine(form.certainty) || null,
    noms: stated(form.noms),
    margin: stated(form.margin),
    chosen: form.chosen ? { act: form.chosen, plan: form.plan, because: oneLine(form.because) } : null,
    rejected: Object.entries(form.rejected).map(([act, because]) => ({ act, plan: "", because: oneLine(because) })),
    consent: linesOf(form.consent),
    responsible: oneLine(form.responsible) || null,
    deadline: form.deadline || null,
    dissent: form.dissent.map(({ name, because }) => ({ name: name.trim(), because: oneLine(because) })),
    overrides: stops.filter(({ id }) => id in form.overrides).map(({ id, about }) => ({ stop: id, about: placeOf(about), act: form.chosen, because: oneLine(form.overrides[id] ?? "") })),
    disagreements: form.disagreements.map(({ rule, name, because }) => ({ rule: rule.trim(), name: name.trim(), because: oneLine(because) })),
    tasks: form.tasks.map(({ what, owner, due }) => ({ what: oneLine(what), owner, due })),
    supersedes,
  }) as NewDecision;

const stated = ({ isNone, words }: Statement): Stated | null => {
  const said = oneLine(words);
  if (!said) return null;
  return isNone ? { words: "", why_none: said } : { words: said, why_none: "" };
};

/** As it is printed: on one line. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** As the record names it: a lesion by its id, else the patient. */
const placeOf = (about: string): string => /lesion ([A-Z]{1,2})/.exec(about)?.[1] ?? "patient";
