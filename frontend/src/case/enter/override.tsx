import { useSignal } from "@preact/signals";
import { Alarm } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { Choice, Tick } from "@/look/field";
import { me } from "@/shell/session";
import { wrongReason } from "../model/typed";
import type { Held } from "../nouns";
import { useCase } from "../open";
import { close } from "../shows";
import { Reason } from "./reason";

/** Go on although a stop holds: by name, for one act or every act, with a reason. The stop stays printed. */
export function OverrideStop({ held }: { held: Held }) {
  const open = useCase();
  const report = open.page.value?.report;
  const about = /lesion ([A-Z]{1,2})/.exec(held.rule.about)?.[1] ?? "patient";
  const acts = [...new Set(report?.options.map((each) => each.choice.act) ?? [])];
  const act = useSignal("");
  const because = useSignal("");
  const knows = useSignal(false);
  const wrong = useSignal("");
  const go = () => {
    wrong.value = wrongReason(because.value);
    if (wrong.value || !knows.value) return;
    open.edit({ kind: "override", stop: held.rule.id, about, act: act.value, because: because.value.trim() });
    close();
  };
  return (
    <Dialog title={`Override ${held.rule.id}`} onClose={close}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); go(); }}>
        <Alarm degree="stop" title={held.rule.id}>
          <p>{held.rule.statement}</p>
          <p class="small quiet">{held.rule.because}</p>
        </Alarm>
        <Choice label="For" value={act.value} options={[["", "every act"], ...acts.map((each) => [each, each] as const)]} onChoose={(each) => (act.value = each)} />
        <Reason typed={because.value} wrong={wrong.value} label="Why the risk is taken" onType={(each) => (because.value = each)} />
        <Tick isOn={knows.value} onTick={(is) => (knows.value = is)} label={`I, ${me.value?.name ?? ""}, answer for going on although this stop holds.`} />
        <p class="small quiet">The stop stays on every page and print, with your name, the day and the reason. A case that stands at an earlier day is brought to today, for an override counts from the day on which it is given.</p>
        <p class="buttons">
          <button type="submit" class="button danger" disabled={!knows.value}>
            Override by name
          </button>
        </p>
      </form>
    </Dialog>
  );
}
