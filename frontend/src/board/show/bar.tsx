import { Key } from "@/look/values";
import type { Showing } from "./showing";
import { firsts, GROUPS } from "./views";

/** Which view, who shows it, and the few keys that everybody needs. */
export function Bar({ showing }: { showing: Showing }) {
  const { view } = showing.at.value;
  return (
    <footer class="board-bar">
      <nav class="board-views" aria-label="Views of the case">
        {firsts(showing.views.value).map((each) => (
          <button key={each.name} type="button" aria-current={each.group === view.group ? "true" : undefined} onClick={() => showing.goTo({ case_id: showing.seen.value.at.case_id, view: each.name })}>
            {GROUPS[each.group]}
            {each.group === view.group && view.of > 1 && ` ${view.nth + 1}/${view.of}`}
          </button>
        ))}
      </nav>
      <Stand showing={showing} />
      <Acts showing={showing} />
    </footer>
  );
}

/** How this screen stands to the board's: never left to be guessed. */
function Stand({ showing }: { showing: Showing }) {
  const { stand, shown } = showing.seen.value;
  const by = showing.meeting.shown.value?.by;
  const shownWords = shown ? showing.caseWords(shown.case_id) : "";
  if (stand === "presenting") {
    return (
      <span class="board-stand" role="status">
        <i class="dot" /> You present
      </span>
    );
  }
  if (stand === "elsewhere" && shown) {
    return (
      <span class="board-stand is-elsewhere" role="status">
        <i class="dot" /> You look elsewhere
        <button type="button" class="button compact" onClick={showing.comeBack}>
          Return to {shownWords} <Key>R</Key>
        </button>
      </span>
    );
  }
  return (
    <span class="board-stand" role="status">
      {shown ? (
        <>
          <i class="dot" /> You see what {by ? `${showing.meeting.nameOf(by)} shows` : "is shown"}
        </>
      ) : (
        <span class="quiet">nobody presents</span>
      )}
    </span>
  );
}

const Acts = ({ showing }: { showing: Showing }) => (
  <span class="board-acts">
    {showing.mayPresent && showing.seen.value.stand !== "presenting" && (
      <button type="button" class="button compact" onClick={showing.present}>
        Present <Key>P</Key>
      </button>
    )}
    {showing.meeting.may("decide") && (
      <button type="button" class="button compact first" onClick={showing.decide}>
        Decide <Key>D</Key>
      </button>
    )}
    <button type="button" class="button compact" onClick={() => (showing.floats.value = "vote")}>
      Vote <Key>V</Key>
    </button>
    <button type="button" class="button compact plain" onClick={() => (showing.floats.value = "keys")}>
      Keys <Key>?</Key>
    </button>
    <a class="button compact plain" href={showing.meeting.pageAt}>
      Leave <Key>Esc</Key>
    </a>
  </span>
);
