import type { Storage as Taken } from "@/api/types";
import { Alarm } from "@/look/alarm";
import { useFetched } from "@/look/fetched";
import { counted, size } from "@/look/moment";
import { Failed, Waiting } from "@/look/states";

const FEW_BYTES = 10e9;

/** What the record takes and what is left. */
export function Storage() {
  const { value: taken, problem, again } = useFetched<Taken>("/storage");
  if (problem) return <Failed title={problem.title} remedy={problem.remedy} onRetry={again} />;
  if (!taken) return <Waiting />;
  return (
    <>
      <header class="part-head">
        <h1>Storage</h1>
        <button type="button" class="button" onClick={again}>
          Look again
        </button>
      </header>
      {taken.free_bytes < FEW_BYTES && (
        <Alarm degree="urgent" title={`Only ${size(taken.free_bytes)} left on the disk`}>
          <p>A full disk refuses new scans and results; what is in the record stays whole. Make room or move the data folder.</p>
        </Alarm>
      )}
      <div class="figures">
        <Figure shown={counted(taken.cases)} words={taken.cases === 1 ? "case" : "cases"} />
        <Figure shown={counted(taken.files)} words="files" />
        <Figure shown={size(taken.bytes)} words="in files" />
        <Figure shown={size(taken.free_bytes)} words="free on the disk" />
        <Figure shown={counted(taken.waiting_jobs)} words={taken.waiting_jobs === 1 ? "job waiting" : "jobs waiting"} />
      </div>
      <dl class="pairs">
        <dt>Database</dt>
        <dd>{taken.database}</dd>
        <dt>Backup</dt>
        <dd>enbloc record backup, while the server runs; enbloc record verify reads it through</dd>
      </dl>
    </>
  );
}

const Figure = ({ shown, words }: { shown: string; words: string }) => (
  <p class="figure">
    <strong>{shown}</strong>
    <span>{words}</span>
  </p>
);
