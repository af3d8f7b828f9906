import "./case.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get, queryOf } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { Empty, Failed, Waiting } from "@/look/states";
import { moment } from "./model/clock";
import type { Change, Saved } from "./nouns";
import { latestFirst, type SavedPage } from "./right/history";
import { plainly } from "./words";

/** Every version, page by page; the latest first. */
async function every(at: string): Promise<Saved[]> {
  const found: Saved[] = [];
  let next = "";
  do {
    const page = await get<SavedPage>(`${at}/versions${queryOf({ after: next })}`);
    found.unshift(...latestFirst(page));
    next = page.next;
  } while (next);
  return found;
}

/** Every version of a case: who saved what and why; any of them opened, any two compared. */
export default function Versions({ caseId }: { caseId: string }) {
  const at = `/cases/${encodeURIComponent(caseId)}`;
  const saved = useSignal<Saved[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  const chosen = useSignal<readonly [earlier: number, later: number]>([0, 0]);
  const load = () => {
    every(at).then(
      (items) => {
        saved.value = items;
        const [newest, before] = items;
        if (newest && before) chosen.value = [before.version, newest.version];
        problem.value = null;
      },
      (thrown: unknown) => (problem.value = asProblem(thrown)),
    );
  };
  useEffect(load, [caseId]);
  if (problem.value) return <Failed title={problem.value.title} remedy={problem.value.remedy} onRetry={load} />;
  if (!saved.value) return <Waiting />;
  const [earlier, later] = chosen.value;
  return (
    <div class="versions-page">
      <h1>
        Versions of case <a href={`/case/${encodeURIComponent(caseId)}`}>{caseId}</a>
      </h1>
      <table class="table">
        <caption>Nothing is ever changed or removed; a correction is a new version.</caption>
        <thead>
          <tr>
            {["version", "saved by", "when", "why", "earlier", "later"].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {saved.value.map((each) => (
            <tr key={each.version} class={each.version === earlier || each.version === later ? "is-chosen" : ""}>
              <th scope="row">
                <a href={`/case/${encodeURIComponent(caseId)}?version=${each.version}`}>{each.version}</a>
              </th>
              <td>{each.by}</td>
              <td class="nowrap">{moment(each.at)}</td>
              <td dir="auto">{each.because}</td>
              <td>
                <input type="radio" name="earlier" aria-label={`Compare from version ${each.version}`} checked={each.version === earlier} disabled={each.version >= later} onChange={() => (chosen.value = [each.version, later])} />
              </td>
              <td>
                <input type="radio" name="later" aria-label={`Compare to version ${each.version}`} checked={each.version === later} disabled={each.version <= earlier} onChange={() => (chosen.value = [earlier, each.version])} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {later > 0 ? <Compare at={at} earlier={earlier} later={later} /> : <Empty title="There is one version only, nothing to compare." />}
    </div>
  );
}

/** Two versions field by field. */
function Compare({ at, earlier, later }: { at: string; earlier: number; later: number }) {
  const changes = useSignal<Change[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  useEffect(() => {
    changes.value = null;
    get<Change[] | { items?: Change[]; changes?: Change[] }>(`${at}/changes?earlier=${earlier}&later=${later}`).then(
      (found) => {
        changes.value = Array.isArray(found) ? found : (found.changes ?? found.items ?? []);
        problem.value = null;
      },
      (thrown: unknown) => (problem.value = asProblem(thrown)),
    );
  }, [earlier, later]);
  if (problem.value) return <Failed title={problem.value.title} remedy={problem.value.remedy} />;
  if (!changes.value) return <Waiting />;
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">
        From version {earlier} to version {later}: {changes.value.length} {changes.value.length === 1 ? "field differs" : "fields differ"}
      </h2>
      <div class="scroll">
        <table class="table">
          <thead>
            <tr>
              {["field", `version ${earlier}`, `version ${later}`].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.value.map((change) => (
              <tr key={change.path}>
                <th scope="row">{change.what}</th>
                <td dir="auto">{plainly(change.before)}</td>
                <td dir="auto">
                  <strong>{plainly(change.after)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
