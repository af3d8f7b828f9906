import { scanWords } from "@/bring/kinds";
import { Empty } from "@/look/states";
import { useCase } from "./open";

/** A case without a result: what there is, and what happens next. What there is to do stands in the head. */
export function NothingYet() {
  const { job, document } = useCase();
  const scans = Object.keys(document.value?.images ?? {}).map(scanWords);
  const isUnderWay = job.value?.state === "running" || job.value?.state === "waiting";
  return (
    <Empty title={isUnderWay ? "The first work-up is running." : job.value?.waits ? `It waits for ${job.value.waits}.` : "Nothing is computed yet."}>
      <p class="quiet">
        {scans.length ? `Scans: ${scans.join(", ")}. ` : "There are no scans yet. "}
        {isUnderWay ? "Scores, options and pictures appear here as soon as it is done; the story can be completed meanwhile." : "Scores, options and pictures come with the work-up; what the record says stands on the left."}
      </p>
      <NextStep />
    </Empty>
  );
}

/** Bring what is missing; with everything there, the head offers to work it up. */
function NextStep() {
  const open = useCase();
  const hasScans = Object.keys(open.document.value?.images ?? {}).length > 0;
  const isUnderWay = open.job.value?.state === "running" || open.job.value?.state === "waiting";
  if (isUnderWay || !open.may("bring")) return null;
  return (
    <a class="button first" href={`/bring?case=${encodeURIComponent(open.id)}`}>
      {hasScans ? "Bring an outline or more scans" : "Bring scans"}
    </a>
  );
}
