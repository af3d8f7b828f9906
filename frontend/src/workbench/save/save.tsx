import { useSignal } from "@preact/signals";
import { asProblem, type Problem } from "@/api/problem";
import type { Saved } from "@/case/nouns";
import { plainly } from "@/case/words";
import { Sign } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { useDoing } from "@/look/doing";
import { Field } from "@/look/field";
import { moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import type { Bench } from "../bench";
import type { Planning } from "../plans/planning";
import { standing } from "./journal";
import { cutsWords, editsWords, proposedReason } from "./words";

const IS_OVERTAKEN = 412;

/** What is saved as the next version, and why. */
export function Save({ bench, planning, onClose }: { bench: Bench; planning: Planning; onClose: () => void }) {
  const because = useSignal(proposedReason(bench.unsaved.value));
  const overtaken = useSignal<Problem | null>(null);
  const doing = useDoing();
  const save = () => doing.run(async () => {
    try {
      await bench.save(because.value.trim(), { labels: false, level: false });
      onClose();
    } catch (thrown) {
      if (asProblem(thrown).status !== IS_OVERTAKEN) throw thrown;
      overtaken.value = asProblem(thrown);
    }
  });
  if (overtaken.value) return <Overtaken bench={bench} problem={overtaken.value} onClose={onClose} />;
  return (
    <Dialog title={`Save as version ${(bench.view.value?.version ?? 0) + 1}`} onClose={onClose}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <Listed title="Labels" lines={editsWords(bench.unsaved.value)} />
        <Listed title="Cuts" lines={cutsWords(bench.unsaved.value, planning.operations.value)} />
        <Field label="Why this version is saved" value={because.value} required maxLength={500} onText={(text) => (because.value = text)} />
        {standing(bench.unsaved.value).length > 0 && <p class="small quiet">The labels are others then: whoever confirmed them confirms anew. The case is worked up after it.</p>}
        <ProblemNotice problem={doing.problem} />
        <p class="buttons">
          <button type="submit" class="button first" disabled={doing.isBusy || because.value.trim() === ""}>
            {doing.isBusy ? "Saving …" : "Save"}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

const Listed = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length > 0 && (
    <section>
      <h3>{title}</h3>
      <ul class="small bench-listed">
        {lines.map((each, nth) => (
          <li key={nth}>{each}</li>
        ))}
      </ul>
    </section>
  );

/** Somebody else saved meanwhile: who and what; what one did oneself goes over to their version and is looked at there. */
function Overtaken({ bench, problem, onClose }: { bench: Bench; problem: Problem; onClose: () => void }) {
  const doing = useDoing();
  const since = (problem.members["since"] as Saved[] | undefined) ?? [];
  const names = (problem.members["names"] as Readonly<Record<string, string>> | undefined) ?? {};
  const goOn = () => doing.run(async () => {
    await bench.fromAnew();
    await bench.takeUp();
    onClose();
  });
  return (
    <Dialog title="Somebody saved meanwhile" onClose={onClose}>
      <div class="form">
        <p>
          <Sign degree="caution">Not saved</Sign> Nothing of yours is lost. This is what others saved since you opened the case:
        </p>
        <ul class="since plain">
          {since.map((each) => (
            <li key={each.version}>
              <strong>{names[each.by] ?? each.by}</strong>, {moment(each.at)}: {each.because} <span class="quiet">(version {each.version})</span>
              <ul class="small">
                {each.changes?.map((change) => (
                  <li key={change.path}>
                    {change.what}: <s class="struck">{plainly(change.before)}</s> <strong>{plainly(change.after)}</strong>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        {since.length === 0 && <p>{problem.title}</p>}
        <ProblemNotice problem={doing.problem} />
        <p class="buttons">
          <button type="button" class="button first" disabled={doing.isBusy} onClick={() => void goOn()}>
            Put my changes on the newest version
          </button>
          <button type="button" class="button plain" onClick={onClose}>
            Not yet
          </button>
        </p>
        <p class="small quiet">Look at them there, then save again.</p>
      </div>
    </Dialog>
  );
}
