import "@/case/case.css";
import "@/case/scores.css";
import "@/case/plans.css";
import "../board.css";
import "./show.css";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isOnline } from "@/api/client";
import { Opened } from "@/case/open";
import { Shape } from "@/look/alarm";
import { Failed, Waiting } from "@/look/states";
import { Keys } from "@/shell/frame";
import { Asks } from "./asks";
import { Bar } from "./bar";
import { useShowKeys } from "./keys";
import { News } from "./news";
import { Showing } from "./showing";
import { Stage } from "./stage";
import { Top } from "./top";
import { Vote } from "../second/vote";
import { InMeeting, useMeeting, useMeetingOf } from "../model/meeting";
import { NothingOn } from "./parts";
import { NotOpen } from "../not_open";

/** A meeting on the wall, and the same on every screen of those who take part: case by case, view by view. */
export default function Show({ meetingId }: { meetingId: string }) {
  const meeting = useMeetingOf(meetingId);
  if (!meeting.view.value) return <NotOpen meeting={meeting} />;
  if (meeting.view.value.agenda.length === 0) return <NothingOn meeting={meeting} />;
  return (
    <InMeeting.Provider value={meeting}>
      <Wall />
    </InMeeting.Provider>
  );
}

function Wall() {
  const meeting = useMeeting();
  const showing = useMemo(() => new Showing(meeting), [meeting]);
  const larger = useSignal(1);
  const stage = useRef<HTMLElement>(null);
  useEffect(() => showing.begin(), [showing]);
  useShowKeys(showing, larger);
  const { seen, open, at } = showing;
  useEffect(() => {
    stage.current?.scrollTo(0, 0);
  }, [seen.value.at.case_id, seen.value.at.view]);
  return (
    <Opened.Provider value={open.value}>
      <div class="board-show" style={{ "--larger": larger.value }}>
        <Top showing={showing} />
        <main id="content" ref={stage} class="board-stage" tabIndex={0} aria-label={at.value.words}>
          {open.value.fault.value ? <Failed title={open.value.fault.value.title} remedy={open.value.fault.value.remedy} onRetry={() => void open.value.open()} /> : open.value.view.value ? <Stage view={at.value.view} /> : <Waiting>Opening the case …</Waiting>}
          <More stage={stage} of={`${seen.value.at.case_id} ${seen.value.at.view} ${larger.value}`} />
        </main>
        <News showing={showing} />
        <Bar showing={showing} />
        {!isOnline.value && <Lost />}
        {showing.floats.value === "vote" && <Vote caseId={seen.value.at.case_id} onClose={() => (showing.floats.value = null)} />}
        {showing.floats.value === "ask" && <Asks caseId={seen.value.at.case_id} onClose={() => (showing.floats.value = null)} />}
        {showing.floats.value === "keys" && <Keys onClose={() => (showing.floats.value = null)} />}
      </div>
    </Opened.Provider>
  );
}

const Lost = () => (
  <p class="board-lost" role="status">
    <Shape degree="urgent" /> <strong>No connection.</strong> What you see may be old; it is tried again by itself.
  </p>
);

/** What does not fit is said; nothing ends unseen below the edge of the screen. */
function More({ stage, of }: { stage: { current: HTMLElement | null }; of: string }) {
  const isMore = useSignal(false);
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const look = () => (isMore.value = element.scrollHeight - element.clientHeight - element.scrollTop > 8);
    const watch = new ResizeObserver(look);
    watch.observe(element);
    for (const each of element.children) watch.observe(each);
    element.addEventListener("scroll", look);
    look();
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [of]);
  return isMore.value ? (
    <p class="board-more">
      <span>more below: Page ↓</span>
    </p>
  ) : null;
}
