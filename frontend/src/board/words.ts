import type { CasePage } from "@/case/nouns";
import type { Joined, Specialty } from "./nouns";

/** Whom the full board asks (MDT-01), in the words of the record. */
export const SPECIALTIES = [
  "spine surgeon", "radiation oncologist", "medical or haemato-oncologist", "radiologist", "pathologist", "plastic surgeon", "vascular surgeon",
  "thoracic surgeon", "colorectal surgeon", "urological surgeon", "palliative care", "rehabilitation",
] as const satisfies readonly Specialty[];

/** Those of them whom it always asks; the others by plan, but for its standing members. */
export const MEMBERS: readonly string[] = SPECIALTIES.slice(0, 5);
export const STANDING: readonly string[] = SPECIALTIES.slice(-2);

export const HOW = ["in the room", "by phone", "by video"] as const satisfies readonly Joined[];

/** "2 cases", "1 case". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Which of these is nobody of the attendance. */
export const absent = (of: readonly string[], attendance: readonly { specialty: string }[]): string[] => of.filter((each) => !attendance.some((one) => one.specialty === each));

/** What a case is called on a list: "T8 · renal cell carcinoma", or its id. */
export const titleOf = (caseId: string, headline: string | undefined): string => headline || `Case ${caseId}`;

/** An option of the result as it is spoken of; of one that the result does not have, its act. */
export const optionWords = (page: CasePage | null, act: string, lesion = ""): string =>
  page?.report.options.find(({ choice }) => choice.act === act && (!lesion || choice.about === lesion))?.choice.words ?? act;
