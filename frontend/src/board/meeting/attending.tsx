import { useSignal } from "@preact/signals";
import { Sign } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { ProblemNotice } from "@/look/notice";
import { useMeeting } from "../model/meeting";
import type { Attendance } from "../nouns";
import { absent, counted, MEMBERS, STANDING } from "../words";
import { WhoAttends } from "./who_attends";

/** Who takes part, as what and how; which of those whom a full board asks is nobody of them (MDT-01). */
export function Attending() {
  const meeting = useMeeting();
  const isChanging = useSignal(false);
  const view = meeting.view.value;
  if (!view) return null;
  const lacking = absent(MEMBERS, view.attendance);
  const away = absent(STANDING, view.attendance);
  return (
    <section class="part" aria-labelledby="attending-title">
      <header class="part-head">
        <h2 id="attending-title">Who takes part</h2>
        <span class="quiet small">{counted(view.attendance.length, "person", "people")}</span>
        {meeting.may("hold") && view.state !== "closed" && (
          <span class="part-action screen-only">
            <button type="button" class="button plain compact" onClick={() => (isChanging.value = true)}>
              Change
            </button>
          </span>
        )}
      </header>
      <ul class="board-people plain">
        {view.attendance.map((each) => (
          <li key={each.name + each.specialty}>
            <span>
              <strong>{each.name}</strong> <span class="quiet">{each.specialty}</span>
            </span>
            <span class="quiet small">{each.how}</span>
          </li>
        ))}
      </ul>
      {lacking.length > 0 && (
        <p class="board-absent small">
          <Sign degree="caution">not there</Sign> {lacking.join(" · ")} <span class="quiet">(full board, MDT-01)</span>
        </p>
      )}
      {away.length > 0 && <p class="small quiet">standing members not there: {away.join(" · ")}</p>}
      {isChanging.value && <Change onClose={() => (isChanging.value = false)} />}
    </section>
  );
}

function Change({ onClose }: { onClose: () => void }) {
  const meeting = useMeeting();
  const rows = useSignal<readonly Attendance[]>(meeting.view.value?.attendance ?? []);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await meeting.change({ attendance: rows.value.filter((each) => each.name.trim()) })) onClose();
  };
  return (
    <Dialog title="Who takes part" isWide onClose={onClose}>
      <form class="form" onSubmit={save}>
        <WhoAttends rows={rows.value} colleagues={meeting.colleagues.value} onRows={(next) => (rows.value = next)} />
        <ProblemNotice problem={meeting.refusal.value} />
        <p class="buttons">
          <button class="button first">Save</button>
        </p>
      </form>
    </Dialog>
  );
}
