import type { PictureRef } from "../nouns";
import { useCase } from "../open";
import { show } from "../shows";
import { Picture } from "./picture";

const MOST = 4;

/** The pictures that a board looks at first: slices through each lesion, then how it lies in space. */
export function Plates() {
  const { page } = useCase();
  const pictures = page.value?.pictures ?? [];
  const [slices, solids] = [pictures.filter((each) => each.kind === "slice"), pictures.filter((each) => each.kind === "solid")];
  return <Row pictures={[...firstOf(slices), ...solids.slice(0, MOST - firstOf(slices).length)]} />;
}

/** How the operation that is drawn lies: the smallest margin, the margin maps, and the lesion as the surgeon stands. */
export function PlanPlates({ about }: { about: string }) {
  const pictures = useCase().page.value?.pictures.filter((each) => each.about === about) ?? [];
  const isOfPlan = (each: PictureRef) => each.kind === "margin map" || /-margin$|surgeon/.test(each.name);
  return <Row pictures={pictures.filter(isOfPlan).slice(0, MOST)} />;
}

function Row({ pictures }: { pictures: readonly PictureRef[] }) {
  if (pictures.length === 0) return null;
  return (
    <div class="plates">
      {pictures.map((each) => (
        <figure key={each.name} class="plate">
          <button type="button" onClick={() => show({ kind: "evidence", title: each.title, facts: each.facts, picture: each.name })} title={`Open: ${each.title}`}>
            <Picture picture={each} />
          </button>
        </figure>
      ))}
    </div>
  );
}

/** An axial of the first kind of image and a sagittal of the last, as the report sets them. */
function firstOf(slices: readonly PictureRef[]): PictureRef[] {
  const axial = slices.find((each) => /axial/i.test(each.name));
  const sagittal = slices.findLast((each) => /sagittal/i.test(each.name));
  return [axial, sagittal].filter((each) => each !== undefined);
}
