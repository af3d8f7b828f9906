import type { Lesion } from "../nouns";

export type Level = Lesion["levels"][number];

const LEVEL = /^(O|Co|C[1-7]|T([1-9]|1[0-3])|L[1-6]|S[1-5])$/;

/** Levels as typed: "T8", "T7 T8", "t7, t8"; what is no level is named. */
export function readLevels(typed: string): { levels: Level[]; wrong: string } {
  const words = typed.split(/[\s,]+/).filter(Boolean).map((each) => (/^co$/i.test(each) ? "Co" : each.toUpperCase()));
  const strange = words.find((each) => !LEVEL.test(each));
  return strange ? { levels: [], wrong: `${strange} is no level: write T8, or T7 T8.` } : { levels: [...new Set(words)] as Level[], wrong: "" };
}
