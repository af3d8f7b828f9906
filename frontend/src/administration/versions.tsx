import type { Versions as Running } from "@/api/types";
import { useFetched } from "@/look/fetched";
import { Failed, Waiting } from "@/look/states";

/** How far a rule was compared with its source, in words. */
const MARKS: Readonly<Record<string, string>> = {
  V: "read in the source",
  V2: "read in a copy or a quotation of the source",
  U: "drafts: written from memory, not read in the source yet",
  project: "of our own, stated as such",
};

/** What runs here: software, rules, libraries. */
export function Versions() {
  const { value: running, problem, again } = useFetched<Running>("/versions");
  if (problem) return <Failed title={problem.title} remedy={problem.remedy} onRetry={again} />;
  if (!running) return <Waiting />;
  return (
    <>
      <header class="part-head">
        <h1>Versions</h1>
      </header>
      <dl class="pairs">
        <dt>enbloc</dt>
        <dd>
          <strong>{running.enbloc}</strong>
        </dd>
        <dt>Record</dt>
        <dd>revision {running.revision}</dd>
        <dt>Rules</dt>
        <dd>
          <strong>{running.rules.total}</strong> rules, version {running.rules.version}
          <ul class="plain">
            {Object.entries(running.rules.by_mark).map(([mark, count]) => (
              <li key={mark}>
                {count} <span class={mark === "U" ? "draft-word" : "tag"}>{mark}</span> <span class="quiet">{MARKS[mark] ?? ""}</span>
              </li>
            ))}
          </ul>
        </dd>
        <dt>Python</dt>
        <dd>{running.python}</dd>
        {Object.entries(running.libraries).map(([name, version]) => (
          <>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </>
        ))}
      </dl>
      <p class="quiet">A result carries the versions it was computed with; an older one stays as it was until somebody computes it anew.</p>
    </>
  );
}
