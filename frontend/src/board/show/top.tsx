import { Shape } from "@/look/alarm";
import { OriginBanner } from "@/look/values";
import { hasImages, imagesOf } from "@/case/images";
import { useCase } from "@/case/open";
import { momentOf } from "@/case/model/clock";
import { Clock } from "@/case/head/clock";
import type { Held } from "@/case/nouns";
import type { Showing } from "./showing";

/** Which case this is, what the board is asked, and what holds it up: on every view. */
export function Top({ showing }: { showing: Showing }) {
  const { view, page, computedFrom, isOutOfDate } = useCase();
  const [at, report] = [view.value, page.value?.report];
  const item = showing.agenda[showing.nth.value];
  return (
    <header class="board-top">
      {at && <OriginBanner origin={at.document.origin} />}
      <div class="board-who">
        <span class="board-nth">
          {showing.nth.value + 1} of {showing.agenda.length}
        </span>
        <h1 dir="auto">{report?.identity ?? at?.case_id ?? "…"}</h1>
        {report && <span class={`readiness ${report.readiness.startsWith("NOT") ? "is-not" : ""}`}>{report.readiness}</span>}
        <span class="board-of">
          {isOutOfDate.value && <strong class="caution">result is of version {computedFrom.value}</strong>}
          <span>case {at?.case_id}</span>
          <span>version {at?.version}</span>
          <span>as of {at?.document.as_of ?? report?.as_of ?? "unknown day"}</span>
          {at && hasImages(at.document) && (
            <a class="screen-only" href={imagesOf(at.case_id)} target="_blank" rel="noopener">
              open the images
            </a>
          )}
        </span>
      </div>
      {item?.question && (
        <p class="board-question" dir="auto">
          <b>Asked</b> {item.question}
        </p>
      )}
      {report && <Stops held={report.counsel.held} urgent={report.counsel.urgent} isBrief={showing.at.value.view.group !== "story"} />}
    </header>
  );
}

/** In full on the first view; on the others a line of them, of the stops with what they ask. */
const Stops = ({ held, urgent, isBrief }: { held: readonly Held[]; urgent: readonly Held[]; isBrief: boolean }) =>
  held.length + urgent.length === 0 ? null : (
    <ul class={isBrief ? "board-stops is-brief plain" : "board-stops plain"} aria-label="What must be resolved">
      {[...held, ...urgent].map((one) => (
        <li key={one.rule.id + one.rule.about + one.of}>
          <span class={`board-stop ${one.rule.degree}`}>
            <Shape degree={one.rule.degree} />
            <span class="unseen">{one.rule.degree} </span>
            {one.rule.id}
            {one.rule.is_draft && " (draft)"}
          </span>
          {(!isBrief || one.rule.degree === "stop") && <span>{one.rule.do}</span>}
          {momentOf(one.clock) && <Clock words={one.clock} isShort />}
        </li>
      ))}
    </ul>
  );
