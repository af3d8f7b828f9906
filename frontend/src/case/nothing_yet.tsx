import { Empty } from "@/look/states";
import { useCase } from "./open";

/** A case without a result: what there is, and the one thing to do next. */
export function NothingYet() {
  const open = useCase();
  const running = open.job.value;
  const isUnderWay = running?.state === "running" || running?.state === "waiting";
  const images = Object.keys(open.document.value?.images ?? {});
  return (
    <Empty title={isUnderWay ? "The first work-up is running." : "Nothing is computed yet."}>
      <p class="quiet">
        {images.length ? `Scans: ${images.join(", ")}. ` : "There are no scans yet. "}
        {isUnderWay ? "Scores, options and pictures appear here as soon as it is done; the story can be completed meanwhile." : "Scores, options and pictures come with the work-up; what the record says stands on the left."}
      </p>
      {!isUnderWay && open.may("bring") && (
        <a class="button first" href={`/bring?case=${encodeURIComponent(open.id)}`}>
          {images.length ? "Bring an outline or more scans" : "Bring scans"}
        </a>
      )}
    </Empty>
  );
}
