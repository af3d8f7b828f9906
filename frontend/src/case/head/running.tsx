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

function Behind({ last }: { last: Job | null }) {
  const open = useCase();
  const hasFailed = last?.state === "failed";
  return (
    <div class="running" role="status">
      <Shape degree={hasFailed ? "urgent" : "caution"} />
      <span>
        {open.page.value ? <strong>Out of date: computed from version {open.computedFrom.value}. </strong> : <strong>Not worked up yet. </strong>}
        {hasFailed && `The last work-up failed: ${last.fault}`}
        {last?.state === "cancelled" && "The last work-up was cancelled."}
      </span>
      {open.may("work_up") && (
        <button type="button" class="button compact" onClick={() => void open.workUp()}>
          Work up now
        </button>
      )}
    </div>
  );
}
