import { useCase } from "@/case/open";
import { Sign } from "@/look/alarm";
import { moment } from "@/look/moment";
import { useDecisions } from "../model/decisions";
import { counted, optionWords } from "../words";
import type { DecisionView as Kept } from "../nouns";

/** What was decided on this case, as it is recorded: for everybody to read before the next case comes. */
export function DecisionView() {
  const decisions = useDecisions();
  const standing = decisions.filter((each) => each.state !== "superseded");
  const before = decisions.length - standing.length;
  return (
    <div class="board-decisions">
      {standing.map((each) => (
        <Recorded key={each.decision.id} kept={each} />
      ))}
      {before > 0 && <p class="quiet">{counted(before, "earlier decision")} replaced by it; on the page of the case.</p>}
    </div>
  );
}

function Recorded({ kept }: { kept: Kept }) {
  const one = kept.decision;
  const { page } = useCase();
  const words = ({ act, called }: { act: string; called?: string }) => called || optionWords(page.value, act, one.lesion);
  return (
    <article class="board-decision">
      <p class="quiet">
        lesion {one.lesion} · {one.way}{kept.state !== "stands" && <strong> · {kept.state}</strong>} · recorded by {one.by}, {moment(one.at)}
      </p>
      <p class="board-chosen">{one.chosen ? words(one.chosen) : <span class="unknown-said">no option was chosen</span>}</p>
      {one.chosen && (
        <p>
          {one.chosen.plan && <strong>{one.chosen.plan}. </strong>}
          {one.chosen.because}
        </p>
      )}
      <dl class="board-effects">
        {one.rejected.map((each) => (
          <>
            <dt>not {words(each)}</dt>
            <dd>{each.because}</dd>
          </>
        ))}
      </dl>
      <p>
        <span class="quiet">answers for it </span>
        <strong>{one.responsible ?? <span class="unknown-said">nobody named</span>}</strong> <span class="quiet">by </span>
        <strong>{one.deadline ?? <span class="unknown-said">no day set</span>}</strong>
      </p>
      {one.overrides.map((each) => (
        <p key={each.stop}>
          <Sign degree="stop">{each.stop} overridden</Sign> by {each.by}: “{each.because}”
        </p>
      ))}
      {one.dissent.map((each) => (
        <p key={each.name}>
          <Sign degree="caution">{each.name} dissents</Sign>: “{each.because}”
        </p>
      ))}
      {kept.missing.length > 0 && (
        <p>
          <Sign degree="caution">not stated</Sign> {kept.missing.join(" · ")}
        </p>
      )}
    </article>
  );
}
