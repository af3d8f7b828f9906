import { useSignal } from "@preact/signals";
import type { Absent, Numbered } from "./nouns";
import { Standing } from "./evidence/number";
import { useCase } from "./open";
import { Fold, Section, Small } from "./parts";
import { show } from "./shows";
import { aboutWords, counted } from "./words";

const FIRST = 12;

/** Every number of the work-up, to be searched, looked at where it was read, and overruled. */
export function Numbers() {
  const { page, may } = useCase();
  const words = useSignal("");
  const showsAll = useSignal(false);
  const all = page.value?.numbers ?? [];
  const found = all.filter((each) => holds(each, words.value)).sort(overruledFirst);
  const shown = showsAll.value ? found : found.slice(0, FIRST);
  const absent = page.value?.report.measures.missing ?? [];
  if (all.length + absent.length === 0) return null;
  return (
    <Section id="numbers" title="Every number" note={`${all.length} findings; ${all.filter((each) => each.kind === "overruled").length} overruled`}>
      <input class="input screen-only" type="search" value={words.value} placeholder="Words of it: height loss, T8, cord" aria-label="Search the numbers" onInput={(event) => (words.value = event.currentTarget.value)} />
      <div class="scroll" tabIndex={0} role="region" aria-label="Numbers">
        <table class="table numbers small">
          <thead>
            <tr>
              {["about", "what", "value", "interval", "source", ""].map((head) => (
                <th key={head} scope="col">
                  {head || <span class="unseen">do</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.key}>
                <td class="nowrap">{aboutWords(each.about)}</td>
                <th scope="row">{each.words}</th>
                <td>
                  <Standing number={each} />
                  {each.because && <p class="quiet">because: {each.because}</p>}
                </td>
                <td class="nowrap">{each.interval}</td>
                <td class="quiet">{each.source}</td>
                <td class="nowrap screen-only">
                  <Small onClick={() => show({ kind: "evidence", title: `${each.words}, ${aboutWords(each.about)}`, facts: [each.key] })} label={`Evidence of ${each.words}, ${aboutWords(each.about)}`}>Evidence</Small>
                  {each.can_be_overruled && may("overrule") && <Small onClick={() => show({ kind: "overrule", number: each })} label={`Overrule ${each.words}, ${aboutWords(each.about)}`}>Overrule</Small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > FIRST && (
        <button type="button" class="button plain compact screen-only" onClick={() => (showsAll.value = !showsAll.value)}>
          {showsAll.value ? "Show the first only" : `Show all ${found.length}`}
        </button>
      )}
      {found.length === 0 && <p class="quiet">No number is called that.</p>}
      <Unmeasured absent={absent.filter((each) => saysAll(`${each.what} ${each.why} ${each.ask.join(" ")}`, words.value))} isSearched={words.value.trim() !== ""} />
    </Section>
  );
}

/** What could not be measured: why, and what would settle it. A search that meets it opens it. */
const Unmeasured = ({ absent, isSearched }: { absent: readonly Absent[]; isSearched: boolean }) =>
  absent.length > 0 && (
    <Fold key={String(isSearched)} isOpen={isSearched} title={`Not measured, for ${counted(absent.length, "reason")}`}>
      <dl class="unmeasured small">
        {absent.map((each) => (
          <div key={each.why + each.what}>
            <dt>{each.why}</dt>
            <dd>
              {each.what}
              {each.ask.some(Boolean) && <p class="quiet">ask: {each.ask.filter(Boolean).join(" · ")}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );

const holds = (number: Numbered, typed: string): boolean => saysAll(`${number.words} ${number.about} ${aboutWords(number.about)} ${number.topic} ${number.fact}`, typed);

const saysAll = (text: string, typed: string): boolean => typed.toLowerCase().split(/\s+/).every((each) => text.toLowerCase().includes(each));

const RANK: Record<Numbered["kind"], number> = { overruled: 0, measured: 1, entered: 2, recorded: 3 };
/** What somebody overruled first, then lesions before levels, the rest in its own order. */
const overruledFirst = (one: Numbered, other: Numbered): number =>
  Number(one.kind !== "overruled") - Number(other.kind !== "overruled") || Number(one.about.length > 1) - Number(other.about.length > 1) || RANK[one.kind] - RANK[other.kind];
