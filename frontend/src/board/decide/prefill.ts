import type { CasePage } from "@/case/nouns";
import { EMPTY, isRejected, lesionOf, optionsOf, type Form, type Statement } from "./form";

/** The items of the form that the result can say something of. */
export type Prefilled = Pick<Form, "certainty" | "noms" | "margin" | "consent" | "deadline" | "rejected">;

const NOTHING: Prefilled = { certainty: EMPTY.certainty, noms: EMPTY.noms, margin: EMPTY.margin, consent: "", deadline: "", rejected: {} };

/**
 * What the result says of the items of MDT-04, and nothing else: neither the choice nor who answers for it is ever filled in.
 * What it says only under a condition, or calls unknown, stays open.
 */
export function prefilled(page: CasePage | null, lesion: string): Prefilled {
  const found = page?.report.counsel.minutes.find((each) => lesionOf(each.about) === lesion);
  if (!page || !found) return NOTHING;
  const said = (label: string): readonly string[] => found.lines.find((line) => line.label === label)?.lines ?? [];
  return {
    certainty: said("Certainty of the diagnosis").join("; "),
    noms: cell(said("Cell of NOMS").join(" · ")),
    margin: margin(said("Target margin").join(" ")),
    consent: said("Items of consent").join("\n"),
    deadline: dayIn(said("Deadline").join(" ")),
    rejected: Object.fromEntries(optionsOf(page, lesion).filter(isRejected).map(({ choice }) => [choice.act, choice.because])),
  };
}

function cell(words: string): Statement {
  if (/^outside\b/.test(words)) return { isNone: true, words };
  return { isNone: false, words: /if it turns out so/.test(words) ? "" : words };
}

const margin = (words: string): Statement => ({ isNone: false, words: /^(unknown|none named)/.test(words) ? "" : words });

const dayIn = (words: string): string => /\d{4}-\d{2}-\d{2}/.exec(words)?.[0] ?? "";

/** Whether a text stands as the result says it; then it is marked so. */
export const isFromResult = (typed: string, said: string): boolean => said !== "" && typed.trim() === said.trim();
