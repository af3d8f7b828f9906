import { useSignal } from "@preact/signals";
import { isDegree, Sign } from "@/look/alarm";
import { Field } from "@/look/field";
import { OriginStamp } from "@/look/values";
import { Fold } from "@/case/parts";
import { useMeeting } from "../model/meeting";
import type { DecisionView, MissingOfCase, OnAgenda } from "../nouns";
import { counted, titleOf } from "../words";
import { Decided, DecisionPapers } from "./decided";

/** A line that is dragged, and the place that it would come to stand before. */
export interface Taken {
  from: number;
  place: number;
}

interface ItemProps {
  item: OnAgenda;
  nth: number;
  of: number;
  mayArrange: boolean;
  taken: Taken | null;
  missing: MissingOfCase | undefined;
  onMove: (to: number) => void;
  onTake: (event: PointerEvent) => void;
  onOver: (event: PointerEvent) => void;
  onDrop: () => void;
  onChange: (change: Partial<OnAgenda>) => void;
  onRemove: () => void;
}

/** One case of the agenda: what it is, what the board is asked, what is missing before it, what was decided. */
export function Item(props: ItemProps) {
  const { item, nth, taken, mayArrange, missing } = props;
  const meeting = useMeeting();
  const { line } = item;
  const isShown = meeting.isOpen.value && meeting.shown.value?.case_id === item.case_id;
  return (
    <li class={`board-item ${isShown ? "is-shown" : ""} ${lookOf(taken, nth, props.of)}`} data-case={item.case_id}>
      {mayArrange ? <Grip {...props} /> : <span class="quiet">{nth + 1}</span>}
      <div>
        <h3>
          <a href={`/case/${encodeURIComponent(item.case_id)}`} dir="auto">{titleOf(item.case_id, line?.headline)}</a>
          <span class="board-identity">{line?.identity}</span>
          <OriginStamp origin={line?.origin ?? ""} />
          {line && isDegree(line.degree) && <Sign degree={line.degree} />}
          {isShown && <span class="tag">shown now</span>}
        </h3>
        {line?.what && <p class="small">{line.what}</p>}
        <Question {...props} />
        <Lacks missing={missing} />
        {meeting.decidedOf(item.case_id).filter((each) => item.decisions.includes(each.decision.id) || each.state === "to be ratified" || each.ratified_in === meeting.id).map((each) => (
          <Decided key={each.decision.id} kept={each}>
            <Ratify kept={each} />
            <DecisionPapers kept={each} />
          </Decided>
        ))}
      </div>
      <Acts {...props} />
    </li>
  );
}

/** What a quorum decided by phone: the open meeting stands by it, or decides otherwise. */
function Ratify({ kept }: { kept: DecisionView }) {
  const meeting = useMeeting();
  if (kept.state !== "to be ratified") return null;
  if (!meeting.isOpen.value || !meeting.may("decide")) return <p class="quiet">Decided by phone ({kept.decision.emergency}); an open meeting ratifies it.</p>;
  return (
    <p class="buttons screen-only">
      <button type="button" class="button compact first" onClick={() => void meeting.ratify(kept.decision)}>
        Ratify it
      </button>
      <span class="quiet">or decide otherwise: that replaces it</span>
    </p>
  );
}

function lookOf(taken: Taken | null, nth: number, of: number): string {
  if (!taken) return "";
  if (taken.from === nth) return "is-taken";
  if (taken.place === nth) return "is-before";
  return taken.place === of && nth === of - 1 ? "is-after" : "";
}

/** The handle: arrows move the line, a pointer drags it. */
const Grip = ({ nth, of, item, onMove, onTake, onOver, onDrop }: ItemProps) => {
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(nth + by);
  };
  return (
    <button type="button" class="board-grip" title="Arrows or dragging change the order" aria-label={`${nth + 1} of ${of}: ${titleOf(item.case_id, item.line?.headline)}. Arrow up and down change its place.`} onKeyDown={press} onPointerDown={onTake} onPointerMove={onOver} onPointerUp={onDrop} onPointerCancel={onDrop}>
      {nth + 1}
      <svg viewBox="0 0 10 14" aria-hidden="true">
        <path d="M2 1h2v2H2zM6 1h2v2H6zM2 6h2v2H2zM6 6h2v2H6zM2 11h2v2H2zM6 11h2v2H6z" fill="currentColor" />
      </svg>
    </button>
  );
};

function Question({ item, mayArrange, onChange }: ItemProps) {
  const typed = useSignal<string | null>(null);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    onChange({ question: typed.value?.trim() ?? "" });
    typed.value = null;
  };
  if (typed.value !== null) {
    return (
      <form class="form" onSubmit={save}>
        <Field label="Question to the board" value={typed.value} onText={(text) => (typed.value = text)} maxLength={400} autoFocus placeholder="separation surgery now, or radiotherapy alone?" />
        <p class="buttons">
          <button class="button compact first">Put it on the agenda</button>
          <button type="button" class="button compact plain" onClick={() => (typed.value = null)}>
            Leave it
          </button>
        </p>
      </form>
    );
  }
  return (
    <p class="board-asked">
      {item.question ? (
        <>
          <b>Asked</b> <span dir="auto">{item.question}</span>
        </>
      ) : (
        <span class="unknown-said">no question is written</span>
      )}{" "}
      {mayArrange && (
        <button type="button" class="link screen-only small" onClick={() => (typed.value = item.question)}>
          {item.question ? "change" : "ask the board"}
        </button>
      )}
    </p>
  );
}

const FIRST = 3;

/** What is missing before the board, the most telling first; a case that was never worked up says that instead. */
function Lacks({ missing }: { missing: MissingOfCase | undefined }) {
  if (!missing) return null;
  if (!missing.worked_up) return <p class="small"><Sign degree="caution">not worked up</Sign> What is missing is not known yet.</p>;
  if (missing.items.length === 0) return <p class="small quiet">Nothing is asked for.</p>;
  const [first, rest] = [missing.items.slice(0, FIRST), missing.items.slice(FIRST)];
  return (
    <div class="small">
      <p>
        <Sign degree="note">{counted(missing.items.length, "item")} missing</Sign> {first.join(" · ")} {!missing.is_current && <span class="quiet">(of version {missing.worked_up}, being worked up anew)</span>}
      </p>
      {rest.length > 0 && (
        <Fold title={`${rest.length} more`}>
          <ul>
            {rest.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}

function Acts({ item, mayArrange, onRemove }: ItemProps) {
  const meeting = useMeeting();
  const name = titleOf(item.case_id, item.line?.headline);
  return (
    <div class="board-side screen-only">
      {meeting.isOpen.value && meeting.may("decide") && (
        <a class="button compact" href={meeting.decideAt(item.case_id)}>
          Decide
        </a>
      )}
      {mayArrange && (
        <button type="button" class="button plain compact" aria-label={`Take off ${name}`} onClick={() => window.confirm(`Take ${name} off the agenda?`) && onRemove()}>
          Take off
        </button>
      )}
    </div>
  );
}
