import "./board.css";
import { useSignal } from "@preact/signals";
import { queryOf } from "@/api/client";
import { useEvery } from "@/look/fetched";
import { Empty, Failed, Waiting } from "@/look/states";
import { Key } from "@/look/values";
import { useKeys } from "@/shell/keys";
import { query } from "@/shell/router";
import { may } from "@/shell/session";
import { near, weekday } from "@/worklist/clock";
import { NewMeeting } from "./new_meeting";
import type { MeetingHead, Meetings as Listed } from "./nouns";
import { counted } from "./words";

/** The meetings of the board: those ahead first, those that were below. */
export default function Meetings() {
  const shows = query.value.get("show") === "past" ? "past" : "ahead";
  const isPlanning = useSignal(false);
  const meetings = useEvery<Listed>("/meetings?limit=200");
  useKeys(may("hold") ? [{ keys: ["n"], words: "new meeting", does: () => (isPlanning.value = true) }] : [], []);
  if (meetings.problem && !meetings.value) return <Failed title={meetings.problem.title} remedy={meetings.problem.remedy} onRetry={meetings.again} />;
  if (!meetings.value) return <Waiting />;
  const { items, today } = meetings.value;
  const isPast = (each: MeetingHead) => each.state === "closed" || (each.state === "planned" && each.day < today);
  const [past, ahead] = [items.filter(isPast).toReversed(), items.filter((each) => !isPast(each))];
  return (
    <div class="board-page">
      <header class="board-head">
        <h1>Board</h1>
        <nav class="views" aria-label="Meetings">
          <Turn to="" words="Ahead" count={ahead.length} isOn={shows === "ahead"} />
          <Turn to="past" words="Held" count={past.length} isOn={shows === "past"} />
        </nav>
        <span class="buttons">
          {may("agreement") && (
            <a class="button plain" href="/administration/agreement">
              Agreement over the year
            </a>
          )}
          {may("hold") && (
            <button type="button" class="button first" onClick={() => (isPlanning.value = true)}>
              New meeting <Key>n</Key>
            </button>
          )}
        </span>
      </header>
      <List items={shows === "past" ? past : ahead} today={today} isPast={shows === "past"} onPlan={() => (isPlanning.value = true)} />
      {isPlanning.value && <NewMeeting today={today} onClose={() => (isPlanning.value = false)} />}
    </div>
  );
}

const Turn = ({ to, words, count, isOn }: { to: string; words: string; count: number; isOn: boolean }) => (
  <a href={`/board${queryOf({ show: to })}`} aria-current={isOn ? "page" : undefined}>
    {words} <b>{count}</b>
  </a>
);

const List = ({ items, today, isPast, onPlan }: { items: readonly MeetingHead[]; today: string; isPast: boolean; onPlan: () => void }) =>
  items.length === 0 ? (
    <Empty title={isPast ? "No meeting was held yet." : "No meeting is planned."}>
      <p class="quiet">{may("hold") ? "A meeting has a day and an agenda of cases; everybody who takes part sees what is shown on their own screen." : "Surgeons, oncologists, radiologists and coordinators plan meetings."}</p>
      {may("hold") && !isPast && (
        <button type="button" class="button first" onClick={onPlan}>
          Plan a meeting
        </button>
      )}
    </Empty>
  ) : (
    <ol class="board-meetings plain" aria-label={isPast ? "Meetings that were held" : "Meetings ahead"}>
      {items.map((each) => (
        <li key={each.meeting_id}>
          <Row meeting={each} today={today} />
        </li>
      ))}
    </ol>
  );

const Row = ({ meeting, today }: { meeting: MeetingHead; today: string }) => (
  <a href={`/board/${encodeURIComponent(meeting.meeting_id)}`} class={meeting.state === "open" ? "is-open" : undefined}>
    <span>
      <strong>
        {weekday(meeting.day)} {meeting.day}
      </strong>
      <br />
      <span class="quiet small">
        {meeting.starts && `${meeting.starts} · `}
        {near(meeting.day, today)}
      </span>
    </span>
    <span>
      <strong dir="auto">{meeting.title}</strong>
      <br />
      <span class="quiet small" dir="auto">{meeting.place || "no place is set"}</span>
    </span>
    <span>{counted(meeting.cases, "case")}</span>
    <span>
      <span class={`board-state is-${meeting.state}`}>{meeting.state}</span>
    </span>
  </a>
);
