import { useId } from "preact/hooks";
import { me } from "@/shell/session";
import { useDeciding } from "./deciding";
import { rulesOf, type Named } from "./form";
import { Lines, Proposed } from "./reason_field";

/** Who does not agree with the decision, and who not with a rule: by name, with the reason. */
export function Differing() {
  const { form, put, wrong, attending, page } = useDeciding();
  const { dissent, disagreements } = form.value;
  const [names, rules] = [useId(), useId()];
  const change = <T,>(list: readonly T[], nth: number, by: Partial<T>): T[] => list.map((each, at) => (at === nth ? { ...each, ...by } : each));
  const without = <T,>(list: readonly T[], nth: number): T[] => list.filter((_, at) => at !== nth);
  const own: Named = { name: me.value?.name ?? "", because: "" };
  return (
    <fieldset class="board-group">
      <legend>Dissent</legend>
      <div class="board-rows">
        {dissent.map((each, nth) => (
          <div key={nth} class="board-row">
            <Proposed list={names} label="Who dissents" value={each.name} wrong={wrong.value.get(`dissent ${nth} name`)} onText={(name) => put({ dissent: change(dissent, nth, { name }) })} />
            <div class="is-long">
              <Lines label="Why" value={each.because} wrong={wrong.value.get(`dissent ${nth} because`)} onText={(because) => put({ dissent: change(dissent, nth, { because }) })} />
            </div>
            <Off words={`the dissent of ${each.name || "nobody"}`} onOff={() => put({ dissent: without(dissent, nth) })} />
          </div>
        ))}
        {disagreements.map((each, nth) => (
          <div key={nth} class="board-row">
            <Proposed list={rules} label="Rule" value={each.rule} wrong={wrong.value.get(`disagreement ${nth} rule`)} onText={(rule) => put({ disagreements: change(disagreements, nth, { rule }) })} />
            <Proposed list={names} label="Who disagrees with it" value={each.name} wrong={wrong.value.get(`disagreement ${nth} name`)} onText={(name) => put({ disagreements: change(disagreements, nth, { name }) })} />
            <div class="is-long">
              <Lines label="Why the rule is wrong here" value={each.because} wrong={wrong.value.get(`disagreement ${nth} because`)} onText={(because) => put({ disagreements: change(disagreements, nth, { because }) })} />
            </div>
            <Off words={`the disagreement with ${each.rule || "a rule"}`} onOff={() => put({ disagreements: without(disagreements, nth) })} />
          </div>
        ))}
      </div>
      <datalist id={names}>
        {attending.value.map((each) => (
          <option key={each.name}>{each.name}</option>
        ))}
      </datalist>
      <datalist id={rules}>
        {rulesOf(page).map((rule) => (
          <option key={rule.id} value={rule.id}>
            {rule.do || rule.statement}
          </option>
        ))}
      </datalist>
      <p class="buttons">
        <button type="button" class="button compact" onClick={() => put({ dissent: [...dissent, { name: "", because: "" }] })}>
          + somebody dissents
        </button>
        <button type="button" class="button compact" onClick={() => put({ disagreements: [...disagreements, { ...own, rule: "" }] })}>
          + a rule is wrong here
        </button>
        {dissent.length + disagreements.length === 0 && <span class="quiet small">Nobody dissents as far as is written here.</span>}
      </p>
    </fieldset>
  );
}

export const Off = ({ words, onOff }: { words: string; onOff: () => void }) => (
  <button type="button" class="button plain compact" aria-label={`Take off ${words}`} onClick={onOff}>
    Take off
  </button>
);
