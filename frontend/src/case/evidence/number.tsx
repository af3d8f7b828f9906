import { Value } from "@/look/values";
import type { Gauge, Numbered } from "../nouns";
import { useCase } from "../open";
import { Fold, Small } from "../parts";
import { GaugeBar } from "../scores/bar";
import { show } from "../shows";
import { aboutWords, shown, told } from "../words";

/** A number as it stands: what was measured, what overrules it, what is changed and not saved yet. */
export function Standing({ number }: { number: Numbered }) {
  const pending = usePending(number);
  const { vocabulary } = useCase();
  if (pending) {
    return (
      <span class="pending">
        <Value kind="overruled" shown={pending.value === null ? number.overruled || "as measured" : shown(pending.value, vocabulary.value.get(number.fact))} overruled={pending.value === null ? "" : number.overruled || number.shown} />
        <span class="unsaved">not saved</span>
      </span>
    );
  }
  return <Value kind={number.kind} shown={number.shown} overruled={number.overruled} />;
}

/** The edit of this number that is not saved yet. */
export function usePending(number: Numbered) {
  const { edits } = useCase();
  const found = edits.value.find((each) => each.kind === "finding" && each.fact === number.fact && each.about === number.about);
  return found?.kind === "finding" ? found : null;
}

/** A number with its bar, its method, its source, and the way to overrule it. */
export function NumberFull({ number }: { number: Numbered }) {
  const gauge = useGauge(number.key);
  return (
    <article class="number">
      <p class="number-words">
        {number.words} <span class="quiet small">{aboutWords(number.about)}</span>
      </p>
      <p class="number-line">
        <Standing number={number} />
        {number.interval && <span class="quiet small">interval {number.interval}</span>}
        {gauge && <GaugeBar gauge={gauge} />}
      </p>
      {number.because && <p class="small">because: {number.because}</p>}
      {number.notes && <p class="small quiet">{number.notes}</p>}
      <NumberActs number={number} />
      <Fold title="How it was read">
        <ol class="small">
          {number.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="small quiet">
          {number.kind}
          {number.source && ` · ${number.source}`}
          {number.at && ` · ${number.at}`}
        </p>
      </Fold>
    </article>
  );
}

function NumberActs({ number }: { number: Numbered }) {
  const open = useCase();
  const pending = usePending(number);
  const isOverruled = number.kind === "overruled";
  const canTouch = number.can_be_overruled && open.may("overrule");
  if (!canTouch) return null;
  return (
    <p class="buttons screen-only">
      <Small onClick={() => show({ kind: "overrule", number })}>{isOverruled || pending ? "Change the override" : "Overrule …"}</Small>
      {pending && <Small onClick={() => open.undo(`finding ${number.fact} ${number.about}`)}>Undo: {told(pending, open.vocabulary.value).says}</Small>}
      {isOverruled && !pending && (
        <Small onClick={() => open.edit({ kind: "finding", fact: number.fact, about: number.about, value: null, because: "" })}>Take the override back</Small>
      )}
    </p>
  );
}

/** The drawing of a number, wherever in the report it stands. */
function useGauge(key: string): Gauge | null {
  const report = useCase().page.value?.report;
  const marks = report?.scores.flatMap((card) => card.marks.flatMap((mark) => mark.gauges)) ?? [];
  const rows = report?.measures.groups.flatMap((group) => group.rows.flatMap((row) => (row.gauge ? [row.gauge] : []))) ?? [];
  return [...marks, ...rows].find((gauge) => gauge.place === key) ?? null;
}
