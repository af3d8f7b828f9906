import type { CasePage, PictureRef } from "@/case/nouns";

/** One thing to look at of a case: its name goes over the wire, its words stand in the bar below. */
export interface View {
  name: string;
  group: Group;
  /** Of several of one group, which. */
  nth: number;
  of: number;
  pictures: readonly PictureRef[];
}

export type Group = "story" | "pictures" | "scores" | "evidence" | "options" | "changes" | "operations" | "cuts" | "decision";

export const GROUPS: Readonly<Record<Group, string>> = {
  story: "One page",
  pictures: "Pictures",
  scores: "Scores",
  evidence: "Evidence",
  options: "Options",
  changes: "Would change it",
  operations: "Operations",
  cuts: "Cuts",
  decision: "Decision",
};

/** So many upright pictures fill a wide screen, and can still be read from four metres. */
const ON_ONE: Partial<Record<Group, number>> = { evidence: 2 };
const ON_OTHERS = 3;

const chunked = <T>(list: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(list.length / size) }, (_, nth) => list.slice(nth * size, (nth + 1) * size));

const paged = (group: Group, pictures: readonly PictureRef[]): View[] => {
  const pages = chunked(pictures, ON_ONE[group] ?? ON_OTHERS);
  return pages.map((each, nth) => ({ name: nth ? `${group}-${nth + 1}` : group, group, nth, of: pages.length, pictures: each }));
};

const alone = (group: Group): View => ({ name: group, group, nth: 0, of: 1, pictures: [] });

const isOfCuts = (each: PictureRef): boolean => each.kind === "margin map" || /-margin$|surgeon/.test(each.name);

/** The pictures that the items of the scores were read from, in the order of the items; the others are on the page of the case. */
function evidenceOf({ report, numbers, pictures }: CasePage): PictureRef[] {
  const read = new Set(report.scores.flatMap((card) => card.marks.flatMap((mark) => mark.facts)));
  const named = numbers.filter((each) => read.has(each.key)).map((each) => each.picture);
  return [...new Set(named)].flatMap((name) => pictures.find((each) => each.name === name && each.kind === "evidence") ?? []);
}

/** Everything that can be looked at of a case, in the order in which a board goes through it. */
export function viewsOf(page: CasePage | null, isDecided: boolean): View[] {
  const decision = isDecided ? [alone("decision")] : [];
  if (!page) return [alone("story"), ...decision];
  const { report, pictures } = page;
  const seen = (kind: PictureRef["kind"]) => pictures.filter((each) => each.kind === kind && !isOfCuts(each));
  return [
    alone("story"),
    ...paged("pictures", [...seen("slice"), ...seen("solid")]),
    ...(report.scores.length ? [alone("scores")] : []),
    ...paged("evidence", evidenceOf(page)),
    ...(report.options.length ? [alone("options")] : []),
    alone("changes"),
    ...(report.compared.length || report.plans.length || report.unplanned ? [alone("operations")] : []),
    ...paged("cuts", pictures.filter(isOfCuts)),
    ...decision,
  ];
}

/** The view of this name; of a name that the case does not have, the first. */
export const viewNamed = (views: readonly View[], name: string): View => views.find((each) => each.name === name) ?? (views[0] as View);

/** The view so many steps on; at an end it stays. */
export function stepped(views: readonly View[], name: string, by: number): View {
  const at = views.findIndex((each) => each.name === name);
  return views[Math.min(Math.max(Math.max(at, 0) + by, 0), views.length - 1)] as View;
}

/** The groups there are, each with its first view. */
export const firsts = (views: readonly View[]): View[] => views.filter((each) => each.nth === 0);
