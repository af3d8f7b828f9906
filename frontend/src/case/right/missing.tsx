import { useSignal } from "@preact/signals";
import { readStated } from "../model/typed";
import type { Blank } from "../nouns";
import { useCase } from "../open";
import { Section } from "../parts";
import { FactField } from "../enter/fact_field";
import { aboutWords } from "../words";

const FIRST = 8;

/** What to ask for, what closes most first; each with the field that answers it. */
export function Missing() {
  const { page } = useCase();
  const showsAll = useSignal(false);
  const asks = page.value?.report.counsel.missing ?? [];
  const blanks = page.value?.blanks ?? [];
  const shown = showsAll.value ? asks : asks.slice(0, FIRST);
  return (
    <Section id="missing" title="What is missing" note={`${asks.length} to ask`}>
      <ol class="asks plain">
        {shown.map((ask) => (
          <Ask key={ask} ask={ask} blanks={blanks.filter((each) => each.ask === ask)} />
        ))}
        {asks.length === 0 && <li class="quiet">Nothing is asked for.</li>}
      </ol>
      {asks.length > FIRST && (
        <button type="button" class="button plain compact screen-only" onClick={() => (showsAll.value = !showsAll.value)}>
          {showsAll.value ? "Show the first only" : `Show all ${asks.length}`}
        </button>
      )}
    </Section>
  );
}

function Ask({ ask, blanks }: { ask: string; blanks: readonly Blank[] }) {
  const { may, edits } = useCase();
  const isOpen = useSignal(false);
  const isAnswered = blanks.some((blank) => edits.value.some((each) => each.kind === "finding" && each.fact === blank.fact && each.about === blank.about));
  const canEnter = may("enter") && blanks.length > 0;
  return (
    <li class={isAnswered ? "ask is-answered" : "ask"}>
      <span>
        {ask} {isAnswered && <span class="unsaved">not saved</span>}
      </span>
      {canEnter && !isOpen.value && (
        <button type="button" class="button plain compact screen-only" aria-label={`Enter: ${ask}`} onClick={() => (isOpen.value = true)}>
          Enter
        </button>
      )}
      {isOpen.value && blanks.map((blank) => <Answer key={blank.fact + blank.about} blank={blank} onDone={() => (isOpen.value = false)} />)}
    </li>
  );
}

function Answer({ blank, onDone }: { blank: Blank; onDone: () => void }) {
  const open = useCase();
  const fact = open.vocabulary.value.get(blank.fact);
  const typed = useSignal("");
  const wrong = useSignal("");
  if (!fact) return null;
  const take = () => {
    const read = readStated(typed.value, fact);
    if (read.wrong !== undefined) return void (wrong.value = read.wrong);
    open.edit({ kind: "finding", fact: fact.id, about: blank.about, value: read.value, because: "" });
    return onDone();
  };
  return (
    <form class="answer" onSubmit={(event) => { event.preventDefault(); take(); }}>
      <FactField fact={fact} typed={typed.value} wrong={wrong.value} label={`${fact.words}, ${aboutWords(blank.about)}`} onType={(each) => { typed.value = each; wrong.value = ""; }} />
      <p class="buttons">
        <button type="submit" class="button compact first">
          Enter
        </button>
        <button type="button" class="button compact plain" onClick={onDone}>
          Leave it
        </button>
      </p>
    </form>
  );
}
