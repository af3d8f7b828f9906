import type { FilledForm } from "../nouns";

export const DERMATOMES = [
  "C2", "C3", "C4", "C5", "C6", "C7", "C8", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12",
  "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4-5",
] as const;
export const KEY_MUSCLES: Readonly<Record<string, string>> = {
  C5: "elbow flexors", C6: "wrist extensors", C7: "elbow extensors", C8: "finger flexors", T1: "finger abductors",
  L2: "hip flexors", L3: "knee extensors", L4: "ankle dorsiflexors", L5: "long toe extensors", S1: "ankle plantar flexors",
};
export const SIDES = ["right", "left"] as const;
export const PARTS = ["light touch", "pin prick", "motor"] as const;
export const ANAL = ["voluntary anal contraction", "deep anal pressure"] as const;
export const EARLIER = "earlier_deficit";
export const NON_KEY = "lowest non-key muscle";

export type Side = (typeof SIDES)[number];
export type Part = (typeof PARTS)[number];

/** The answers of a form by key (`right_pin_prick_S4_5`); what is left out is unknown. Scores as written: "2", "NT", "1*". */
export type Scores = Readonly<Record<string, string>>;

export const keyOf = (...words: string[]): string => words.join("_").replaceAll(" ", "_").replaceAll("-", "_");

const FULL: Record<Part, number> = { "light touch": 2, "pin prick": 2, motor: 5 };

/** What is wrong with a typed score; empty where it fits or nothing is typed. */
export function wrongScore(part: Part, typed: string): string {
  if (typed === "") return "";
  const found = /^(NT|\d)(\*{0,2})$/.exec(typed);
  if (!found || (found[1] !== "NT" && Number(found[1]) > FULL[part])) return `0 to ${FULL[part]} or NT, with * or ** for another cause`;
  return found[2] && Number(found[1]) === FULL[part] ? "Tag only scores below normal." : "";
}

/** What a key press makes of a score: digits set it, n is not testable, * tags it, space and backspace clear it. */
export function pressed(part: Part, now: string, key: string): string | null {
  if (/^\d$/.test(key)) return Number(key) <= FULL[part] ? key : null;
  if (key.toLowerCase() === "n") return "NT";
  if (key === "Backspace" || key === "Delete" || key === " ") return "";
  if (key !== "*" || now === "") return null;
  const tagged = now.endsWith("**") ? now.slice(0, -2) : `${now}*`;
  return wrongScore(part, tagged) ? null : tagged;
}

/** Every normal score; the anal findings stay unknown. */
export function allNormal(): Scores {
  const found: Record<string, string> = {};
  for (const side of SIDES) {
    for (const segment of DERMATOMES) {
      found[keyOf(side, "light touch", segment)] = "2";
      found[keyOf(side, "pin prick", segment)] = "2";
    }
    for (const segment of Object.keys(KEY_MUSCLES)) found[keyOf(side, "motor", segment)] = "5";
  }
  return found;
}

/** As the case holds it: in blocks by side and part, numbers as numbers, what is unknown left out. */
export function answersOf(scores: Scores): FilledForm["answers"] {
  const answers: Record<string, unknown> = {};
  for (const side of SIDES) {
    const parts: Record<string, unknown> = {};
    for (const part of PARTS) {
      const held = DERMATOMES.flatMap((segment) => {
        const score = scores[keyOf(side, part, segment)];
        return score ? [[segment, /^\d$/.test(score) ? Number(score) : score] as const] : [];
      });
      if (held.length) parts[part] = Object.fromEntries(held);
    }
    const lowest = scores[keyOf(side, NON_KEY)];
    if (lowest) parts[NON_KEY] = lowest;
    if (Object.keys(parts).length) answers[side] = parts;
  }
  for (const name of [...ANAL, EARLIER]) {
    const said = scores[keyOf(name)];
    if (said) answers[name] = said;
  }
  return answers as FilledForm["answers"];
}

/** The scores of a form that the case holds, in blocks or flat. */
export function scoresOf(answers: FilledForm["answers"]): Scores {
  const found: Record<string, string> = {};
  const take = (key: string, held: unknown) => {
    if (held && typeof held === "object") for (const [name, each] of Object.entries(held)) take(keyOf(key, name), each);
    else if (typeof held === "boolean") found[key] = held ? "yes" : "no";
    else if (held !== "unknown") found[key] = String(held);
  };
  for (const [name, held] of Object.entries(answers)) take(keyOf(name), held);
  return found;
}

/** How many of the 132 scores and two anal findings are given. */
export const given = (scores: Scores): number => Object.entries(scores).filter(([key, score]) => score && key !== EARLIER && !key.includes("non_key")).length;
export const WHOLE = 2 * (2 * DERMATOMES.length + Object.keys(KEY_MUSCLES).length) + ANAL.length;
