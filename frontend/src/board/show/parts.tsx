import { Empty } from "@/look/states";
import type { OpenMeeting } from "../model/meeting";
import type { Rule } from "@/case/nouns";
import { DraftWord } from "@/look/values";

/** A case without a result is said to be one; nothing is drawn in its place. */
export const NotWorkedUp = () => (
  <Empty title="This case has no result yet.">
    <p class="quiet">Scores, options and pictures come with its work-up. It can be decided on what the record says.</p>
  </Empty>
);

/** Rules with what they ask, for a wall: nothing to click. */
export const Rules = ({ rules }: { rules: readonly Rule[] }) => (
  <ul class="board-rules plain">
    {rules.map((rule) => (
      <li key={rule.id + rule.about} class={rule.is_draft ? "is-draft" : ""}>
        <strong class="nowrap">{rule.id}</strong> {rule.is_draft && <DraftWord />} {rule.do || rule.statement}
        <span class="board-beneath">
          {rule.sources} · {rule.strength}
        </span>
      </li>
    ))}
  </ul>
);

/** A meeting without a case shows nothing, and says what to do. */
export const NothingOn = ({ meeting }: { meeting: OpenMeeting }) => (
  <Empty title="There is no case on the agenda.">
    <p class="quiet">A case that is added appears here at once. Cases that are closed to a team you are not of are not listed for you.</p>
    <a class="button first" href={meeting.pageAt}>
      To the agenda
    </a>
  </Empty>
);
