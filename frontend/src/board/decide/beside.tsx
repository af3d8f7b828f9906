import { Sign } from "@/look/alarm";
import { moment } from "@/look/moment";
import { useDeciding } from "./deciding";
import { optionsOf } from "./form";

const MOST = 6;

/** Beside the form: what was said about the lesion until now, so that nobody turns pages while the board waits. */
export function Beside() {
  const { open, form, decisions, page } = useDeciding();
  const counsel = page?.report.counsel;
  const options = optionsOf(page, form.value.lesion);
  const leading = options.find((one) => one.choice.is_leading);
  return (
    <aside class="board-aside small" aria-label="The case">
      <section>
        <h2>What the rules say</h2>
        <p>{leading ? <><strong>{leading.choice.words}</strong> leads: {leading.choice.because}</> : "No option leads."}</p>
        {page?.report.headlines.map((words) => (
          <p key={words} class="quiet">
            {words}
          </p>
        ))}
        <p>
          <a href={`/case/${encodeURIComponent(open.id)}`} target="_blank" rel="noopener">
            The case in another tab
          </a>
        </p>
      </section>
      {counsel && (
        <section>
          <h2>Not known</h2>
          <ul>
            {counsel.missing.slice(0, MOST).map((ask) => (
              <li key={ask}>{ask}</li>
            ))}
          </ul>
          {counsel.missing.length > MOST && <p class="quiet">and {counsel.missing.length - MOST} more</p>}
        </section>
      )}
      {(decisions.value?.items.length ?? 0) > 0 && (
        <section>
          <h2>Decided before</h2>
          {decisions.value?.items.toReversed().map((each) => (
            <p key={each.decision.id}>
              {each.decision.chosen?.act ?? "no option"} <span class="quiet">lesion {each.decision.lesion}, {each.decision.by}, {moment(each.decision.at)}</span> <Sign degree="note">{each.state}</Sign>
            </p>
          ))}
        </section>
      )}
    </aside>
  );
}
