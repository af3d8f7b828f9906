import { isDay } from "@/look/day";
import type { CasePage, OptionRow, Rule } from "@/case/nouns";
import type { Attendance } from "../nouns";

/** What is typed into the form of a decision, as it is typed; nothing of it is recorded yet. */
export interface Form {
  lesion: string;
  certainty: string;
  noms: Statement;
  margin: Statement;
  /** The key of the option. */
  chosen: string;
  plan: string;
  because: string;
  /** The reason by the key of an option; an option without one is not rejected. */
  rejected: Readonly<Record<string, string>>;
  /** One item a line. */
  consent: string;
  responsible: string;
  deadline: string;
  emergency: string;
  attendance: readonly Attendance[];
  dissent: readonly Named[];
  /** The reason by the id of a stop. */
  overrides: Readonly<Record<string, string>>;
  disagreements: readonly (Named & { rule: string })[];
  tasks: readonly ToDo[];
}

/** Something that is stated, or why there is no such thing for this patient. */
export interface Statement {
  isNone: boolean;
  words: string;
}

export interface Named {
  name: string;
  because: string;
}

export interface ToDo {
  what: string;
  owner: string;
  due: string;
}

export const EMPTY: Form = {
  lesion: "", certainty: "", noms: { isNone: false, words: "" }, margin: { isNone: false, words: "" }, chosen: "", plan: "", because: "", rejected: {},
  consent: "", responsible: "", deadline: "", emergency: "", attendance: [], dissent: [], overrides: {}, disagreements: [], tasks: [],
};

/** Options are named by their act; those of another lesion are other options. */
export const optionsOf = (page: CasePage | null, lesion: string): OptionRow[] => (page?.report.options ?? []).filter(({ choice }) => lesionOf(choice.about) === lesion);

/** The id alone of "lesion A". */
export const lesionOf = (about: string): string => about.replace(/^lesion\s+/, "");

export const isRejected = (one: OptionRow): boolean => /reject/i.test(one.choice.standing);

/** The stops that hold for what is chosen: those of the case, and those of the option. Each once. */
export function stopsFor(page: CasePage | null, lesion: string, chosen: string): Rule[] {
  if (!page) return [];
  const option = optionsOf(page, lesion).find(({ choice }) => choice.act === chosen);
  const all = [...page.report.counsel.held.filter((held) => held.rule.degree === "stop" && isAbout(held.rule, lesion)).map((held) => held.rule), ...(option?.choice.held ?? [])];
  return all.filter((rule, nth) => all.findIndex((each) => each.id === rule.id) === nth);
}

/** About this lesion, or about the patient and so about each. */
const isAbout = (rule: Rule, lesion: string): boolean => (/^lesion ([A-Z]{1,2})\b/.exec(rule.about)?.[1] ?? lesion) === lesion;

/** The rules that spoke in this case, for a disagreement with one of them. */
export function rulesOf(page: CasePage | null): Rule[] {
  const counsel = page?.report.counsel;
  if (!counsel || !page) return [];
  const choices = page.report.options.flatMap(({ choice }) => [...choice.supports, ...choice.against, ...choice.held, ...choice.open, ...choice.risks]);
  const all = [...counsel.held.map((each) => each.rule), ...counsel.urgent.map((each) => each.rule), ...counsel.cautions, ...counsel.disagreements, ...counsel.rules, ...choices];
  return all.filter((rule, nth) => all.findIndex((each) => each.id === rule.id) === nth).sort((one, other) => one.id.localeCompare(other.id));
}

const FEWEST_LETTERS = 10;

/** What keeps the form from being recorded, by the place where it is to be mended; what MDT-04 misses does not. */
export function wrongIn(form: Form, way: "meeting" | "quorum by phone", wrongReason: (typed: string) => string): Map<string, string> {
  const wrong = new Map<string, string>();
  const reason = (place: string, typed: string) => {
    const said = wrongReason(typed);
    if (said) wrong.set(place, said);
  };
  if (form.chosen) reason("because", form.because);
  for (const [option, because] of Object.entries(form.rejected)) reason(`rejected ${option}`, because);
  for (const [stop, because] of Object.entries(form.overrides)) reason(`override ${stop}`, because);
  for (const [nth, one] of form.dissent.entries()) inNamed(wrong, `dissent ${nth}`, one, reason);
  for (const [nth, one] of form.disagreements.entries()) {
    inNamed(wrong, `disagreement ${nth}`, one, reason);
    if (!one.rule.trim()) wrong.set(`disagreement ${nth} rule`, "Name the rule.");
  }
  for (const [nth, one] of form.tasks.entries()) inTask(wrong, `task ${nth}`, one);
  if (form.deadline && !isDay(form.deadline)) wrong.set("deadline", A_DAY);
  if (way === "quorum by phone") inQuorum(wrong, form);
  return wrong;
}

const A_DAY = "Write a day, as 2026-11-20.";

function inNamed(wrong: Map<string, string>, place: string, one: Named, reason: (place: string, typed: string) => void): void {
  if (!one.name.trim()) wrong.set(`${place} name`, "Say who, by name.");
  reason(`${place} because`, one.because);
}

function inTask(wrong: Map<string, string>, place: string, one: ToDo): void {
  if (!one.what.trim()) wrong.set(`${place} what`, "Say what is to be done.");
  if (!one.owner) wrong.set(`${place} owner`, "Say who does it.");
  if (!isDay(one.due)) wrong.set(`${place} due`, one.due ? A_DAY : "Say by when.");
}

/** Who must be on the phone (MDT-03). */
export const QUORUM = ["spine surgeon", "radiation oncologist"] as const;

export const lackingOf = (attendance: readonly Pick<Attendance, "name" | "specialty">[]): string[] => QUORUM.filter((specialty) => !attendance.some((one) => one.specialty === specialty && one.name.trim()));

function inQuorum(wrong: Map<string, string>, form: Form): void {
  if ([...form.emergency].filter((each) => /\p{L}/u.test(each)).length < FEWEST_LETTERS) wrong.set("emergency", "Say in a sentence what could not wait for the meeting.");
  const lacking = lackingOf(form.attendance);
  if (lacking.length) wrong.set("attendance", `A quorum by phone needs its ${lacking.join(" and its ")}.`);
}

/** What MDT-04 asks for and nobody stated, in its words. */
export function missingIn(form: Form): string[] {
  const held: readonly (readonly [string, unknown])[] = [
    ["certainty of the diagnosis", form.certainty.trim()],
    ["cell of NOMS", form.noms.words.trim()],
    ["target margin by Enneking", form.margin.words.trim()],
    ["chosen option with the reason", form.chosen && form.because.trim()],
    ["rejected options with the reason", Object.values(form.rejected).some((each) => each.trim())],
    ["items of consent", form.consent.trim()],
    ["responsible person", form.responsible.trim()],
    ["deadline", form.deadline],
  ];
  return held.filter(([, given]) => !given).map(([words]) => words);
}

/** The lines of a text that say something. */
export const linesOf = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter(Boolean);
