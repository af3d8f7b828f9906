import "./case.css";
import "./scores.css";
import "./plans.css";
import "./forms.css";
import { useEffect, useMemo } from "preact/hooks";
import { hear } from "@/api/live";
import { DecisionsOfCase } from "@/board/of_case";
import type { Job } from "@/api/types";
import { Failed, NotAllowed, Waiting } from "@/look/states";
import { OriginBanner } from "@/look/values";
import { query } from "@/shell/router";
import { Dialogs } from "./dialogs";
import { Alarms } from "./head/alarms";
import { Head } from "./head/head";
import { Timeline } from "./head/timeline";
import { useCaseKeys } from "./keys";
import { NothingYet } from "./nothing_yet";
import { Numbers } from "./numbers";
import { OpenCase, Opened, useCase } from "./open";
import { Frameworks } from "./plans/frameworks";
import { Operations } from "./plans/operations";
import { Options } from "./plans/options";
import { Survival } from "./plans/survival";
import { Arranged } from "./right/arranged";
import { Changes } from "./right/changes";
import { Confirmed } from "./right/confirmed";
import { Disagreements } from "./right/differ";
import { Documents } from "./right/documents";
import { History } from "./right/history";
import { Missing } from "./right/missing";
import { SaveBar } from "./save/bar";
import { Conflict } from "./save/conflict";
import { Others } from "./scores/others";
import { Scores } from "./scores/scores";
import { close } from "./shows";
import { Story } from "./story/story";

/** The page of one case: its story on one page, and the place where a clinician corrects it. */
export default function Case({ caseId }: { caseId: string }) {
  const version = Number(query.value.get("version")) || null;
  const open = useMemo(() => new OpenCase(caseId, version), [caseId, version]);
  useEffect(() => {
    const end = hear(
      `/cases/${encodeURIComponent(caseId)}/events`,
      { saved: () => void open.refresh(), job: (step: Step) => heard(open, step) },
      () => void open.refresh(),
    );
    void open.open().then(() => isRefused(open) && end()); // what is not open tells nothing, however often it is asked
    return () => {
      end();
      close();
    };
  }, [open]);
  return (
    <Opened.Provider value={open}>
      <Whole />
    </Opened.Provider>
  );
}

type Step = Pick<Job, "state" | "step" | "done" | "of"> & { job: string };

/** A step of the running work-up moves the bar; its end, or another job, is read from the server. */
function heard(open: OpenCase, { job: id, ...step }: Step): void {
  const running = open.job.value;
  const isOver = step.state === "done" || step.state === "failed" || step.state === "cancelled";
  if (running?.job_id !== id || isOver) void open.refresh();
  else open.job.value = { ...running, ...step };
}

const UNKNOWN = 404;
const NO_KEY = 422; // what cannot be the key of a case is answered so; to a person it is a case that is not there
const FORBIDDEN = 403;
const isRefused = (open: OpenCase): boolean => [UNKNOWN, NO_KEY, FORBIDDEN].includes(open.fault.value?.status ?? 0);

function Whole() {
  const open = useCase();
  const { view, fault, overtaken, said } = open;
  useCaseKeys(open);
  useWarning(open);
  if (fault.value && !view.value) {
    if (fault.value.status === FORBIDDEN) return <NotAllowed />;
    if (fault.value.status === UNKNOWN || fault.value.status === NO_KEY) return <Failed title="There is no such case, or it is not open to you." remedy="Look whether the address is right, or ask the team of the case." />;
    return <Failed title={fault.value.title} remedy={fault.value.remedy} onRetry={() => void open.open()} />;
  }
  if (!view.value) return <Waiting>Opening the case …</Waiting>;
  return (
    <div class={open.isOutOfDate.value ? "case is-out-of-date" : "case"}>
      <div class="case-top">
        <OriginBanner origin={view.value.document.origin} />
        <Head />
      </div>
      <Body />
      <SaveBar />
      <Dialogs />
      {overtaken.value && <Conflict overtaken={overtaken.value} />}
      <p class="unseen" aria-live="polite">
        {said.value}
      </p>
    </div>
  );
}

function Body() {
  const { page } = useCase();
  const hasResult = page.value !== null;
  const isShort = page.value?.report.scores.length === 0; // then the options find room beside what is missing
  return (
    <>
      <Timeline />
      <div class="case-columns">
        <div class="case-left">
          <Story />
          <DecisionsOfCase />
          {hasResult && <Documents />}
          <History />
        </div>
        <div class="case-middle">
          {hasResult ? <Alarms /> : <NothingYet />}
          <Scores />
          {isShort && <Options />}
        </div>
        <div class="case-right">
          <Confirmed />
          <Arranged />
          {hasResult && <Missing />}
          <Changes />
          <Disagreements />
        </div>
      </div>
      <div class="case-wide">
        {!isShort && <Options />}
        <Operations />
        <Survival />
        <Frameworks />
        <Others />
        <Numbers />
      </div>
    </>
  );
}

/** The browser asks before a tab with unsaved changes is closed: kept work ends with the tab. */
function useWarning(open: OpenCase): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (open.isChanged.value) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [open]);
}
