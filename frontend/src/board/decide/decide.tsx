import "../board.css";
import "@/case/case.css";
import { useEffect, useMemo } from "preact/hooks";
import { isOnline, queryOf } from "@/api/client";
import { hear } from "@/api/live";
import { OpenCase, Opened } from "@/case/open";
import { Alarm } from "@/look/alarm";
import { moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import { Failed, Waiting } from "@/look/states";
import { OriginBanner } from "@/look/values";
import { go } from "@/shell/router";
import { Beside } from "./beside";
import { Changed } from "./changed";
import { Choosing } from "./choosing";
import { Deciding, InDecision, useDeciding } from "./deciding";
import { Differing } from "./differing";
import { Items } from "./items";
import { Phone } from "./phone";
import { Recording } from "./recording";
import { Stops } from "./stops";
import { ToDos } from "./to_dos";

interface DecideProps {
  caseId: string;
  /** Of no meeting: a quorum decides by phone. */
  meetingId?: string;
}

/** The form of a decision on one case. */
export default function Decide({ caseId, meetingId = "" }: DecideProps) {
  const deciding = useMemo(() => new Deciding(new OpenCase(caseId), meetingId), [caseId, meetingId]);
  useEffect(() => {
    void deciding.begin();
    return hear(`/cases/${encodeURIComponent(caseId)}/events`, { saved: () => void deciding.open.refresh(), decided: () => void deciding.begin() }, () => void deciding.begin());
  }, [deciding]);
  const fault = deciding.fault.value;
  if (fault && !deciding.presented.value) return <Failed title={fault.status === 404 ? "There is no such case, or it is not open to you." : fault.title} remedy={fault.remedy} onRetry={() => void deciding.begin()} />;
  if (!deciding.presented.value) return <Waiting>Opening the case …</Waiting>;
  return (
    <Opened.Provider value={deciding.open}>
      <InDecision.Provider value={deciding}>
        <Page />
      </InDecision.Provider>
    </Opened.Provider>
  );
}

function Page() {
  const deciding = useDeciding();
  const { open, meetingId, form, lesions, refusal } = deciding;
  const back = backTo(meetingId, open.id, "story");
  const after = backTo(meetingId, open.id, "decision");
  const record = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await deciding.record()) go(after);
    else document.querySelector<HTMLElement>('.board-form [aria-invalid="true"]')?.focus();
  };
  return (
    <div class="board-page">
      <OriginBanner origin={open.view.value?.document.origin ?? ""} />
      <Head back={back} />
      <div class="board-decide">
        <form class="board-form" aria-label="Decision" noValidate onSubmit={record}>
          <Notices />
          {!meetingId && <Phone />}
          {lesions.length > 1 && <Lesions />}
          <Choosing key={form.value.lesion} />
          <Stops />
          <Items />
          <Differing />
          <ToDos />
          <ProblemNotice problem={isOnline.value && refusal.value?.status === 0 ? null : refusal.value} />
          <Recording />
        </form>
        <Beside />
      </div>
      {deciding.changed.value && <Changed changed={deciding.changed.value} onDone={() => go(after)} />}
    </div>
  );
}

/** To the wall where it was left, or to the page of a case that was decided by phone. */
const backTo = (meetingId: string, caseId: string, view: string): string =>
  meetingId ? `/board/${encodeURIComponent(meetingId)}/show${queryOf({ case: caseId, view })}` : `/case/${encodeURIComponent(caseId)}`;

function Head({ back }: { back: string }) {
  const { open, meeting, way, presented } = useDeciding();
  return (
    <header class="board-head">
      <h1>
        {way.value === "meeting" ? "Decision" : "Decision by phone"}: <span dir="auto">{open.page.value?.report.identity ?? `case ${open.id}`}</span>
      </h1>
      <span class="board-when small">
        {meeting.value ? `${meeting.value.title}, ${meeting.value.day}` : "a quorum out of hours, to be ratified by the board (MDT-03)"} · on version {presented.value?.version}
      </span>
      <span class="buttons">
        <a class="button plain" href={back}>
          Leave it, keep what is typed
        </a>
      </span>
    </header>
  );
}

/** What must be known before the first word: that the form was kept, that another decision stands, that the meeting is not open. */
function Notices() {
  const { takenUp, startAnew, standing, meeting } = useDeciding();
  return (
    <>
      {takenUp.value && (
        <Alarm degree="note" title="Taken up again" isAnnounced>
          <p>
            What was typed until {moment(takenUp.value)} and not recorded stands below.{" "}
            <button type="button" class="link" onClick={startAnew}>
              Start anew
            </button>
          </p>
        </Alarm>
      )}
      {standing.value && (
        <Alarm degree="caution" title={standing.value.state === "to be ratified" ? "A quorum decided this by phone" : "This lesion is decided"}>
          <p>
            {standing.value.decision.chosen?.called || standing.value.decision.chosen?.act || "no option was chosen"}, recorded by {standing.value.decision.by}, {moment(standing.value.decision.at)}. What you record replaces it by name; both stay in the record.
          </p>
        </Alarm>
      )}
      {meeting.value?.attendance.length === 0 && (
        <Alarm degree="caution" title="Nobody is named as taking part">
          <p>
            A decision names who made it. <a href={`/board/${encodeURIComponent(meeting.value.meeting_id)}`}>Write down who takes part</a>; what you type here is kept.
          </p>
        </Alarm>
      )}
      {meeting.value && meeting.value.state !== "open" && (
        <Alarm degree="caution" title={meeting.value.state === "closed" ? "The meeting is closed" : "The meeting is not open yet"}>
          <p>A decision of a meeting is recorded while it is open. What you type is kept in this tab.</p>
        </Alarm>
      )}
    </>
  );
}

const Lesions = () => {
  const { lesions, form, turnTo } = useDeciding();
  return (
    <fieldset class="board-group">
      <legend>Lesion</legend>
      <div class="buttons">
        {lesions.map((each) => (
          <label key={each} class="tick">
            <input type="radio" name="lesion" checked={form.value.lesion === each} onChange={() => turnTo(each)} />
            {each}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
