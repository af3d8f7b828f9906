import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { useDoing } from "@/look/doing";
import { Choice } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import type { Bench } from "../bench";
import type { RelabelWish } from "../nouns";
import { LEVELS, levelsOf } from "./groups";

type Way = "one" | "swap" | "shift";

/** Another name for a whole vertebra: this one alone, changing places with another, or a shift of all from here on. */
export function Relabel({ bench, level, onClose }: { bench: Bench; level: string; onClose: () => void }) {
  const labelled = levelsOf(bench.structures.value);
  const way = useSignal<Way>("one");
  const to = useSignal("");
  const by = useSignal<1 | -1>(1);
  const end = useSignal<"foot" | "head">("foot");
  const doing = useDoing();
  const { words, wish } = wished(level, way.value, to.value, by.value, end.value);
  const isReady = way.value === "shift" || to.value !== "";
  const relabel = () => doing.run(async () => {
    await bench.relabel(words, wish);
    onClose();
  });
  return (
    <Dialog title={`Relabel vertebra ${level}`} onClose={onClose}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void relabel(); }}>
        <fieldset class="bench-ways">
          <legend>What is wrong?</legend>
          <Pick way={way} of="one" words={`This vertebra alone has another name`} />
          <Pick way={way} of="swap" words="Two vertebrae have each other's names" />
          <Pick way={way} of="shift" words="The count is off from here on" />
        </fieldset>
        {way.value === "one" && <Choice label={`${level} is really`} value={to.value} options={optionsOf(LEVELS.filter((each) => !labelled.includes(each)))} onChoose={(chosen) => (to.value = chosen)} hint="Names that another vertebra has are not offered: change places, or shift the count." />}
        {way.value === "swap" && <Choice label={`${level} changes places with`} value={to.value} options={optionsOf(labelled.filter((each) => each !== level))} onChoose={(chosen) => (to.value = chosen)} />}
        {way.value === "shift" && (
          <div class="pair">
            <Choice label="From here towards" value={end.value} options={[["foot", "the feet"], ["head", "the head"]]} onChoose={(chosen) => (end.value = chosen as "foot" | "head")} />
            <Choice label="Every name becomes" value={String(by.value)} options={[["1", "the next one down (T8 → T9)"], ["-1", "the next one up (T8 → T7)"]]} onChoose={(chosen) => (by.value = chosen === "1" ? 1 : -1)} />
          </div>
        )}
        <p class="small quiet">Everything that bears the name of a vertebra goes with it: its discs, roots and arteries. It can be undone. A confirmation of labels and level is void after it.</p>
        <ProblemNotice problem={doing.problem} />
        <p class="buttons">
          <button type="submit" class="button first" disabled={!isReady || doing.isBusy}>
            {isReady ? words : "Relabel"}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

const optionsOf = (levels: readonly string[]): readonly (readonly [string, string])[] => [["", "choose …"], ...levels.map((each) => [each, each] as const)];

const Pick = ({ way, of, words }: { way: { value: Way }; of: Way; words: string }) => (
  <label class="tick">
    <input type="radio" name="relabel-way" checked={way.value === of} onChange={() => (way.value = of)} />
    {words}
  </label>
);

/** The wish, and the words that undo names. */
function wished(level: string, way: Way, to: string, by: 1 | -1, end: "foot" | "head"): { words: string; wish: RelabelWish } {
  const none: RelabelWish = { level, to: "", swap: false, shift: 0, end };
  if (way === "shift") return { words: `Shift the names from ${level} ${end === "foot" ? "down" : "up"} by one, ${by === 1 ? "down" : "up"}`, wish: { ...none, shift: by } };
  if (way === "swap") return { words: `Swap ${level} and ${to}`, wish: { ...none, to, swap: true } };
  return { words: `Relabel ${level} as ${to}`, wish: { ...none, to } };
}
