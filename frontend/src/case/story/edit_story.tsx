import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { isDay } from "@/look/day";
import { Dialog } from "@/look/dialog";
import { Choice, Field } from "@/look/field";
import { useCase } from "../open";
import { close } from "../shows";

/** The story and who the patient is, as far as a plan needs to know. */
export function EditStory() {
  const open = useCase();
  const document = open.document.value;
  const id = useId();
  const story = useSignal(document?.story ?? "");
  const year = useSignal(String(document?.patient.birth_year ?? ""));
  const sex = useSignal<string>(document?.patient.sex ?? "");
  const day = useSignal(document?.as_of ?? "");
  const wrong = useSignal({ year: "", day: "" });
  const take = () => {
    wrong.value = {
      year: year.value && !/^(19|20|21)\d\d$/.test(year.value) ? "Write the four digits of the year." : "",
      day: day.value && !isDay(day.value) ? "Write a day, as 2026-11-20." : "",
    };
    if (wrong.value.year || wrong.value.day) return;
    open.edit({ kind: "field", at: "story", value: story.value.trim() });
    open.edit({ kind: "field", at: "patient.birth_year", value: year.value ? Number(year.value) : null });
    open.edit({ kind: "field", at: "patient.sex", value: sex.value || null });
    open.edit({ kind: "field", at: "as_of", value: day.value || null });
    close();
  };
  return (
    <Dialog title="Story and patient" onClose={close}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); take(); }}>
        <div class="field">
          <label htmlFor={id}>Story</label>
          <textarea id={id} class="input" rows={6} value={story.value} onInput={(event) => (story.value = event.currentTarget.value)} />
          <span class="hint">No names, no hospital numbers.</span>
        </div>
        <div class="pair">
          <Field label="Birth year" value={year.value} inputMode="numeric" placeholder="unknown" wrong={wrong.value.year} onText={(typed) => (year.value = typed)} />
          <Choice label="Sex" value={sex.value} options={[["", "unknown"], ["female", "female"], ["male", "male"]]} onChoose={(each) => (sex.value = each)} />
          <Field label="As of" type="day" value={day.value} wrong={wrong.value.day} hint="Clocks and due days count from it." onText={(typed) => (day.value = typed)} />
        </div>
        <p class="buttons">
          <button type="submit" class="button first">
            Take over
          </button>
        </p>
      </form>
    </Dialog>
  );
}
