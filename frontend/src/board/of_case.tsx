import "./board.css";
import { useEffect } from "preact/hooks";
import { useCase } from "@/case/open";
import { Section } from "@/case/parts";
import { useFetched } from "@/look/fetched";
import { may } from "@/shell/session";
import { Decided, DecisionPapers } from "./meeting/decided";
import type { Decisions } from "./nouns";

/** What was decided on the case, on its own page; and the way to a decision that cannot wait for a meeting. */
export function DecisionsOfCase() {
  const { id, view } = useCase();
  const decisions = useFetched<Decisions>(`/cases/${encodeURIComponent(id)}/decisions`);
  const newest = view.value?.newest;
  useEffect(decisions.again, [newest]);
  const items = decisions.value?.items.toReversed() ?? [];
  const hasLesion = (view.value?.document.lesions.length ?? 0) > 0;
  return (
    <Section
      id="decisions" title="Decisions"
      action={may("decide") && hasLesion && <a class="small" href={`/case/${encodeURIComponent(id)}/decide`} title="A quorum out of hours; a board ratifies it later (MDT-03)">Decide by phone</a>}
    >
      {items.map((each) => (
        <Decided key={each.decision.id} kept={each}>
          <DecisionPapers kept={each} />
        </Decided>
      ))}
      {decisions.value && items.length === 0 && <p class="quiet">No board has decided on it yet.</p>}
      {decisions.problem && <p class="quiet small">{decisions.problem.title}</p>}
    </Section>
  );
}
