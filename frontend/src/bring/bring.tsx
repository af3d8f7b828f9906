import { useEffect } from "preact/hooks";
import { post } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Job } from "@/api/types";
import { isDay } from "@/look/day";
import { useDoing } from "@/look/doing";
import { Choice, Field } from "@/look/field";
import { useFetched } from "@/look/fetched";
import { ProblemNotice } from "@/look/notice";
import { Failed, Waiting } from "@/look/states";
import { go, query } from "@/shell/router";
import { clear, patient, pieces, type Patient } from "./draft";
import { brought, isScan, unsaid } from "./kinds";
import { Drop, Pieces } from "./pieces";
import "./bring.css";

/** Bring a new case, or more scans and label maps into one (`/bring?case=…`). */
export default function Bring() {
  const caseId = query.value.get("case");
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      if (pieces.value.some((each) => each.state === "sending" || each.state === "packing")) event.preventDefault();
    };
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, []);
  return caseId ? <More caseId={caseId} /> : <New />;
}

const told = () => pieces.value.filter((each) => each.state === "sent").map((each) => brought(each.upload, each.told, each.meaning));

function New() {
  const doing = useDoing();
  const bring = (event: SubmitEvent) => {
    event.preventDefault();
    void doing.run(async () => {
      const { birth_year: year, sex, as_of: asOf, because } = patient.value;
      const body = { ...(year && { birth_year: Number(year) }), ...(sex && { sex }), ...(asOf && { as_of: asOf }), because, uploads: told() };
      const made = await post<{ case_id: string }>("/cases", body);
      clear();
      go(`/case/${encodeURIComponent(made.case_id)}`);
    });
  };
  return (
    <form class="bring" onSubmit={bring}>
      <h1>Bring a case</h1>
      <Files />
      <section class="form">
        <h2>The patient</h2>
        <p class="quiet small">No name, birth date or hospital number: enbloc keeps none. What you do not know stays open.</p>
        <PatientFields />
      </section>
      <Send problem={doing.problem} isBusy={doing.isBusy} words="Bring it and work it up" />
    </form>
  );
}

const takes = (what: keyof Patient) => (text: string) => (patient.value = { ...patient.value, [what]: text });

const PatientFields = () => (
  <>
    <div class="pair">
      <Field label="Year of birth" inputMode="numeric" maxLength={4} value={patient.value.birth_year} onText={(text) => takes("birth_year")(text.replaceAll(/\D/g, ""))} />
      <Choice label="Sex" value={patient.value.sex} onChoose={takes("sex")} options={[["", "not known"], ["female", "female"], ["male", "male"]]} />
      <Field label="As of" type="day" value={patient.value.as_of} onText={takes("as_of")} wrong={isDayOrOpen(patient.value.as_of) ? "" : "Write the day as 2026-11-21."} hint="The day the case stands at; today if left open." />
    </div>
    <Because />
  </>
);

const Because = () => (
  <Field label="Why it is brought" value={patient.value.because} onText={takes("because")} required maxLength={500} placeholder="new referral, for the board on Thursday" hint="Stands in the history of the case." />
);

function More({ caseId }: { caseId: string }) {
  const view = useFetched<{ version: number }>(`/cases/${encodeURIComponent(caseId)}`);
  const doing = useDoing();
  if (view.problem) return <Failed title={view.problem.title} remedy={view.problem.remedy} onRetry={view.again} />;
  if (!view.value) return <Waiting />;
  const madeFrom = view.value.version;
  const bring = (event: SubmitEvent) => {
    event.preventDefault();
    void doing.run(async () => {
      const body = { uploads: told(), made_from: madeFrom, because: patient.value.because };
      await post<{ job: Job }>(`/cases/${encodeURIComponent(caseId)}/intake`, body);
      clear();
      go(`/case/${encodeURIComponent(caseId)}`);
    });
  };
  return (
    <form class="bring" onSubmit={bring}>
      <h1>Bring more into case {caseId}</h1>
      <Files />
      <section class="form">
        <Because />
      </section>
      <Send problem={doing.problem} isBusy={doing.isBusy} words={`Bring it into version ${madeFrom + 1}`} />
    </form>
  );
}

const Files = () => (
  <section class="form">
    <h2>Scans and label maps</h2>
    <Drop />
    <Pieces />
  </section>
);

/** Whether it is a day of the calendar, or nothing yet. */
const isDayOrOpen = (words: string): boolean => words === "" || isDay(words);

/** Why it cannot be handed in yet; empty if it can. */
export function hindrance(isNew: boolean): string {
  const all = pieces.value;
  if (all.some((each) => each.state === "sending" || each.state === "packing")) return "Files are still on their way.";
  if (all.some((each) => each.state === "failed" || each.state === "lost")) return "A file did not arrive: send it again or take it out.";
  if (isNew && all.length > 0 && !all.some((each) => isScan(each.meaning))) return "Label maps need the scan they are drawn on.";
  if (!isNew && all.length === 0) return "Choose a file first.";
  const open = all.map((each) => unsaid(each.meaning)).find(Boolean);
  if (open) return open;
  if (!isDayOrOpen(patient.value.as_of)) return "The day is none.";
  return "";
}

function Send({ problem, isBusy, words }: { problem: Problem | null; isBusy: boolean; words: string }) {
  const why = hindrance(!query.value.get("case"));
  return (
    <section class="form">
      <ProblemNotice problem={problem} />
      <div class="buttons">
        <button class="button first" disabled={isBusy || why !== ""}>
          {words}
        </button>
        {pieces.value.length > 0 && (
          <button type="button" class="button plain" onClick={clear}>
            Throw it away
          </button>
        )}
        <span class="quiet">{why}</span>
      </div>
      <p class="quiet small">Everything is read in a process of its own with limits; names in DICOM files are left out on the way in.</p>
    </section>
  );
}
