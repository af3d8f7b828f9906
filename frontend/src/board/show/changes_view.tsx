import type { Counsel } from "@/case/nouns";
import { useCase } from "@/case/open";
import { NotWorkedUp } from "./parts";

/** So many can be read on a wall; the page of the case has them all. */
const MOST_CHANGES = 14;
const MOST_ASKS = 16;

const More = ({ all, shown }: { all: number; shown: number }) => (all > shown ? <p class="quiet">and {all - shown} more, on the page of the case</p> : null);

/** Which answer would put another option first, or open or close a stop; beside it all that nobody knows yet. */
export function ChangesView() {
  const counsel = useCase().page.value?.report.counsel;
  if (!counsel) return <NotWorkedUp />;
  return (
    <div class="board-changes">
      <section>
        <h3>What would change it</h3>
        {counsel.nearest.map((each) => (
          <p key={each.about + each.words} class="board-nearest">
            <span class="quiet">nearest, {each.about}</span> {each.words}
          </p>
        ))}
        <dl class="board-effects">
          {counsel.changes.slice(0, MOST_CHANGES).map((row) => (
            <Row key={row.ask} row={row} />
          ))}
        </dl>
        <More all={counsel.changes.length} shown={MOST_CHANGES} />
        {counsel.changes.length + counsel.nearest.length === 0 && <p class="quiet">No single answer would, as far as the rules go.</p>}
      </section>
      <section>
        <h3>Not known</h3>
        <ol class="board-asks">
          {counsel.missing.slice(0, MOST_ASKS).map((ask) => (
            <li key={ask}>{ask}</li>
          ))}
        </ol>
        <More all={counsel.missing.length} shown={MOST_ASKS} />
        {counsel.missing.length === 0 && <p class="quiet">Nothing is asked for.</p>}
        {counsel.disagreements.length > 0 && <h3>Where sources disagree</h3>}
        {counsel.disagreements.map((rule) => (
          <p key={rule.id + rule.about}>
            <strong>{rule.id}</strong> {rule.do}
          </p>
        ))}
      </section>
    </div>
  );
}

const Row = ({ row }: { row: Counsel["changes"][number] }) => (
  <>
    <dt>{row.ask}</dt>
    {row.effects.map((effect) => (
      <dd key={effect.answers}>
        <strong>{effect.answers}</strong> →{" "}
        {[effect.leading && `leads: ${effect.leading}`, effect.branch, effect.scores, effect.holds && `then holds ${effect.holds}`, effect.opens && `opens ${effect.opens}`, effect.closes && `excludes ${effect.closes}`].filter(Boolean).join("; ") || effect.rules}
      </dd>
    ))}
  </>
);
