import { signal } from "@preact/signals";
import type { Held, Lesion, Numbered, Rule, Treatment } from "./nouns";

/** What floats above the page; one thing at a time. */
export type Shown =
  | { kind: "evidence"; title: string; facts: readonly string[]; picture?: string }
  | { kind: "rule"; rule: Rule }
  | { kind: "enter"; fact?: string; about?: string; words?: string }
  | { kind: "overrule"; number: Numbered }
  | { kind: "override"; held: Held }
  | { kind: "confirm"; of: "labels" | "level" }
  | { kind: "lesion"; lesion: Lesion | null }
  | { kind: "treatment"; treatment: Treatment | null }
  | { kind: "story" }
  | { kind: "neurology" }
  | { kind: "isncsci" };

export const shows = signal<Shown | null>(null);
export const show = (what: Shown): void => void (shows.value = what);
export const close = (): void => void (shows.value = null);
