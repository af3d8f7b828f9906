import type { BenchView, Structure } from "../nouns";
import type { Paints } from "./painting";

/** What lies above what, the lowest first; the names of tokens. */
const RANKS = ["quiet", "bone", "disc", "dura", "vein", "implant", "artery", "cord", "root", "tumour"];
const TOKENS: Readonly<Record<string, string>> = { dura: "sac" };

/** The colour of each structure, as the look names it, the lowest first. */
export function coloursOf(structures: readonly Structure[]): ReadonlyMap<number, string> {
  const ordered = [...structures].sort((one, other) => RANKS.indexOf(one.colour) - RANKS.indexOf(other.colour));
  return new Map(ordered.map(({ value, colour }) => [value, `var(--${TOKENS[colour] ?? colour})`]));
}

/** What each value is drawn as: tumour in bone as tumour, or as the bone where the tumour is hidden. */
export function shownAs(structures: readonly Structure[], share: (structure: Structure) => number): Uint16Array {
  const by = new Map(structures.map((each) => [each.value, each]));
  const isSeen = (value: number) => {
    const found = by.get(value);
    return found !== undefined && share(found) > 0;
  };
  const found = new Uint16Array(65536);
  for (const { value, shown_as, beneath } of structures) found[value] = isSeen(shown_as) ? shown_as : beneath && isSeen(beneath) ? beneath : 0;
  return found;
}

/** Painting and erasing with a structure. What may not be edited is left as it is; erasing takes this structure and no other. */
export function paintsOf(brush: Structure, structures: readonly Structure[], becomings: BenchView["paints"]): Paints {
  const by = new Map(structures.map((each) => [each.value, each]));
  const table = new Map(becomings.map((each) => [each.brush * 65536 + each.onto, each.becomes]));
  const becomes = (value: number, onto: number) => table.get(value * 65536 + onto) ?? value;
  const mayTouch = (onto: number) => onto === 0 || by.get(onto)?.is_editable !== false;
  return {
    brush: brush.value,
    name: brush.name,
    paint: (onto) => (mayTouch(onto) ? becomes(brush.value, onto) : null),
    erase: (onto) => (by.get(onto)?.shown_as === brush.value ? becomes(0, onto) : null),
  };
}

export const levelsByValue = (structures: readonly Structure[]): ReadonlyMap<number, string> =>
  new Map(structures.filter((each) => each.level).map((each) => [each.value, each.level]));
