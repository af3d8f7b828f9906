import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useFetched } from "@/look/fetched";
import { Empty } from "@/look/states";
import { moved, dropped, placeAt } from "../model/order";
import { useMeeting } from "../model/meeting";
import type { Missing, OnAgenda } from "../nouns";
import { counted } from "../words";
import { AddCase } from "./add_case";
import { Item, type Taken } from "./item";

/** The cases in their order; taken up by a handle with keys or pointer, and set down elsewhere. */
export function Agenda() {
  const meeting = useMeeting();
  const view = meeting.view.value;
  const missing = useFetched<Missing>(`/meetings/${encodeURIComponent(meeting.id)}/missing`);
  const cases = view?.agenda.map((each) => each.case_id).join(" ");
  useEffect(missing.again, [cases]);
  const { taken, lines, take, over, drop } = useDragging();
  const said = useSignal("");
  if (!view) return null;
  const mayArrange = meeting.may("hold") && view.state !== "closed";
  const set = (agenda: OnAgenda[]) => void meeting.order(agenda);
  const move = (from: number, to: number) => {
    if (to < 0 || to >= view.agenda.length) return;
    said.value = `${from + 1} is ${to + 1} of ${view.agenda.length} now.`;
    set(moved(view.agenda, from, to));
  };
  return (
    <section class="part" aria-labelledby="agenda-title">
      <header class="part-head">
        <h2 id="agenda-title">Agenda</h2>
        <span class="quiet small">{counted(view.agenda.length, "case")}</span>
      </header>
      {view.agenda.length === 0 && <Empty title="No case is on the agenda yet."><p class="quiet">{mayArrange ? "Find cases below by words of their diagnosis, level or id." : "Cases that are closed to a team you are not of are not listed for you."}</p></Empty>}
      <ol class="board-agenda plain" ref={lines} aria-label="Agenda">
        {view.agenda.map((item, nth) => (
          <Item
            key={item.case_id} item={item} nth={nth} of={view.agenda.length} mayArrange={mayArrange} taken={taken.value} missing={missing.value?.items.find((each) => each.case_id === item.case_id)}
            onMove={(to) => move(nth, to)} onTake={(event) => take(event, nth)} onOver={over} onDrop={() => drop(move)}
            onChange={(change) => set(view.agenda.map((each) => (each.case_id === item.case_id ? { ...each, ...change } : each)))}
            onRemove={() => set(view.agenda.filter((each) => each.case_id !== item.case_id))}
          />
        ))}
      </ol>
      <p class="unseen" aria-live="polite">
        {said.value}
      </p>
      {mayArrange && <AddCase onAgenda={view.agenda} onAdd={(added) => set([...view.agenda, added])} />}
    </section>
  );
}

/** What a pointer drags: which line was taken, and before which it would be set down. */
function useDragging() {
  const taken = useSignal<Taken | null>(null);
  const lines = useRef<HTMLOListElement>(null);
  const take = (event: PointerEvent, from: number) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    taken.value = { from, place: from };
  };
  const over = (event: PointerEvent) => {
    if (!taken.value || !lines.current) return;
    taken.value = { ...taken.value, place: placeAt(event.clientY, [...lines.current.children].map((each) => each.getBoundingClientRect())) };
  };
  const drop = (move: (from: number, to: number) => void) => {
    const was = taken.value;
    taken.value = null;
    if (was && dropped(was.from, was.place) !== was.from) move(was.from, dropped(was.from, was.place));
  };
  return { taken, lines, take, over, drop };
}
