import type { ComponentChildren } from "preact";
import { Sign } from "@/look/alarm";
import { moment } from "@/look/moment";
import type { DecisionView } from "../nouns";
import { counted } from "../words";

/** A decision in few lines: what, who answers for it till when, and what stays open. */
export const Decided = ({ kept, children }: { kept: DecisionView; children?: ComponentChildren }) => {
  const { decision } = kept;
  const { chosen, dissent, overrides } = decision;
  return (
    <div class="board-decided small">
      <p>
        <strong>{chosen ? [chosen.called || chosen.act, chosen.plan].filter(Boolean).join(": ") : "no option was chosen"}</strong> <span class="quiet">lesion {decision.lesion}</span>{" "}
        {kept.state !== "stands" && <Sign degree={kept.state === "to be ratified" ? "urgent" : "note"}>{kept.state}</Sign>}
      </p>
      <p>
        {decision.responsible ?? <span class="unknown-said">nobody named</span>}, by {decision.deadline ?? <span class="unknown-said">no day</span>} · {counted(kept.tasks.length, "task")}
        {overrides.length > 0 && ` · ${overrides.map((each) => each.stop).join(", ")} overridden`}
        {dissent.length > 0 && ` · ${dissent.map((each) => each.name).join(", ")} dissents`}
      </p>
      {kept.missing.length > 0 && (
        <p>
          <Sign degree="caution">not stated</Sign> {kept.missing.join(" · ")}
        </p>
      )}
      <p class="quiet">
        recorded by {decision.by}, {moment(decision.at)}, on version {(decision.confirmed ?? decision.of).version}
      </p>
      {children}
    </div>
  );
};

/** What the version that was decided on gives again and again, to the byte. */
const PAPERS = [["minutes", "Minutes"], ["case", "Case on one page"], ["cut-sheet", "Cut sheet"], ["tasks", "Tasks"]] as const;

export const DecisionPapers = ({ kept: { decision } }: { kept: DecisionView }) => (
  <p class="board-papers screen-only">
    {PAPERS.filter(([name]) => name !== "cut-sheet" || decision.chosen?.plan).map(([name, words]) => (
      <a key={name} href={`/api/v1/cases/${encodeURIComponent(decision.case)}/decisions/${encodeURIComponent(decision.id)}/documents/${name}.pdf`} target="_blank" rel="noopener">
        {words}
      </a>
    ))}
  </p>
);
