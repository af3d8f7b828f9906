import type { OptionRow } from "@/case/nouns";
import { Loud } from "@/case/parts";
import { Sign } from "@/look/alarm";
import { Choice } from "@/look/field";
import { DraftWord } from "@/look/values";
import { useDeciding } from "./deciding";
import { optionsOf } from "./form";
import { FromResult, Lines } from "./reason_field";

/** Each option: chosen, rejected with its reason, or left open. Nothing is chosen by itself. */
export function Choosing() {
  const { page, form } = useDeciding();
  const options = optionsOf(page, form.value.lesion);
  return (
    <fieldset class="board-group">
      <legend>What is done</legend>
      {options.length === 0 && <p class="quiet">The case has no result with options. What is decided can be told by its reason, items and tasks.</p>}
      <div class="board-choices">
        {options.map((one) => (
          <Option key={one.number} one={one} />
        ))}
      </div>
    </fieldset>
  );
}

function Option({ one }: { one: OptionRow }) {
  const { form, put } = useDeciding();
  const { choice } = one;
  const isChosen = form.value.chosen === choice.act;
  const isRefused = choice.act in form.value.rejected;
  const others = () => Object.fromEntries(Object.entries(form.value.rejected).filter(([act]) => act !== choice.act));
  const take = () => put({ chosen: choice.act, plan: "", rejected: others() });
  const refuse = (is: boolean) => put({ rejected: is ? { ...form.value.rejected, [choice.act]: "" } : others(), ...(isChosen && { chosen: "", plan: "" }) });
  return (
    <div class={`board-choice ${isChosen ? "is-chosen" : ""} ${isRefused ? "is-refused" : ""}`} data-act={choice.act}>
      <div class="board-choice-line">
        <span>
          <strong>{choice.words}</strong> {choice.is_draft && <DraftWord />} <span class="quiet small">{choice.is_leading ? "leads by the rules" : choice.standing}</span>{" "}
          {one.margin && <Loud degree={one.degree}>margin {one.margin}</Loud>} {choice.held.length > 0 && <Sign degree="stop">{choice.held.map((rule) => rule.id).join(" · ")}</Sign>}
        </span>
        <label class="tick">
          <input type="radio" name="chosen" aria-label={`Choose ${choice.words}`} checked={isChosen} onChange={take} />
          chosen
        </label>
        <label class="tick">
          <input type="checkbox" aria-label={`Reject ${choice.words}`} checked={isRefused} onChange={(event) => refuse(event.currentTarget.checked)} />
          rejected
        </label>
      </div>
      {isChosen && <Chosen one={one} />}
      {isRefused && <Refused one={one} />}
    </div>
  );
}

function Chosen({ one }: { one: OptionRow }) {
  const { page, form, put, wrong } = useDeciding();
  const plans = (page?.report.plans ?? []).filter((plan) => plan.about === one.choice.about);
  return (
    <>
      {plans.length > 0 && <Choice label="By which operation" value={form.value.plan} options={[["", "none of them is named"], ...plans.map((plan) => [plan.id, `${plan.id}${plan.margin ? `, margin ${plan.margin}` : ""}${plan.is_ready ? "" : ", not ready"}`] as const)]} onChoose={(plan) => put({ plan })} />}
      <Lines label={`Why ${one.choice.words}`} value={form.value.because} onText={(because) => put({ because })} wrong={wrong.value.get("because")} hint="The board's own reason, in a sentence that somebody else can weigh." />
    </>
  );
}

function Refused({ one }: { one: OptionRow }) {
  const { form, put, said, wrong } = useDeciding();
  const { act, words } = one.choice;
  const typed = form.value.rejected[act] ?? "";
  return (
    <Lines
      label={<>Why not {words} <FromResult typed={typed} said={said.value.rejected[act] ?? ""} /></>} value={typed}
      onText={(because) => put({ rejected: { ...form.value.rejected, [act]: because } })} wrong={wrong.value.get(`rejected ${act}`)}
    />
  );
}
