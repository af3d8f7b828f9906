import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "@/look/dialog";
import type { PictureRef } from "../nouns";
import { useCase } from "../open";
import { Fold } from "../parts";
import { close, type Shown } from "../shows";
import { NumberFull } from "./number";
import { Picture } from "./picture";

/** The pictures of an item and the numbers that were read on them; ← and → turn the pictures. */
export function Viewer({ shown }: { shown: Extract<Shown, { kind: "evidence" }> }) {
  const { page } = useCase();
  const numbers = shown.facts.flatMap((key) => page.value?.numbers.find((each) => each.key === key) ?? []);
  const pictures = picturesOf(page.value?.pictures ?? [], shown, numbers.map((each) => each.picture));
  const nth = useSignal(Math.max(0, pictures.findIndex((each) => each.name === shown.picture)));
  const turn = (by: number) => (nth.value = (nth.value + by + pictures.length) % (pictures.length || 1));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by || (event.target as Element).closest("input, textarea, select")) return;
      event.preventDefault();
      turn(by);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  const picture = pictures[nth.value];
  const [here, elsewhere] = split(numbers, picture);
  return (
    <Dialog title={shown.title} isWide onClose={close}>
      <div class={picture ? "viewer" : "viewer has-no-picture"}>
        {picture && (
          <figure class="viewer-picture">
            <Picture picture={picture} />
            <figcaption class="small">
              <strong>{picture.title}</strong>
              <br />
              <span class="quiet">{picture.caption}</span>
            </figcaption>
            {pictures.length > 1 && (
              <nav class="buttons" aria-label="Pictures">
                <button type="button" class="button compact" onClick={() => turn(-1)}>
                  ← Before
                </button>
                <span class="small quiet" role="status">
                  {nth.value + 1} of {pictures.length}
                </span>
                <button type="button" class="button compact" onClick={() => turn(1)}>
                  Next →
                </button>
              </nav>
            )}
          </figure>
        )}
        <div class="viewer-numbers">
          {here.map((each) => (
            <NumberFull key={each.key} number={each} />
          ))}
          {elsewhere.length > 0 && <p class="small quiet">{here.length ? "Behind the same item, read elsewhere:" : "Behind this item:"}</p>}
          {elsewhere.map((each) => (
            <NumberFull key={each.key} number={each} />
          ))}
          <AlsoDrawn picture={picture} shown={numbers.map((each) => each.key)} />
        </div>
      </div>
    </Dialog>
  );
}

/** What else is drawn on the picture that is open. */
function AlsoDrawn({ picture, shown }: { picture: PictureRef | undefined; shown: readonly string[] }) {
  const all = useCase().page.value?.numbers ?? [];
  const others = all.filter((each) => picture?.facts.includes(each.key) && !shown.includes(each.key));
  if (others.length === 0) return shown.length === 0 ? <p class="quiet">No number is drawn on this picture.</p> : null;
  return (
    <Fold title={`${others.length} more drawn on this picture`} isOpen={shown.length === 0}>
      {others.map((each) => (
        <NumberFull key={each.key} number={each} />
      ))}
    </Fold>
  );
}

/** The pictures of the numbers; of a picture without numbers, all of its kind, so that one can turn through them. */
function picturesOf(all: readonly PictureRef[], shown: { facts: readonly string[]; picture?: string }, named: readonly string[]): PictureRef[] {
  const own = all.find((each) => each.name === shown.picture);
  const found = named.length ? all.filter((each) => named.includes(each.name) || each.name === shown.picture || each.facts.some((fact) => shown.facts.includes(fact))) : [];
  if (found.length) return found;
  return own ? all.filter((each) => each.kind === own.kind && (own.kind !== "evidence" || each.about === own.about)) : [];
}

const split = <T extends { picture: string; key: string }>(numbers: readonly T[], picture: PictureRef | undefined): [T[], T[]] => {
  const isHere = (each: T) => picture !== undefined && (each.picture === picture.name || picture.facts.includes(each.key));
  return [numbers.filter(isHere), numbers.filter((each) => !isHere(each))];
};
