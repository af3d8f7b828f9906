import { useCase } from "@/case/open";
import type { PictureRef } from "@/case/nouns";
import { Sign } from "@/look/alarm";
import { Picture } from "@/case/evidence/picture";
import type { View } from "./views";
import { ChangesView } from "./changes_view";
import { DecisionView } from "./decision_view";
import { OnePage } from "./one_page";
import { OperationsView } from "./operations_view";
import { OptionsView } from "./options_view";
import { ScoresView } from "./scores_view";

/** What stands on the wall: one view of one case, as large as the screen allows. */
export function Stage({ view }: { view: View }) {
  switch (view.group) {
    case "story": return <OnePage />;
    case "pictures":
    case "evidence":
    case "cuts": return <Pictures view={view} />;
    case "scores": return <ScoresView />;
    case "options": return <OptionsView />;
    case "changes": return <ChangesView />;
    case "operations": return <OperationsView />;
    case "decision": return <DecisionView />;
  }
}

/** Pictures beside each other. What a picture says of itself stands in it; of evidence the numbers are set large beside it. */
const Pictures = ({ view }: { view: View }) => (
  <div class={`board-pictures is-${view.group}`}>
    {view.pictures.map((picture) => (
      <figure key={picture.name} class="board-picture">
        <Picture picture={picture} />
        {view.group === "evidence" && <Numbers picture={picture} />}
      </figure>
    ))}
  </div>
);

/** The rows below a picture are too small for a wall and are cut off on it: here they stand whole. */
function Numbers({ picture }: { picture: PictureRef }) {
  const numbers = useCase().page.value?.numbers.filter((each) => picture.facts.includes(each.key)) ?? [];
  return (
    <figcaption>
      <strong>{picture.title}</strong>
      <span class="board-beneath">{picture.caption}</span>
      {/level not verified/.test(picture.alt) && <Sign degree="caution">level not verified</Sign>}
      <dl class="board-read">
        {numbers.map((each) => (
          <>
            <dt>{each.words}</dt>
            <dd>
              {each.overruled && <s class="struck">{each.overruled}</s>}
              <span class={`value ${each.kind}`}>{each.shown}</span> <span class="quiet small nowrap">{each.interval}</span>
            </dd>
          </>
        ))}
      </dl>
    </figcaption>
  );
}
