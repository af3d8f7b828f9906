import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { Tick } from "@/look/field";
import { me } from "@/shell/session";
import { useCase } from "../open";
import { close } from "../shows";
import { Picture } from "../evidence/picture";

const WORDS = {
  labels: { title: "Confirm the labels", looked: "I looked at the outlines on the images: these labels are right." },
  level: { title: "Confirm the level", looked: "I counted the vertebrae on the images: this level is right." },
} as const;

/** "These labels and this level are right", by name, with the fingerprint of what was looked at. */
export function Confirm({ of }: { of: "labels" | "level" }) {
  const open = useCase();
  const { page, view } = open;
  const isLooked = useSignal(false);
  const hash = (of === "labels" ? page.value?.labels_sha256 : page.value?.level_sha256) ?? "";
  const isOther = [view.value?.labels_sha256, view.value?.level_sha256][of === "labels" ? 0 : 1] !== hash || open.isOutOfDate.value;
  const pictures = (page.value?.pictures ?? []).filter((each) => each.kind === "slice");
  return (
    <Dialog title={WORDS[of].title} isWide onClose={close}>
      <div class="form">
        <div class="plates is-many">
          {pictures.map((each) => (
            <figure key={each.name} class="plate">
              <Picture picture={each} />
            </figure>
          ))}
        </div>
        <p>
          {page.value?.lesions.map((each) => `Lesion ${each.id}: ${each.levels.join(" ") || "level not known"}${each.main_level && `, main level ${each.main_level}`}`).join("; ")}
        </p>
        {isOther && <p class="wrong-said">These pictures are not of the newest version. Work the case up first, then look and confirm.</p>}
        <Tick isOn={isLooked.value} disabled={isOther || !hash} onTick={(is) => (isLooked.value = is)} label={<strong>{WORDS[of].looked}</strong>} />
        <p class="small quiet">
          It stands under the name {me.value?.name}. It holds for what has this fingerprint, and is void when the labels change: <span class="hash">{hash || "nothing is labelled"}</span>
        </p>
        <p class="buttons">
          <button type="button" class="button first" disabled={!isLooked.value || isOther} onClick={() => { open.edit({ kind: "confirmation", of, sha256: hash }); close(); }}>
            {WORDS[of].title} by name
          </button>
        </p>
      </div>
    </Dialog>
  );
}
