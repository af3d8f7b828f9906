import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { Choice, Field } from "@/look/field";
import { readStated, typedOf } from "../model/typed";
import type { Fact } from "../nouns";
import { useCase } from "../open";
import { close, type Shown } from "../shows";
import { aboutWords } from "../words";
import { FactField } from "./fact_field";

const MOST_FOUND = 40;

/** Enter a finding: one that was asked for, or any of the vocabulary by its words. */
export function Enter({ shown }: { shown: Extract<Shown, { kind: "enter" }> }) {
  const { vocabulary, document } = useCase();
  const chosen = useSignal(shown.fact ?? "");
  const words = useSignal("");
  const fact = vocabulary.value.get(chosen.value);
  if (fact && document.value) {
    return (
      <Dialog title={shown.words ?? fact.words} onClose={close}>
        <State key={fact.id} fact={fact} about={shown.about} onOther={shown.fact ? undefined : () => (chosen.value = "")} />
      </Dialog>
    );
  }
  const found = searched([...vocabulary.value.values()], words.value);
  return (
    <Dialog title="Enter a finding" onClose={close}>
      <div class="form">
        <Field label="What is known?" type="search" value={words.value} autoFocus hint="Words of it: pain, albumin, steroid, earlier dose" onText={(typed) => (words.value = typed)} />
        <ul class="found plain" aria-label="Findings">
          {found.map((each) => (
            <li key={each.id}>
              <button type="button" class="link-row" onClick={() => (chosen.value = each.id)}>
                {each.words} <span class="quiet small">{each.about}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li class="quiet">Nothing is called that. Try fewer or other words.</li>}
        </ul>
      </div>
    </Dialog>
  );
}

/** The facts whose words, question or id hold every word that was typed. */
function searched(facts: readonly Fact[], typed: string): Fact[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (fact: Fact) => wanted.every((each) => `${fact.words} ${fact.ask} ${fact.id}`.toLowerCase().includes(each));
  return facts.filter((fact) => fact.enterable && holds(fact)).sort((one, other) => one.words.localeCompare(other.words)).slice(0, MOST_FOUND);
}

function State({ fact, about, onOther }: { fact: Fact; about?: string | undefined; onOther?: (() => void) | undefined }) {
  const open = useCase();
  const abouts = useAbouts(fact);
  const at = useSignal(about && abouts.includes(about) ? about : (abouts[0] ?? "patient"));
  const before = open.document.value?.findings.find((each) => each.fact === fact.id && each.about === at.value);
  const typed = useSignal(typedOf(before?.value));
  const wrong = useSignal("");
  const enter = () => {
    const isEmpty = typed.value.trim() === "";
    if (isEmpty && !fact.many) {
      if (!before) return void (wrong.value = "Nothing is written: unknown stays unknown.");
      open.edit({ kind: "finding", fact: fact.id, about: at.value, value: null, because: "" });
      return close();
    }
    const read = readStated(typed.value, fact);
    if (read.wrong !== undefined) return void (wrong.value = read.wrong);
    open.edit({ kind: "finding", fact: fact.id, about: at.value, value: read.value, because: before?.because ?? "" });
    return close();
  };
  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); enter(); }}>
      {abouts.length > 1 && <Choice label="About" value={at.value} options={abouts.map((each) => [each, aboutWords(each)] as const)} onChoose={(each) => (at.value = each)} />}
      <FactField fact={fact} typed={typed.value} wrong={wrong.value} onType={(each) => { typed.value = each; wrong.value = ""; }} />
      {abouts.length === 1 && <p class="small quiet">About {aboutWords(at.value)}. Unknown is a value: it keeps the question open and is never taken for “no”.</p>}
      <p class="buttons">
        <button type="submit" class="button first">
          {before && typed.value.trim() === "" && !fact.many ? "Set back to unknown" : "Enter"}
        </button>
        {onOther && (
          <button type="button" class="button plain" onClick={onOther}>
            Another finding
          </button>
        )}
      </p>
    </form>
  );
}

/** What a fact can be about in this case. */
function useAbouts(fact: Fact): string[] {
  const { document, page } = useCase();
  if (fact.about === "patient") return ["patient"];
  const lesions = document.value?.lesions ?? [];
  if (fact.about === "lesion") return lesions.map((each) => each.id);
  const measured = page.value?.numbers.map((each) => each.about).filter((each) => /^(O|Co|[CTLS]\d+)$/.test(each)) ?? [];
  return [...new Set([...lesions.flatMap((each) => each.levels as string[]), ...measured])];
}
