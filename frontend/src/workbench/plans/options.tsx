import { Fold } from "@/case/parts";
import { Sign } from "@/look/alarm";
import { DraftWord } from "@/look/values";
import type { Operation } from "../nouns";
import { degreeOfMargin } from "./degree";
import { marginWords, readiness, riskWords } from "./words";
import type { Planning } from "./planning";

/** The operations beside each other, one line each; the one that is looked at is chosen here. */
export function Options({ planning }: { planning: Planning }) {
  const items = planning.operations.value?.items ?? [];
  const feasible = items.filter((each) => each.feasible);
  const refused = items.filter((each) => !each.feasible);
  return (
    <fieldset class="bench-options">
      <legend class="unseen">Operation that is looked at</legend>
      <div class="bench-option is-head small quiet" aria-hidden="true">
        <span>operation</span>
        <span>margin</span>
        <span>entered</span>
        <span>ready?</span>
      </div>
      {feasible.map((each) => (
        <Option key={each.id} one={each} planning={planning} />
      ))}
      {feasible.length === 0 && <p class="quiet">No operation is feasible here.</p>}
      {refused.length > 0 && (
        <Fold title={`${refused.length} not feasible here`} isOpen={refused.some((each) => each.id === planning.chosenId.value)}>
          {refused.map((each) => (
            <Option key={each.id} one={each} planning={planning} />
          ))}
        </Fold>
      )}
    </fieldset>
  );
}

function Option({ one, planning }: { one: Operation; planning: Planning }) {
  const isChosen = planning.chosenId.value === one.id;
  const degree = one.margin && degreeOfMargin(one.margin);
  return (
    <label class={`bench-option ${isChosen ? "is-chosen" : ""} ${one.feasible ? "" : "is-refused"}`}>
      <span class="bench-option-name">
        <input type="radio" name="bench-operation" checked={isChosen} onChange={() => planning.choose(one.id)} /> {one.id} {one.is_draft && <DraftWord />}
      </span>
      {one.feasible ? (
        <>
          <span class="nowrap">{one.margin ? degree ? <Sign degree={degree}>{marginWords(one.margin)}</Sign> : marginWords(one.margin) : <span class="quiet">none</span>}</span>
          <span class="nowrap">{riskWords(one.risks[0])}</span>
          <span class={one.is_ready ? "" : "is-not-ready"}>{readiness(one)}</span>
        </>
      ) : (
        <span class="small quiet bench-option-why">{one.reasons.join("; ") || "reason unknown"}</span>
      )}
    </label>
  );
}
