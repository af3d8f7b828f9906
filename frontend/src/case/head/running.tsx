import { isOnline } from "@/api/client";
import { Shape } from "@/look/alarm";
import { ProblemNotice } from "@/look/notice";
import { Progress } from "@/look/values";
import type { Job } from "@/api/types";
import { useCase } from "../open";

const isUnderWay = (job: Job | null): job is Job => job !== null && (job.state === "waiting" || job.state === "running");

/** Whether what is shown is what the newest version says; if not, since when, and how far the new one has come. */
export function RunningWork() {
  const { isOutOfDate, job, page, refusal } = useCase();
  const running = job.value;
  return (
    <>
      {isUnderWay(running) ? <UnderWay job={running} /> : (isOutOfDate.value || page.value === null) && <Behind last={running} />}
      <ProblemNotice problem={isOnline.value && refusal.value?.status === 0 ? null : refusal.value} />
    </>
  );
}

function UnderWay({ job }: { job: Job }) {
  const open = useCase();
  const said = job.state === "waiting" ? "waiting for its turn" : job.step || "starting";
  return (
    <div class="running">
      <span role="status">
        {open.isOutOfDate.value && <strong>Out of date: computed from version {open.computedFrom.value}. </strong>}
        Working up version {job.version}: {said}
      </span>
      <Progress done={job.done} of={job.of} words={said} />
      {open.may("work_up") && (
        <button type="button" class="button plain compact" onClick={() => void open.cancel()}>
          Cancel
        </button>
      )}
    </div>
  );
}

/** Nothing is under way: what is shown is old or not there, and why. A case that waits for something is no fault. */
function Behind({ last }: { last: Job | null }) {
  const open = useCase();
  return (
    <div class={last?.waits ? "running is-waiting" : "running"} role="status">
      <Shape degree={last?.waits ? "note" : "caution"} />
      <span>
        {open.page.value ? <strong>Out of date: computed from version {open.computedFrom.value}. </strong> : <strong>Not worked up yet. </strong>}
        {last && endOf(last)}
      </span>
      <NextStep last={last} />
    </div>
  );
}

/** How the last job ended, where that is why there is nothing new. */
function endOf({ kind, state, fault, waits }: Job): string {
  if (waits) return `It waits for ${waits}.`;
  if (state === "cancelled") return "The last work-up was cancelled.";
  if (state !== "failed") return "";
  return kind === "intake" ? `What was brought could not be taken in: ${fault}` : `The last work-up failed: ${fault}`;
}

function NextStep({ last }: { last: Job | null }) {
  const open = useCase();
  const isBrought = last?.kind === "intake" && last.state === "failed";
  if (last?.waits || isBrought) {
    return open.may("bring") ? (
      <a class="button compact" href={`/bring?case=${encodeURIComponent(open.id)}`}>
        {isBrought ? "Bring the files again" : "Bring it"}
      </a>
    ) : null;
  }
  return open.may("work_up") ? (
    <button type="button" class="button compact" onClick={() => void open.workUp()}>
      Work up now
    </button>
  ) : null;
}
