import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get } from "@/api/client";
import { moment } from "../model/clock";
import type { Saved } from "../nouns";
import { useCase } from "../open";
import { Section } from "../parts";

const FIRST = 5;

/** The versions of a case as they are handed out, and how those who saved them are printed. */
export interface SavedPage {
  items: Saved[];
  names: Record<string, string>;
  next: string;
}

/** The same with printed names, the latest first. */
export const latestFirst = ({ items, names }: Pick<SavedPage, "items" | "names">): Saved[] =>
  items.map((each) => ({ ...each, by: names[each.by] ?? each.by })).sort((one, other) => other.version - one.version);

/** The latest versions: who saved what, and why. */
export function History() {
  const { id, view } = useCase();
  const saved = useSignal<Saved[]>([]);
  const newest = view.value?.newest;
  const at = `/case/${encodeURIComponent(id)}`;
  useEffect(() => {
    const after = Math.max(0, (newest ?? 0) - FIRST); // versions come oldest first
    get<SavedPage>(`/cases/${encodeURIComponent(id)}/versions?limit=${FIRST}&after=${after}`).then(
      (page) => (saved.value = latestFirst(page)),
      () => undefined, // the list is a convenience; the page of versions tells what is wrong
    );
  }, [newest]);
  return (
    <Section id="versions" title="Versions" action={<a class="small" href={`${at}/versions`}>All, and compare</a>}>
      <ol class="saved plain small">
        {saved.value.slice(0, FIRST).map((each) => (
          <li key={each.version}>
            <strong>{each.version}</strong> {each.by}, {moment(each.at)}
            <br />
            <span class="quiet" dir="auto">{each.because}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
