import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get } from "@/api/client";
import { moment } from "../model/clock";
import type { Saved } from "../nouns";
import { useCase } from "../open";
import { Section } from "../parts";

const FIRST = 5;

/** The latest versions: who saved what, and why. */
export function History() {
  const { id, view } = useCase();
  const saved = useSignal<Saved[]>([]);
  const newest = view.value?.newest;
  const at = `/case/${encodeURIComponent(id)}`;
  useEffect(() => {
    const after = Math.max(0, (newest ?? 0) - FIRST); // versions come oldest first
    get<{ items: Saved[] }>(`/cases/${encodeURIComponent(id)}/versions?limit=${FIRST}&after=${after}`).then(
      ({ items }) => (saved.value = latestFirst(items)),
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

export const latestFirst = (items: readonly Saved[]): Saved[] => [...items].sort((one, other) => other.version - one.version);
