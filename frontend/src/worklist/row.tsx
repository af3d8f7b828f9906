import type { Job, WorklistLine } from "@/api/types";
import { isDegree, Sign } from "@/look/alarm";
import { OriginStamp, Progress } from "@/look/values";
import { isPressing, near, untilDue, weekday } from "./clock";

interface RowProps {
  line: WorklistLine;
  today: string;
  job: Job | undefined;
  isChosen: boolean;
}

/** One case in one link: how loud, who, until when, what is missing, which board, and whether the result is of now. */
export const Row = ({ line, today, job, isChosen }: RowProps) => (
  <a class={`case-row ${line.degree}`} href={`/case/${encodeURIComponent(line.case_id)}`} data-case={line.case_id} aria-current={isChosen ? "true" : undefined}>
    <span class="row-loud">
      {isDegree(line.degree) ? <Sign degree={line.degree} /> : <NoAlarm line={line} />}
    </span>
    <span class="row-who">
      <span class="row-headline">
        {line.headline || `Case ${line.case_id}`} <OriginStamp origin={line.origin} />
        {line.is_closed && <span class="tag">closed to its team</span>}
      </span>
      <span class="row-beneath row-identity" title={line.identity}>
        {line.identity}
      </span>
      {rulesOf(line.what || line.readiness).map((rule) => (
        <span key={rule} class="row-what" title={rule}>
          {rule}
        </span>
      ))}
    </span>
    <span class="row-when">
      {line.due && <Due line={line} today={today} />}
      {line.board && <Board day={line.board} today={today} />}
    </span>
    <span class="row-missing">{line.missing > 0 && <Missing line={line} />}</span>
    <span class="row-state">
      <State line={line} job={job} />
    </span>
  </a>
);

/** The loudest rule, and the one for which a clock runs, each on a line of its own. */
const rulesOf = (what: string): string[] => what.split(/ · (?=[A-Z]+-\d+ )/);

/** No alarm in a case that was never worked up is no good news, and looks like none. */
const NoAlarm = ({ line }: { line: WorklistLine }) =>
  line.worked_up ? <span class="quiet">no alarm</span> : <span class="unknown-said">not known yet</span>;

const Due = ({ line, today }: { line: WorklistLine; today: string }) => (
  <>
    <strong class={isPressing(line.due, today) ? "pressing" : undefined}>{untilDue(line.due, today)}</strong>
    <span class="row-beneath">
      by {line.due}
      {line.due_what && `: ${line.due_what}`}
    </span>
  </>
);

const Missing = ({ line }: { line: WorklistLine }) => (
  <>
    {line.missing} missing
    <span class="row-beneath">{line.ask && `first: ${line.ask}`}</span>
  </>
);

const Board = ({ day, today }: { day: string; today: string }) => (
  <span class="row-board">
    Board {near(day, today)}
    <span class="row-beneath">
      {weekday(day)} {day}
    </span>
  </span>
);

function State({ line, job }: { line: WorklistLine; job: Job | undefined }) {
  if (line.state === "working" || job?.state === "running") return <Working caseId={line.case_id} job={job} />;
  return (
    <>
      <Standing line={line} />
      <span class="row-beneath">{line.case_id}</span>
    </>
  );
}

function Standing({ line }: { line: WorklistLine }) {
  if (line.state === "failed") return <Sign degree="caution">work-up failed</Sign>;
  if (line.state === "out of date") return <span class="unknown-said">out of date</span>;
  if (line.state === "new") return <span class="quiet">no work-up yet</span>;
  return (
    <span class="quiet">
      v{line.version} · {line.as_of}
    </span>
  );
}

const Working = ({ caseId, job }: { caseId: string; job: Job | undefined }) => (
  <>
    {job?.step || "working …"}
    {job && job.of > 0 ? <Progress done={job.done} of={job.of} words={job.step || "working"} /> : <span class="row-beneath">{caseId}</span>}
  </>
);
