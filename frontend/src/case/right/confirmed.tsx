import { Shape } from "@/look/alarm";
import { hasImages, imagesOf } from "../images";
import type { Confirmation } from "../nouns";
import { useCase } from "../open";
import { Section, Small } from "../parts";
import { show } from "../shows";

/** Whether somebody answers by name for the labels and the level, and whether it still holds for what is there now. */
export function Confirmed() {
  const { id, document, page, may, isOlder } = useCase();
  if (!document.value || !page.value) return null;
  return (
    <Section id="confirmed" title="Labels and level">
      <ul class="confirmed plain">
        {(["labels", "level"] as const).map((of) => (
          <One key={of} of={of} found={document.value?.confirmations.filter((each) => each.of === of) ?? []} hash={(of === "labels" ? page.value?.labels_sha256 : page.value?.level_sha256) ?? ""} mayConfirm={may("confirm")} />
        ))}
      </ul>
      {!isOlder.value && hasImages(document.value) && (
        <p class="small screen-only">
          <a href={imagesOf(id)}>Look at them on the images</a>
        </p>
      )}
    </Section>
  );
}

interface OneProps {
  of: "labels" | "level";
  found: readonly Confirmation[];
  hash: string;
  mayConfirm: boolean;
}

function One({ of, found, hash, mayConfirm }: OneProps) {
  const { edits, edit, undo } = useCase();
  const holds = found.find((each) => each.sha256 === hash);
  const isPending = edits.value.some((each) => each.kind === "confirmation" && each.of === of);
  return (
    <li>
      <span class={`sign ${holds ? "note" : "caution"}`}>
        <Shape degree={holds ? "note" : "caution"} />
        {of}
      </span>{" "}
      {holds ? (
        <span>
          confirmed by {holds.by}, <span class="nowrap">{holds.on}</span>
        </span>
      ) : (
        <span>{found.length ? "confirmed for other labels: void" : "confirmed by nobody"}</span>
      )}
      {isPending && <span class="unsaved">not saved</span>}
      {mayConfirm && !holds && hash && <Small onClick={() => show({ kind: "confirm", of })}>Confirm …</Small>}
      {mayConfirm && found.length > 0 && !isPending && (
        <Small onClick={() => edit({ kind: "confirmation", of, sha256: null })} label={`Take the confirmation of the ${of} back`}>
          Take it back
        </Small>
      )}
      {isPending && <Small onClick={() => undo(`confirmation ${of}`)}>Undo</Small>}
      {!hash && <span class="quiet small"> nothing is labelled</span>}
    </li>
  );
}
