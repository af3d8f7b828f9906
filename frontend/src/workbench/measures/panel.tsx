import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { aboutWords } from "@/case/words";
import { Sign } from "@/look/alarm";
import { Waiting } from "@/look/states";
import type { Bench } from "../bench";
import type { Measure } from "../nouns";
import type { Millimetres } from "../viewer/viewer";
import { noMore, wasBefore } from "./changed";
import { groupedBy, topicsOf } from "./groups";

interface MeasuresProps {
  bench: Bench;
  onPlace: (at: Millimetres) => void;
}

/** What is measured on the labels as they are now; what the unsaved edits changed stands first, as it was and as it is. */
export function Measures({ bench, onPlace }: MeasuresProps) {
  const words = useSignal("");
  const topics = useSignal<ReadonlyMap<string, string>>(new Map());
  useEffect(() => void topicsOf(bench.caseId).then((found) => (topics.value = found), () => undefined), [bench]);
  const { before } = bench.unsaved.value;
  const all = bench.measures.value;
  if (all.length === 0) return <Waiting>Measuring …</Waiting>;
  const found = all.filter((each) => holds(each, words.value));
  const changed = found.filter((each) => wasBefore(each, before) !== null);
  const gone = noMore(all, before);
  return (
    <div class="bench-measures">
      <p class="bench-measures-head">
        <input class="input" type="search" placeholder="Words of it: height, T8, cord" aria-label="Search the measures" value={words.value} onInput={(event) => (words.value = event.currentTarget.value)} />
        <span class="small quiet" role="status">{bench.isWorking.value ? "measuring anew …" : `${all.length} measured`}</span>
      </p>
      {(changed.length > 0 || gone.length > 0) && (
        <section aria-label="Changed by what is not saved">
          <h3 class="bench-sub">
            <Sign degree="note">Changed by what is not saved</Sign> <span class="quiet small">{changed.length + gone.length}</span>
          </h3>
          <ul class="plain">
            {changed.map((each) => (
              <Row key={each.key} one={each} was={wasBefore(each, before)} onPlace={onPlace} />
            ))}
            {gone.map(([key, said]) => (
              <li key={key} class="bench-measure">
                <span>{key}</span> <s class="struck">{said}</s> <span class="unknown-said">no more</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {groupedBy(found, topics.value).map(([topic, items]) => (
        <details key={topic} class="fold" open={words.value !== ""}>
          <summary>
            {topic} <span class="quiet">{items.length}</span>
          </summary>
          <ul class="plain">
            {items.map((each) => (
              <Row key={each.key} one={each} was={wasBefore(each, before)} onPlace={onPlace} />
            ))}
          </ul>
        </details>
      ))}
      {found.length === 0 && <p class="quiet">No measure is called that.</p>}
    </div>
  );
}

const holds = (one: Measure, typed: string): boolean => {
  const text = `${one.words} ${one.about} ${aboutWords(one.about)} ${one.fact}`.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((each) => text.includes(each));
};

const Row = ({ one, was, onPlace }: { one: Measure; was: string | null; onPlace: (at: Millimetres) => void }) => (
  <li class={was === null ? "bench-measure" : "bench-measure is-changed"} data-measure={one.key}>
    <span class="bench-measure-words">
      {one.at_mm ? (
        <button type="button" class="bench-jump" title="Look at it" onClick={() => one.at_mm && onPlace(one.at_mm)}>
          {one.words}
        </button>
      ) : (
        one.words
      )}{" "}
      <span class="quiet">{aboutWords(one.about)}</span>
    </span>
    <span class="bench-measure-said">
      {was !== null && (
        <>
          <span class="unseen">before: </span>
          <s class="struck">{was}</s>{" "}
        </>
      )}
      {one.missing ? <span class="unknown-said">unknown: {one.missing}</span> : <strong>{one.shown}</strong>}
      {one.interval && !one.missing && <span class="quiet small"> {one.interval}</span>}
    </span>
  </li>
);
