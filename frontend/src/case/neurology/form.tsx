import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { post } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { Dialog } from "@/look/dialog";
import { Choice } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import { allNormal, ANAL, answersOf, EARLIER, given, keyOf, NON_KEY, DERMATOMES, scoresOf, SIDES, WHOLE, type Scores } from "../model/isncsci";
import { useCase } from "../open";
import { close } from "../shows";
import { Cells } from "./cells";
import { Figure } from "./figure";
import { Result, type Classified } from "./result";

const PAUSE_MS = 120;
const ANSWERS = [["", "unknown"], ["yes", "yes"], ["no", "no"], ["NT", "not testable"]] as const;
const EARLIER_ANSWERS = ANSWERS.slice(0, 3);
const SEGMENTS = [["", "not looked for"], ["none", "none"], ["C1", "C1"], ...DERMATOMES.map((each) => [each, each] as const)] as const;

/** The examination by ISNCSCI, which classifies while one types; what is left out stays unknown. */
export function IsncsciForm() {
  const open = useCase();
  const held = open.document.value?.forms.find((each) => each.instrument === "isncsci" && each.about === "patient");
  const scores = useSignal<Scores>(held ? scoresOf(held.answers) : {});
  const isReadOnly = !open.may("enter");
  const { result, problem } = useClassified(scores.value);
  const put = (key: string, score: string) => (scores.value = { ...scores.value, [key]: score });
  const take = () => {
    const answers = answersOf(scores.value);
    open.edit({ kind: "form", instrument: "isncsci", about: "patient", answers: Object.keys(answers).length ? answers : null });
    close();
  };
  return (
    <Dialog title="Neurology by ISNCSCI (revision of 2019)" isWide onClose={close}>
      <div class="isncsci">
        <Cells scores={scores.value} isReadOnly={isReadOnly} onScore={put} />
        <div class="isncsci-side">
          <p class="small quiet" role="status">
            {given(scores.value)} of {WHOLE} given; what is left out is unknown and keeps the result a set.
          </p>
          <div class="isncsci-told">
            {result && <Result result={result} />}
            <div class="body-figures">
              <Figure scores={scores.value} part="light touch" />
              <Figure scores={scores.value} part="pin prick" />
            </div>
          </div>
          <ProblemNotice problem={problem} />
          <div class="pair">
            {ANAL.map((name) => (
              <Choice key={name} label={name} disabled={isReadOnly} value={scores.value[keyOf(name)] ?? ""} options={ANSWERS} onChoose={(each) => put(keyOf(name), each)} />
            ))}
            {SIDES.map((side) => (
              <Choice key={side} label={`${NON_KEY}, ${side}`} disabled={isReadOnly} value={scores.value[keyOf(side, NON_KEY)] ?? ""} options={SEGMENTS} onChoose={(each) => put(keyOf(side, NON_KEY), each)} />
            ))}
            <Choice label="an earlier deficit (grade E asks)" disabled={isReadOnly} value={scores.value[EARLIER] ?? ""} options={EARLIER_ANSWERS} onChoose={(each) => put(EARLIER, each)} />
          </div>
          {!isReadOnly && (
            <p class="buttons">
              <button type="button" class="button first" onClick={take}>
                Take over
              </button>
              <button type="button" class="button" onClick={() => (scores.value = { ...allNormal(), ...nonEmpty(scores.value) })}>
                The rest is normal
              </button>
              <button type="button" class="button plain" onClick={() => (scores.value = {})}>
                Clear
              </button>
            </p>
          )}
          <p class="small quiet">0–2 and 0–5 set a score and go down; n not testable; * lowered by another cause; space unknown; arrows move.</p>
        </div>
      </div>
    </Dialog>
  );
}

const nonEmpty = (scores: Scores): Scores => Object.fromEntries(Object.entries(scores).filter(([, score]) => score !== ""));

/** The classification of the last scores that the server has seen; it follows a moment behind the typing. */
function useClassified(scores: Scores): { result: Classified | null; problem: Problem | null } {
  const state = useSignal<{ result: Classified | null; problem: Problem | null }>({ result: null, problem: null });
  useEffect(() => {
    const gone = new AbortController();
    const timer = window.setTimeout(() => {
      post<Classified>("/neurology/isncsci", { examination: answersOf(scores) }, { signal: gone.signal }).then(
        (result) => (state.value = { result, problem: null }),
        (thrown: unknown) => {
          if (!gone.signal.aborted) state.value = { ...state.value, problem: asProblem(thrown) };
        },
      );
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      gone.abort();
    };
  }, [scores]);
  return state.value;
}
