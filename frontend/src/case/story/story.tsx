import { NotKnown } from "@/look/values";
import type { Case } from "../nouns";
import { useCase } from "../open";
import { Section, Small } from "../parts";
import { show } from "../shows";
import { fieldWords } from "../words";

/** What the record says, as a person would tell it: story, lesions, neurology, treatments. */
export function Story() {
  const { document, may } = useCase();
  const held = document.value;
  if (!held) return null;
  const mayEnter = may("enter");
  return (
    <>
      <Section id="story" title="Story" action={mayEnter && <Small onClick={() => show({ kind: "story" })}>Edit</Small>}>
        <p class="story-words" dir="auto">
          {held.story || <span class="quiet">No story is written yet.</span>}
        </p>
        <p class="small quiet">
          {held.patient.sex ?? "sex unknown"} · born {held.patient.birth_year ?? "in an unknown year"}
        </p>
      </Section>
      <Lesions held={held} mayEnter={mayEnter} />
      <Neurology held={held} mayEnter={mayEnter} />
      <Treatments held={held} mayEnter={mayEnter} />
    </>
  );
}

interface PartProps {
  held: Case;
  mayEnter: boolean;
}

const said = (is: boolean | null | undefined) => (is === null || is === undefined ? <NotKnown /> : is ? "yes" : "no");

const Lesions = ({ held, mayEnter }: PartProps) => (
  <Section id="lesions" title={held.lesions.length === 1 ? "Lesion" : "Lesions"} action={mayEnter && <Small onClick={() => show({ kind: "lesion", lesion: null })}>Add</Small>}>
    {held.lesions.map((lesion) => (
      <article key={lesion.id} class="lesion">
        <p>
          <strong>
            {lesion.id} · {lesion.levels.join(" ") || "level unknown"}
          </strong>{" "}
          {mayEnter && <Small onClick={() => show({ kind: "lesion", lesion })} label={`Edit lesion ${lesion.id}`}>Edit</Small>}
        </p>
        <dl class="pairs small">
          <dt>histology</dt>
          <dd dir="auto">{lesion.histology ?? <NotKnown />}</dd>
          <dt>kind</dt>
          <dd>{lesion.kind ?? <NotKnown />}</dd>
          <dt>proven by tissue</dt>
          <dd>{said(lesion.proven)}</dd>
          <dt>the only lesion</dt>
          <dd>{said(lesion.solitary)}</dd>
        </dl>
      </article>
    ))}
    {held.lesions.length === 0 && <p class="quiet">No lesion is described yet.</p>}
  </Section>
);

const NEUROLOGY = ["examined", "deficit", "since", "progressing", "ais", "ambulation", "myelopathy", "sphincter"] as const;

const Neurology = ({ held, mayEnter }: PartProps) => {
  const hasForm = held.forms.some((each) => each.instrument === "isncsci");
  return (
    <Section id="neurology" title="Neurology" action={mayEnter && <Small onClick={() => show({ kind: "neurology" })}>Edit</Small>}>
      <dl class="pairs small">
        {NEUROLOGY.map((name) => {
          const value = held.neurology[name];
          return (
            <>
              <dt>{fieldWords(`neurology.${name}`)}</dt>
              <dd>{typeof value === "boolean" || value === null ? said(value) : value}</dd>
            </>
          );
        })}
      </dl>
      <p class="screen-only">
        <button type="button" class="button compact" onClick={() => show({ kind: "isncsci" })}>
          {hasForm ? "Open the ISNCSCI form" : mayEnter ? "Fill in the ISNCSCI form" : "ISNCSCI form"}
        </button>{" "}
        <span class="small quiet">{hasForm ? "filled in" : "not filled in"}</span>
      </p>
    </Section>
  );
};

const Treatments = ({ held, mayEnter }: PartProps) => (
  <Section id="history" title="Treatments so far" action={mayEnter && <Small onClick={() => show({ kind: "treatment", treatment: null })}>Add</Small>}>
    <ul class="treatments plain small">
      {held.treatments.map((each) => (
        <li key={JSON.stringify(each)}>
          <span class="nowrap quiet">{each.started ?? "day unknown"}</span>{" "}
          <span dir="auto">
            <strong>{each.what}</strong> {each.kind}
            {each.levels.length > 0 && `, ${each.levels.join(" ")}`}
            {each.dose_gy !== null && `, ${each.dose_gy}\u202fGy`}
            {each.fractions !== null && ` in ${each.fractions} fractions`}
            {each.kind === "radiotherapy" && each.dose_gy === null && <NotKnown ask="dose" />}
          </span>
          {mayEnter && <Small onClick={() => show({ kind: "treatment", treatment: each })} label={`Edit ${each.what}`}>Edit</Small>}
        </li>
      ))}
      {held.treatments.length === 0 && <li class="quiet">None is recorded. Nothing recorded is not “none”.</li>}
    </ul>
  </Section>
);
