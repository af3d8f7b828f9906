import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { useDoing } from "@/look/doing";
import { Tick } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import { me } from "@/shell/session";
import type { Bench } from "../bench";
import { unsavedWords } from "./words";

/** "These labels and this level are right", by name. It is saved at once, with all that is not saved. */
export function Confirm({ bench, onClose }: { bench: Bench; onClose: () => void }) {
  const [labels, level] = [useSignal(false), useSignal(false)];
  const doing = useDoing();
  const view = bench.view.value;
  const words = [labels.value && "labels", level.value && "level"].filter(Boolean).join(" and ");
  const confirm = () => doing.run(async () => {
    await bench.save(`${words} confirmed`, { labels: labels.value, level: level.value });
    onClose();
  });
  return (
    <Dialog title="Confirm labels and level" onClose={onClose}>
      <div class="form">
        <p>{view?.words}</p>
        <Tick isOn={labels.value} onTick={(is) => (labels.value = is)} label={<strong>I looked at the outlines on the images: these labels are right.</strong>} />
        <Tick isOn={level.value} onTick={(is) => (level.value = is)} label={<strong>I counted the vertebrae on the images: this level is right.</strong>} />
        <p class="small quiet">Not right? Close this and correct it: paint, or relabel a whole vertebra under Structures.</p>
        {bench.isChanged.value && <p class="small">Saved with it: {unsavedWords(bench.unsaved.value)}.</p>}
        <p class="small quiet">
          It stands under the name {me.value?.name}, and is void when the labels change.
        </p>
        <ProblemNotice problem={doing.problem} />
        <p class="buttons">
          <button type="button" class="button first" disabled={!words || doing.isBusy} onClick={() => void confirm()}>
            Confirm {words} by name
          </button>
        </p>
      </div>
    </Dialog>
  );
}
