import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { Choice, Field } from "@/look/field";
import type { Lesion } from "../nouns";
import { useCase } from "../open";
import { close } from "../shows";
import { readLevels } from "./levels";

const ANSWERS = [["", "unknown"], ["yes", "yes"], ["no", "no"]] as const;
const KINDS = [["", "unknown"], ["metastasis", "metastasis"], ["primary", "primary"], ["haematological", "haematological"]] as const;
const said = (is: boolean | null): string => (is === null ? "" : is ? "yes" : "no");
const meant = (words: string): boolean | null => (words === "" ? null : words === "yes");

/** A lesion: where it is, and what is known of its nature. */
export function EditLesion({ lesion }: { lesion: Lesion | null }) {
  const open = useCase();
  const taken = open.document.value?.lesions.map((each) => each.id) ?? [];
  const id = lesion?.id ?? [..."ABCDEFGHIJKLMN"].find((each) => !taken.includes(each)) ?? "";
  const levels = useSignal(lesion?.levels.join(" ") ?? "");
  const histology = useSignal(lesion?.histology ?? "");
  const kind = useSignal<string>(lesion?.kind ?? "");
  const proven = useSignal(said(lesion?.proven ?? null));
  const solitary = useSignal(said(lesion?.solitary ?? null));
  const wrong = useSignal("");
  const take = () => {
    const read = readLevels(levels.value);
    wrong.value = read.wrong;
    if (read.wrong) return;
    open.edit({
      kind: "lesion",
      id,
      value: { id, levels: read.levels, histology: histology.value.trim() || null, kind: (kind.value || null) as Lesion["kind"], proven: meant(proven.value), solitary: meant(solitary.value) },
    });
    close();
  };
  return (
    <Dialog title={lesion ? `Lesion ${id}` : `A further lesion, ${id}`} onClose={close}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); take(); }}>
        <div class="pair">
          <Field label="Levels as reported" value={levels.value} placeholder="unknown" wrong={wrong.value} hint="T8, or T7 T8" onText={(typed) => (levels.value = typed)} />
          <Field label="Histology" value={histology.value} placeholder="unknown" onText={(typed) => (histology.value = typed)} />
          <Choice label="Kind" value={kind.value} options={KINDS} onChoose={(each) => (kind.value = each)} />
          <Choice label="Proven by tissue" value={proven.value} options={ANSWERS} onChoose={(each) => (proven.value = each)} />
          <Choice label="The only lesion" value={solitary.value} options={ANSWERS} onChoose={(each) => (solitary.value = each)} />
        </div>
        <p class="buttons">
          <button type="submit" class="button first">
            Take over
          </button>
          {lesion && (
            <button type="button" class="button danger" onClick={() => { open.edit({ kind: "lesion", id, value: null }); close(); }}>
              Remove lesion {id}
            </button>
          )}
        </p>
      </form>
    </Dialog>
  );
}
