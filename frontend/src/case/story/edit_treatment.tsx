import { useSignal } from "@preact/signals";
import { isDay } from "@/look/day";
import { Dialog } from "@/look/dialog";
import { Choice, Field } from "@/look/field";
import { readNumber } from "../model/typed";
import type { Treatment } from "../nouns";
import { useCase } from "../open";
import { close } from "../shows";
import { readLevels } from "./levels";

const KINDS = ["systemic", "radiotherapy", "operation", "embolisation", "biopsy"].map((each) => [each, each] as const);
const DOSE = { unit: "Gy", from: 0, to: 120, step: null, kind: "number" };
const FRACTIONS = { unit: "", from: 1, to: 60, step: null, kind: "whole number" };

/** A treatment that was given; what is left empty is not known, which is not none. */
export function EditTreatment({ treatment }: { treatment: Treatment | null }) {
  const open = useCase();
  const typed = useSignal<Record<string, string>>({
    kind: treatment?.kind ?? "systemic", what: treatment?.what ?? "", levels: treatment?.levels.join(" ") ?? "", started: treatment?.started ?? "",
    ended: treatment?.ended ?? "", dose: String(treatment?.dose_gy ?? ""), fractions: String(treatment?.fractions ?? ""),
  });
  const wrong = useSignal<Record<string, string>>({});
  const of = (name: string) => ({ value: typed.value[name] ?? "", wrong: wrong.value[name] ?? "", onText: (text: string) => (typed.value = { ...typed.value, [name]: text }) });
  const nth = treatment ? JSON.stringify(treatment) : `new ${typed.value["what"]} ${typed.value["started"]}`;
  const take = () => {
    const { value, faults } = readTreatment(typed.value);
    wrong.value = faults;
    if (Object.values(faults).some(Boolean)) return;
    open.edit({ kind: "treatment", nth, before: treatment, value });
    close();
  };
  return (
    <Dialog title={treatment ? "Treatment" : "A treatment that was given"} onClose={close}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); take(); }}>
        <div class="pair">
          <Choice label="Kind" value={typed.value["kind"] ?? ""} options={KINDS} onChoose={(kind) => (typed.value = { ...typed.value, kind })} />
          <Field label="What" {...of("what")} hint="Drug, operation, field" />
          <Field label="Levels" {...of("levels")} placeholder="unknown" />
          <Field label="Started" type="day" {...of("started")} />
          <Field label="Ended" type="day" {...of("ended")} hint="Empty: not known, or still running" />
          {typed.value["kind"] === "radiotherapy" && (
            <>
              <Field label="Dose, Gy" {...of("dose")} placeholder="unknown" />
              <Field label="Fractions" {...of("fractions")} placeholder="unknown" />
            </>
          )}
        </div>
        <p class="buttons">
          <button type="submit" class="button first">
            Take over
          </button>
          {treatment && (
            <button type="button" class="button danger" onClick={() => { open.edit({ kind: "treatment", nth, before: treatment, value: null }); close(); }}>
              Remove it
            </button>
          )}
        </p>
      </form>
    </Dialog>
  );
}

function readTreatment(typed: Readonly<Record<string, string>>): { value: Treatment; faults: Record<string, string> } {
  const levels = readLevels(typed["levels"] ?? "");
  const [dose, fractions] = [optional(typed["dose"], DOSE), optional(typed["fractions"], FRACTIONS)];
  const [started, ended] = [typed["started"] || null, typed["ended"] || null];
  const faults = {
    what: typed["what"]?.trim() ? "" : "Write what was given or done.",
    levels: levels.wrong,
    dose: dose.wrong,
    fractions: fractions.wrong,
    started: started && !isDay(started) ? "Write a day, as 2026-11-20." : "",
    ended: ended && !isDay(ended) ? "Write a day, as 2026-11-20." : started && ended && ended < started ? "It ends before it starts." : "",
  };
  const value = { kind: typed["kind"] as Treatment["kind"], what: typed["what"]?.trim() ?? "", levels: levels.levels, started, ended, dose_gy: dose.value, fractions: fractions.value };
  return { value, faults };
}

function optional(typed: string | undefined, fact: typeof DOSE): { value: number | null; wrong: string } {
  if (!typed?.trim()) return { value: null, wrong: "" };
  const read = readNumber(typed, fact);
  return { value: read.value ?? null, wrong: read.wrong ?? "" };
}
