import { Shape } from "@/look/alarm";
import { useCase } from "../open";
import { Fold, RuleId, Section } from "../parts";
import type { Rule } from "../nouns";

/** Where sources or findings disagree, and what else calls for care. */
export function Disagreements() {
  const counsel = useCase().page.value?.report.counsel;
  if (!counsel) return null;
  const { disagreements, contradictions, cautions } = counsel;
  return (
    <Section id="disagreements" title="Disagreements" note={`${disagreements.length + contradictions.length}`}>
      {contradictions.map((each) => (
        <article key={each.words} class="alarm caution small">
          <strong>{each.words}</strong>
          <ul>{each.sides.map((side) => <li key={side}>{side}</li>)}</ul>
          {each.ask.length > 0 && <p class="quiet">ask: {each.ask.join(" · ")}</p>}
        </article>
      ))}
      {disagreements.map((rule) => (
        <One key={rule.id + rule.about} rule={rule} />
      ))}
      {disagreements.length + contradictions.length === 0 && <p class="quiet">None that the rules know of.</p>}
      {cautions.length > 0 && (
        <Fold title={`${cautions.length} ${cautions.length === 1 ? "caution" : "cautions"}`}>
          {cautions.map((rule) => (
            <One key={rule.id + rule.about} rule={rule} />
          ))}
        </Fold>
      )}
    </Section>
  );
}

const One = ({ rule }: { rule: Rule }) => (
  <p class={rule.is_draft ? "rule-line is-draft small" : "rule-line small"}>
    <span class={`sign ${rule.degree}`}>
      <Shape degree={rule.degree} />
    </span>{" "}
    <RuleId rule={rule} /> {rule.do}
    <br />
    <span class="quiet">{rule.because}</span>
  </p>
);
