import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Fold, Small } from "@/case/parts";
import { Sign } from "@/look/alarm";
import { ProblemNotice } from "@/look/notice";
import { Key } from "@/look/values";
import type { Bench } from "../bench";
import type { Millimetres } from "../viewer/viewer";
import { Against, Clearances, MarginBlock, NotReady, Price } from "./amounts";
import { Compare } from "./compare";
import { Exports } from "./exports";
import { HeldCut } from "./held";
import type { DrawnCut } from "./held_cut";
import { Options } from "./options";
import type { Planning } from "./planning";
import { wayOf } from "./words";

interface PlansProps {
  bench: Bench;
  planning: Planning;
  onPlace: (at: Millimetres) => void;
}

type CutsProps = Omit<PlansProps, "bench">;

/** The operations: which there are, what the one that is looked at amounts to, and its cuts to be taken in hand. */
export function Plans({ bench, planning, onPlace }: PlansProps) {
  const { operations, chosen } = planning;
  const isComparing = useSignal(false);
  useEffect(() => void planning.load(), [planning]);
  if (!operations.value) return planning.problem.value ? <ProblemNotice problem={planning.problem.value} /> : <Planned />;
  const operation = chosen.value;
  return (
    <div class="bench-plans">
      <Currency planning={planning} />
      <div class="bench-which">
        <details open={!planning.heldName.value}>
          <summary>
            <strong>{planning.heldName.value ? operation?.id : "Operations"}</strong>
          </summary>
          <Options planning={planning} />
        </details>
        <Small onClick={() => (isComparing.value = true)}>Side by side …</Small>
      </div>
      <ProblemNotice problem={planning.problem.value} />
      {operation && (
        <>
          <HeldCut planning={planning} />
          <Against operation={operation} planning={planning} />
          <MarginBlock operation={operation} planning={planning} onPlace={(margin) => onPlace(margin.at_mm)} />
          <Cuts planning={planning} onPlace={onPlace} />
          <NotReady operation={operation} planning={planning} />
          <Clearances operation={operation} planning={planning} />
          <Price operation={operation} planning={planning} />
          <NotLookedAt planning={planning} />
          <Exports bench={bench} planning={planning} />
          {operation.conditions.length > 0 && <Listed title="It asks of the surgeon" lines={operation.conditions} />}
          {operation.not_computed.length > 0 && <Listed title="Not worked out by enbloc" lines={operation.not_computed} />}
        </>
      )}
      {operations.value.unplanned.map((each) => (
        <p key={each} class="small">
          {each}
        </p>
      ))}
      {isComparing.value && <Compare planning={planning} onClose={() => (isComparing.value = false)} />}
    </div>
  );
}

const Listed = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <Fold title={title}>
    <ul class="small">
      {lines.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  </Fold>
);

/** Planning takes its seconds; everything else can be used meanwhile. */
const Planned = () => (
  <p class="bench-planning quiet" role="status">
    Planning on the labels as they are …
  </p>
);

/** Whether the plans are those of the labels as they are now. */
function Currency({ planning }: { planning: Planning }) {
  const found = planning.operations.value;
  if (found?.is_computing) return <Planned />;
  if (planning.isCurrent.value) return null;
  return (
    <p class="alarm caution">
      <Sign degree="caution">Planned before the last edit of the labels</Sign>{" "}
      <Small onClick={() => void planning.load()}>Plan again</Small>
    </p>
  );
}

/** The cuts of the operation; each can be taken in hand where that is possible. */
function Cuts({ planning, onPlace }: CutsProps) {
  const operation = planning.chosen.value;
  if (!operation || operation.cuts.length === 0) return null;
  return (
    <section aria-label="Cuts">
      <h3 class="bench-sub">
        Cuts {operation.can_be_dragged && <span class="quiet small">take one in hand: <Key>c</Key></span>}
      </h3>
      <ul class="plain bench-cuts">
        {planning.drawn.value.map((cut) => (
          <CutLine key={cut.name} cut={cut} planning={planning} onPlace={onPlace} canBeDragged={operation.can_be_dragged && planning.isCurrent.value} />
        ))}
      </ul>
    </section>
  );
}

const CutLine = ({ cut, planning, onPlace, canBeDragged }: CutsProps & { cut: DrawnCut; canBeDragged: boolean }) => (
  <li class={cut.isHeld ? "bench-cut is-held" : "bench-cut"} data-cut={cut.name}>
    <button type="button" class="link" onClick={() => onPlace(cut.plane.point)} title="Look at it">
      {cut.name}
    </button>
    <span class="nowrap">{cut.marginDegree ? <Sign degree={cut.marginDegree}>{cut.margin}</Sign> : <strong>{cut.margin}</strong>}</span>
    <span class="bench-cut-acts">
      {cut.before && !cut.isHeld && <Small label={`Put back the ${cut.name}`} onClick={() => planning.putBack(cut.name)}>Put back</Small>}
      {canBeDragged && !cut.isHeld && <Small label={`Take the ${cut.name} in hand`} onClick={() => planning.hold(cut.name)}>In hand</Small>}
      {cut.isHeld && <span class="small quiet">in hand</span>}
    </span>
    {cut.tooNear && <span class="bench-cut-way"><Sign degree="stop">{cut.tooNear}</Sign></span>}
    {cut.before && <span class="small quiet bench-cut-way">moved {wayOf(cut.before, cut.plane) || "and put back"}</span>}
  </li>
);

function NotLookedAt({ planning }: { planning: Planning }) {
  const lines = planning.standing.value.answer?.not_looked_at ?? [];
  if (lines.length === 0) return null;
  return (
    <ul class="small quiet plain bench-not-looked" aria-label="Not looked at again">
      {lines.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}
