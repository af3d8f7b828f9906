import type { Structure } from "../nouns";

const WORDS: Record<string, string> = {
  tumour: "Tumour", vertebra: "Vertebrae", bone: "Ribs and other bone", disc: "Discs", cord: "Cord", dura: "Canal and dural sac", root: "Nerve roots", artery: "Arteries", vein: "Veins and organs", implant: "Implants",
};

export interface Group {
  kind: string;
  words: string;
  items: readonly Structure[];
}

/** The colour of a structure; the dural sac and the canal have that of the sac. */
export const colourOf = ({ colour }: Pick<Structure, "colour">): string => `var(--${colour === "dura" ? "sac" : colour})`;

/** Whether it is a whole vertebra: only those have names that can be given otherwise. */
export const isVertebra = ({ name, level }: Pick<Structure, "name" | "level">): boolean => level !== "" && name === `vertebra ${level}`;

const kindOf = (structure: Structure): string => (isVertebra(structure) ? "vertebra" : structure.colour);

/** The structures that can be seen, by their kind; what one only sees inside another stands with that. */
export function groupsOf(structures: readonly Structure[]): readonly Group[] {
  const shown = structures.filter((each) => each.is_brush && each.is_present);
  const kinds = [...new Set([...Object.keys(WORDS), ...shown.map(kindOf)])];
  return kinds.map((kind) => ({ kind, words: WORDS[kind] ?? "Other", items: shown.filter((each) => kindOf(each) === kind) })).filter((each) => each.items.length > 0);
}

/** The values that are seen as this structure: its own, and those of a tumour in bone. */
export const valuesOf = (structure: Structure, all: readonly Structure[]): readonly number[] =>
  all.filter((each) => each.shown_as === structure.value).map((each) => each.value);

/** The levels whose vertebra is labelled, from the head down. */
export function levelsOf(structures: readonly Structure[]): readonly string[] {
  const found = new Set(structures.filter((each) => each.is_brush && each.is_present && isVertebra(each)).map((each) => each.level));
  return LEVELS.filter((each) => found.has(each));
}

/** Every level of a spine, with those that some people have. */
export const LEVELS: readonly string[] = [
  ...numbered("C", 7), ...numbered("T", 13), ...numbered("L", 6), ...numbered("S", 5),
];

function numbered(region: string, last: number): string[] {
  return Array.from({ length: last }, (_, nth) => `${region}${nth + 1}`);
}
