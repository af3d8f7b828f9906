import { useSignal } from "@preact/signals";
import { isOnline } from "@/api/client";
import { Small } from "@/case/parts";
import { Sign } from "@/look/alarm";
import { ProblemNotice } from "@/look/notice";
import { useKeys } from "@/shell/keys";
import { may } from "@/shell/session";
import type { Bench } from "../bench";
import type { Planning } from "../plans/planning";
import { standing } from "./journal";
import { Confirm } from "./confirm";
import { Save } from "./save";
import { unsavedWords, vouchedWords } from "./words";

interface BarProps {
  bench: Bench;
  planning: Planning;
}

/** Always in sight: who answers for labels and level, what is not saved, and the way to save it. */
export function SaveBar({ bench, planning }: BarProps) {
  const shown = useSignal<"" | "save" | "confirm">("");
  const view = bench.view.value;
  useKeys([{ keys: ["S"], words: "save as a version", does: () => bench.isChanged.value && (shown.value = "save") }], [bench]);
  if (!view) return null;
  return (
    <aside class="bench-bar" aria-label="Confirmation and saving">
      <Vouched bench={bench} onConfirm={() => (shown.value = "confirm")} />
      {bench.offered.value ? <Offer bench={bench} /> : <Unsaved bench={bench} onSave={() => (shown.value = "save")} />}
      {!bench.isKept.value && <p class="small"><Sign degree="caution">More is unsaved than this browser keeps through a reload</Sign>: save a version.</p>}
      <ProblemNotice problem={bench.refusal.value} />
      {shown.value === "save" && <Save bench={bench} planning={planning} onClose={() => (shown.value = "")} />}
      {shown.value === "confirm" && <Confirm bench={bench} onClose={() => (shown.value = "")} />}
    </aside>
  );
}

function Vouched({ bench, onConfirm }: { bench: Bench; onConfirm: () => void }) {
  const confirmed = bench.view.value?.confirmed;
  if (!confirmed) return null;
  const hasEdits = standing(bench.unsaved.value).length > 0;
  const isSettled = confirmed.labels.is_confirmed && confirmed.level.is_confirmed && !hasEdits;
  return (
    <p class="bench-bar-line">
      <span class="bench-bar-said small">
        {saidOf(vouchedWords(confirmed.labels, hasEdits), vouchedWords(confirmed.level, hasEdits)).map(([what, said]) => (
          <span key={what} class="bench-vouched">
            <Sign degree={said.startsWith("confirmed by nobody") || hasEdits ? "caution" : "note"}>{what}</Sign> {said}
          </span>
        ))}
      </span>
      {!isSettled && may("confirm") && <Small onClick={onConfirm}>Confirm …</Small>}
    </p>
  );
}

/** Labels and level in one, where the same is said of both. */
const saidOf = (labels: string, level: string): readonly (readonly [string, string])[] =>
  labels === level ? [["labels and level", labels]] : [["labels", labels], ["level", level]];

function Unsaved({ bench, onSave }: { bench: Bench; onSave: () => void }) {
  const { unsaved, view } = bench;
  const discard = () => window.confirm(`Discard ${unsavedWords(unsaved.value)}?`) && void bench.discard();
  const next = (view.value?.version ?? 0) + 1;
  if (!bench.isChanged.value) return <p class="bench-bar-line small quiet">Version {view.value?.version}; everything is saved.</p>;
  return (
    <p class="bench-bar-line">
      <span class="bench-bar-said">
        <strong>{unsavedWords(unsaved.value)}</strong> <span class="quiet">not saved</span>
        {!isOnline.value && <span class="small" role="status"> · no connection: kept in this tab</span>}
        {bench.isReopening.value && <span class="small" role="status"> · the bench is opened again …</span>}
      </span>
      <button type="button" class="button plain compact" onClick={discard}>
        Discard
      </button>
      <button type="button" class="button first compact" onClick={onSave}>
        Save version {next} …
      </button>
    </p>
  );
}

/** Work of this tab that was made on another version. */
function Offer({ bench }: { bench: Bench }) {
  const offered = bench.offered.value;
  if (!offered) return null;
  return (
    <div class="alarm caution" role="status">
      <Sign degree="caution">{unsavedWords(offered)}</Sign> made on version {offered.version}; version {bench.view.value?.version} is open now. Look whether they still fit.
      <p class="buttons">
        <Small onClick={() => bench.decline()}>Discard them</Small>
        <button type="button" class="button compact" onClick={() => void bench.takeUp()}>
          Put them on version {bench.view.value?.version}
        </button>
      </p>
    </div>
  );
}
