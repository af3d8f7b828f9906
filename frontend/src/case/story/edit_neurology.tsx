import { useSignal } from "@preact/signals";
import { isDay } from "@/look/day";
import { Dialog } from "@/look/dialog";
import { Choice, Field } from "@/look/field";
import { useCase } from "../open";
import { close } from "../shows";
import { fieldWords } from "../words";

const ANSWERS = [["", "unknown"], ["yes", "yes"], ["no", "no"]] as const;
const YES_NO = ["deficit", "progressing", "myelopathy", "sphincter"] as const;
const WORDS = {
  ais: [["", "unknown"], ...[..."ABCDE"].map((each) => [each, each] as const)],
  ambulation: [["", "unknown"], ["independent", "independent"], ["aided", "aided"], ["none", "none"]],
} as const;
const DAYS = ["examined", "since"] as const;
type Name = (typeof YES_NO)[number] | (typeof DAYS)[number] | keyof typeof WORDS;

/** The summary of the examination; every answer can be unknown, and "no" must be said. */
export function EditNeurology() {
  const open = useCase();
  const held = open.document.value?.neurology;
  const typed = useSignal<Record<string, string>>(
    Object.fromEntries(Object.entries(held ?? {}).map(([name, value]) => [name, value === null ? "" : value === true ? "yes" : value === false ? "no" : String(value)])),
  );
  const wrong = useSignal<Record<string, string>>({});
  const of = (name: Name) => typed.value[name] ?? "";
  const put = (name: Name) => (text: string) => (typed.value = { ...typed.value, [name]: text });
  const take = () => {
    wrong.value = Object.fromEntries(DAYS.map((name) => [name, of(name) && !isDay(of(name)) ? "Write a day, as 2026-11-20." : ""]));
    if (Object.values(wrong.value).some(Boolean)) return;
    for (const name of YES_NO) open.edit({ kind: "field", at: `neurology.${name}`, value: of(name) === "" ? null : of(name) === "yes" });
    for (const name of [...DAYS, "ais", "ambulation"] as const) open.edit({ kind: "field", at: `neurology.${name}`, value: of(name) || null });
    close();
  };
  return (
    <Dialog title="Neurology" onClose={close}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); take(); }}>
        <div class="pair">
          {DAYS.map((name) => (
            <Field key={name} label={fieldWords(`neurology.${name}`)} type="day" value={of(name)} wrong={wrong.value[name] ?? ""} onText={put(name)} />
          ))}
          {YES_NO.map((name) => (
            <Choice key={name} label={fieldWords(`neurology.${name}`)} value={of(name)} options={ANSWERS} onChoose={put(name)} />
          ))}
          <Choice label={fieldWords("neurology.ais")} value={of("ais")} options={WORDS.ais} onChoose={put("ais")} />
          <Choice label={fieldWords("neurology.ambulation")} value={of("ambulation")} options={WORDS.ambulation} onChoose={put("ambulation")} />
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
