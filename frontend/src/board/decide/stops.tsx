import { Sign } from "@/look/alarm";
import { Tick } from "@/look/field";
import { DraftWord } from "@/look/values";
import { may, me } from "@/shell/session";
import type { Rule } from "@/case/nouns";
import { useDeciding } from "./deciding";
import { Lines } from "./reason_field";

/** The stops that hold for what is chosen: each is resolved first, or overridden by name with a typed reason. */
export function Stops() {
  const { stops, form } = useDeciding();
  if (!form.value.chosen || stops.value.length === 0) return null;
  return (
    <fieldset class="board-group">
      <legend>Stops that hold for it</legend>
      {stops.value.map((rule) => (
        <Stop key={rule.id} rule={rule} />
      ))}
    </fieldset>
  );
}

function Stop({ rule }: { rule: Rule }) {
  const { form, put, wrong } = useDeciding();
  const isOverridden = rule.id in form.value.overrides;
  const turn = (is: boolean) => {
    const others = Object.fromEntries(Object.entries(form.value.overrides).filter(([stop]) => stop !== rule.id));
    put({ overrides: is ? { ...others, [rule.id]: "" } : others });
  };
  return (
    <article class={`alarm stop ${rule.is_draft ? "is-draft" : ""}`}>
      <p>
        <Sign degree="stop">{rule.id}</Sign> {rule.is_draft && <DraftWord />} <strong>{rule.do}</strong>
      </p>
      <p class="small quiet">{rule.because}</p>
      {may("override") ? (
        <Tick isOn={isOverridden} onTick={turn} label={`Override ${rule.id}: I, ${me.value?.name ?? ""}, answer for going on although it holds`} />
      ) : (
        <p class="small">{isOverridden ? "" : "It stays: it is resolved before anything is done. Surgeons and oncologists may override it by name."}</p>
      )}
      {isOverridden && <Lines label={`Why the risk of ${rule.id} is taken`} value={form.value.overrides[rule.id] ?? ""} onText={(because) => put({ overrides: { ...form.value.overrides, [rule.id]: because } })} wrong={wrong.value.get(`override ${rule.id}`)} hint="It stands on every page and print, with your name, the day and the reason. A case that stands at an earlier day is brought to today with it." />}
    </article>
  );
}
