import { get } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { CasePage } from "@/case/nouns";
import { aboutWords } from "@/case/words";
import type { Measure } from "../nouns";

const OTHER = "Other measures";

/** The topic of each fact, as the page of the case groups its numbers; nothing where the case was not worked up. */
export async function topicsOf(caseId: string): Promise<ReadonlyMap<string, string>> {
  try {
    const page = await get<CasePage>(`/cases/${encodeURIComponent(caseId)}/page`);
    return new Map(page.numbers.filter((each) => each.topic).map((each) => [each.fact, each.topic]));
  } catch (thrown) {
    if (asProblem(thrown).status === 404) return new Map();
    throw thrown;
  }
}

/** The measures by topic, in the order of the topics; where there are none, by what they are about. */
export function groupedBy(measures: readonly Measure[], topics: ReadonlyMap<string, string>): readonly (readonly [string, readonly Measure[]])[] {
  const nameOf = (each: Measure) => (topics.size ? (topics.get(each.fact) ?? OTHER) : aboutWords(each.about));
  const order = topics.size ? [...new Set(topics.values()), OTHER] : measures.map(nameOf).sort(lesionsFirst);
  const found = new Map<string, Measure[]>(order.map((each) => [each, []]));
  for (const each of measures) found.get(nameOf(each))?.push(each);
  return [...found].filter(([, items]) => items.length > 0);
}

const lesionsFirst = (one: string, other: string): number => Number(other.startsWith("lesion")) - Number(one.startsWith("lesion"));
