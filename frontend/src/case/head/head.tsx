import { Shape } from "@/look/alarm";
import { Key, OriginStamp } from "@/look/values";
import { moment } from "../model/clock";
import { useCase } from "../open";
import { hasImages, imagesOf } from "../images";
import { show } from "../shows";
import type { Held } from "../nouns";
import { Clock } from "./clock";
import { RunningWork } from "./running";

/** What stays in sight however far one reads: who, what data, how fresh, and what must not be missed. */
export function Head() {
  const { view, page, may, isOlder, isOvertaken } = useCase();
  const [at, report] = [view.value, page.value?.report];
  if (!at) return null;
  return (
    <header class="case-head">
      <div class="case-line">
        <h1 dir="auto">{report?.identity || at.case_id}</h1>
        <OriginStamp origin={at.document.origin} />
        {report && <span class={`readiness ${report.readiness.startsWith("NOT") ? "is-not" : ""}`}>{report.readiness}</span>}
        <span class="case-facts quiet small">
          <span class="nowrap">case {at.case_id}</span>
          <span class="nowrap">as of {at.document.as_of ?? report?.as_of ?? "unknown day"}</span>
          <a class="nowrap" href={`/case/${encodeURIComponent(at.case_id)}/versions`}>
            version {at.version}
          </a>
          <span class="nowrap" title={at.because}>
            saved by {at.names[at.by] ?? at.by}, {moment(at.at)}
          </span>
          {at.board && <span class="nowrap">board {at.board}</span>}
        </span>
        <span class="case-acts screen-only">
          <ToImages />
          {may("enter") && (
            <button type="button" class="button compact" onClick={() => show({ kind: "enter" })}>
              Enter a finding
            </button>
          )}
        </span>
      </div>
      {isOlder.value && <Older />}
      {isOvertaken.value && <Newer />}
      {report && <Loudest held={report.counsel.held} urgent={report.counsel.urgent} />}
      <RunningWork />
    </header>
  );
}

/** The way to the workbench; where there is no scan, that is said instead. The workbench knows the newest version only. */
function ToImages() {
  const { id, view, isOlder } = useCase();
  if (isOlder.value) return null;
  if (!hasImages(view.value?.document)) return <span class="small quiet">no images to open</span>;
  return (
    <a class="button compact" href={imagesOf(id)}>
      Open the images <Key>w</Key>
    </a>
  );
}

function Older() {
  const { view, id, computedFrom } = useCase();
  return (
    <p class="older" role="status">
      <Shape degree="note" /> You read version {view.value?.version}. The newest is version {view.value?.newest}; only that one can be changed. The results below are of version {computedFrom.value}.{" "}
      <a href={`/case/${encodeURIComponent(id)}`}>Open the newest</a>
    </p>
  );
}

/** Somebody saved while one was changing: what one has changed stays, and can be set against it at once. */
function Newer() {
  const open = useCase();
  return (
    <p class="older" role="status">
      <Shape degree="caution" /> Version {open.view.value?.newest} was saved meanwhile. Your changes stand and are set against it when you save.
      <button type="button" class="button compact" onClick={() => void open.catchUp()}>
        Look now
      </button>
    </p>
  );
}

/** Stops that hold and urgent rules in a line each as far as there is room; the whole stands on the page below. */
const Loudest = ({ held, urgent }: { held: readonly Held[]; urgent: readonly Held[] }) =>
  held.length + urgent.length === 0 ? null : (
    <ul class="loudest plain" aria-label="What must be resolved">
      {[...held, ...urgent].map((one) => (
        <li key={one.rule.id + one.rule.about + one.of} class={`loud ${one.rule.degree} ${one.rule.is_draft ? "is-draft" : ""}`}>
          <a href={`#rule-${one.rule.id}`} title={one.rule.do}>
            <Shape degree={one.rule.degree} />
            <strong>
              <span class="unseen">{one.rule.degree} </span>
              {one.rule.id}
            </strong>
            <span class="loud-words">{one.rule.do}</span>
            {one.rule.is_draft && <span class="draft-word">draft</span>}
            <Clock words={one.clock} isShort />
          </a>
        </li>
      ))}
    </ul>
  );
