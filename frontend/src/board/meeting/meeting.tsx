import "../board.css";
import "@/case/case.css";
import { useSignal } from "@preact/signals";
import { ProblemNotice } from "@/look/notice";
import { Key } from "@/look/values";
import { moment } from "@/look/moment";
import { useKeys } from "@/shell/keys";
import { go } from "@/shell/router";
import { near, weekday } from "@/worklist/clock";
import { dayOf } from "@/case/model/clock";
import { InMeeting, useMeeting, useMeetingOf } from "../model/meeting";
import { NotOpen } from "../not_open";
import { Agenda } from "./agenda";
import { Asked } from "./asked";
import { Attending } from "./attending";
import { Papers } from "./papers";
import { Rename } from "./rename";

/** A meeting: its agenda before it, its doors while it lasts, its papers after it. */
export default function Meeting({ meetingId }: { meetingId: string }) {
  const meeting = useMeetingOf(meetingId);
  if (!meeting.view.value) return <NotOpen meeting={meeting} />;
  return (
    <InMeeting.Provider value={meeting}>
      <div class="board-page">
        <Head />
        <ProblemNotice problem={meeting.refusal.value} />
        <div class="board-columns">
          <div>
            <Agenda />
          </div>
          <div>
            <Attending />
            <Asked />
            <Papers />
          </div>
        </div>
      </div>
    </InMeeting.Provider>
  );
}

function Head() {
  const meeting = useMeeting();
  const isRenaming = useSignal(false);
  const view = meeting.view.value;
  const show = () => go(meeting.showAt);
  useKeys([{ keys: ["s"], words: "show the cases, full screen", does: show }], [meeting]);
  if (!view) return null;
  return (
    <header>
      <div class="board-head">
        <h1 dir="auto">{view.title}</h1>
        <span class={`board-state is-${view.state}`}>{view.state}</span>
        <span class="board-when">
          {weekday(view.day)} {view.day}
          {view.starts && `, ${view.starts}`} ({near(view.day, dayOf(new Date()))}) · {view.place || "no place is set"} · led by {meeting.nameOf(view.chair)}
        </span>
        <span class="buttons">
          {meeting.may("hold") && view.state !== "closed" && (
            <button type="button" class="button plain" onClick={() => (isRenaming.value = true)}>
              Change
            </button>
          )}
          <Doors onShow={show} />
        </span>
      </div>
      <p class="quiet small">
        {view.opened_by && `opened by ${meeting.nameOf(view.opened_by)}, ${moment(view.opened_at)}`}
        {view.closed_by && ` · closed by ${meeting.nameOf(view.closed_by)}, ${moment(view.closed_at)}`}
      </p>
      {isRenaming.value && <Rename onClose={() => (isRenaming.value = false)} />}
    </header>
  );
}

/** The one next act: open it, show it, or read its minutes. */
function Doors({ onShow }: { onShow: () => void }) {
  const meeting = useMeeting();
  const view = meeting.view.value;
  if (!view) return null;
  const mayHold = meeting.may("hold");
  const hasCases = view.agenda.length > 0;
  const close = () => window.confirm("Close the meeting? It is not opened again.") && void meeting.finish();
  return (
    <>
      {hasCases && (
        <button type="button" class={view.state === "open" ? "button first" : "button"} onClick={onShow}>
          {view.state === "open" && mayHold ? "Present" : view.state === "open" ? "Follow" : "Look through the cases"} <Key>s</Key>
        </button>
      )}
      {mayHold && view.state === "planned" && (
        <button type="button" class="button first" disabled={!hasCases} title={hasCases ? undefined : "There is no case on the agenda yet."} onClick={() => void meeting.start()}>
          Open the meeting
        </button>
      )}
      {mayHold && view.state === "open" && (
        <button type="button" class="button" onClick={close}>
          Close the meeting
        </button>
      )}
      {view.state === "closed" && (
        <a class="button first" href={meeting.file("minutes.pdf")} target="_blank" rel="noopener">
          Minutes
        </a>
      )}
    </>
  );
}
