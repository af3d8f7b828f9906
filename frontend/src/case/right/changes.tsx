import { useSignal } from "@preact/signals";
import { useCase } from "../open";
import { Section } from "../parts";
import { show } from "../shows";
import type { Counsel } from "../nouns";

const FIRST = 6;

/** What would change the picture: which answer would put another option first, or open or close a stop. */
export function Changes() {
  const { page } = useCase();
  const showsAll = useSignal(false);
  const counsel = page.value?.report.counsel;
  if (!counsel) return null;
  const shown = showsAll.value ? counsel.changes : counsel.changes.slice(0, FIRST);
  return (
    <Section id="changes" title="What would change it">
      {counsel.nearest.map((each) => (
        <p key={each.about + each.words} class="nearest">
          <span class="quiet small">nearest, {each.about}</span>
          <br />
          {each.words}
        </p>
      ))}
      <dl class="changes small">
        {shown.map((row) => (
          <Change key={row.ask} row={row} />
        ))}
      </dl>
      {counsel.changes.length > FIRST && (
        <button type="button" class="button plain compact screen-only" onClick={() => (showsAll.value = !showsAll.value)}>
          {showsAll.value ? "Show the first only" : `Show all ${counsel.changes.length}`}
        </button>
      )}
    </Section>
  );
}

function Change({ row }: { row: Counsel["changes"][number] }) {
  const { page, may } = useCase();
  const blank = page.value?.blanks.find((each) => each.ask === row.ask);
  return (
    <>
      <dt>
        <span>
          {row.ask} <span class="quiet">({row.why})</span>
        </span>
        {blank && may("enter") && (
          <button type="button" class="button plain compact screen-only" aria-label={`Enter: ${row.ask}`} onClick={() => show({ kind: "enter", fact: blank.fact, about: blank.about, words: row.ask })}>
            Enter
          </button>
        )}
      </dt>
      {row.effects.map((effect) => (
        <dd key={effect.answers}>
          <strong>{effect.answers}</strong> →{" "}
          {[
            effect.leading && `leads: ${effect.leading}`,
            effect.branch,
            effect.scores,
            effect.holds && `then holds ${effect.holds}`,
            effect.opens && `opens ${effect.opens}`,
            effect.closes && `excludes ${effect.closes}`,
            effect.rules && !effect.leading && effect.rules,
          ].filter(Boolean).join("; ")}
        </dd>
      ))}
    </>
  );
}
