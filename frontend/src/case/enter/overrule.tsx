import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { readStated, typedOf, wrongReason } from "../model/typed";
import type { Numbered } from "../nouns";
import { useCase } from "../open";
import { close } from "../shows";
import { aboutWords } from "../words";
import { usePending } from "../evidence/number";
import { FactField } from "./fact_field";
import { Reason } from "./reason";

/** Overrule a measured number: what it is instead, and why. Both stay visible wherever it is shown. */
export function Overrule({ number }: { number: Numbered }) {
  const open = useCase();
  const fact = open.vocabulary.value.get(number.fact);
  const pending = usePending(number);
  const typed = useSignal(typedOf(pending?.value));
  const because = useSignal(pending?.because ?? number.because);
  const wrong = useSignal({ value: "", because: "" });
  if (!fact) return null;
  const overrule = () => {
    const read = readStated(typed.value, fact);
    const reason = wrongReason(because.value);
    wrong.value = { value: read.wrong ?? "", because: reason };
    if (read.wrong !== undefined || reason) return;
    open.edit({ kind: "finding", fact: fact.id, about: number.about, value: read.value, because: because.value.trim() });
    close();
  };
  return (
    <Dialog title={`Overrule: ${number.words}, ${aboutWords(number.about)}`} onClose={close}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); overrule(); }}>
        <p>
          Measured: <span class="value measured">{number.overruled || number.shown}</span>
          {number.interval && <span class="quiet small"> interval {number.interval}</span>}
          <br />
          <span class="small quiet">{number.method}</span>
        </p>
        <FactField fact={fact} typed={typed.value} wrong={wrong.value.value} label="It is instead" onType={(each) => (typed.value = each)} />
        <Reason typed={because.value} wrong={wrong.value.because} onType={(each) => (because.value = each)} />
        <p class="small quiet">It stands under your name. The measured number stays visible, struck lightly, and can be taken back at any time.</p>
        <p class="buttons">
          <button type="submit" class="button first">
            Overrule
          </button>
        </p>
      </form>
    </Dialog>
  );
}
