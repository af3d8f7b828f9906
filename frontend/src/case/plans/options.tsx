import { DraftWord } from "@/look/values";
import type { OptionRow, Rule } from "../nouns";
import { useCase } from "../open";
import { Fold, Loud, RuleIds, Section } from "../parts";
import { GaugeBar } from "../scores/bar";
import { counted } from "../words";

/** Every way to go: what speaks for and against it, with whose word, what bars it, and its margin. */
export function Options() {
  const report = useCase().page.value?.report;
  if (!report) return null;
  const { counsel, options } = report;
  const taken = options.filter((one) => !isRejected(one));
  const [leading, others] = [taken.filter((one) => one.choice.is_leading), taken.filter((one) => !one.choice.is_leading)];
  const rejected = options.filter(isRejected);
  return (
    <Section id="options" title="Options" note={counsel.judged}>
      <Row options={leading} />
      <Row options={others} />
      {rejected.length > 0 && <h3 class="sub">Rejected by the rules</h3>}
      <Row options={rejected} look="is-rejected" />
      {counsel.unsupported.map((words) => (
        <p key={words} class="small quiet">
          No rule speaks for: {words}
        </p>
      ))}
      {counsel.not_taken.map((words) => (
        <p key={words} class="small">
          {words}
        </p>
      ))}
    </Section>
  );
}

const Row = ({ options, look = "" }: { options: readonly OptionRow[]; look?: string }) =>
  options.length > 0 && (
    <div class={`options ${look}`}>
      {options.map((one) => (
        <Option key={one.number} one={one} />
      ))}
    </div>
  );

const isRejected = (one: OptionRow): boolean => /reject/i.test(one.choice.standing);

function Option({ one }: { one: OptionRow }) {
  const { choice } = one;
  return (
    <article class={`option ${choice.is_leading ? "is-leading" : ""} ${choice.is_draft ? "draft" : ""}`}>
      <header>
        <h3>
          <span class="option-number">{one.number}</span> {choice.is_leading && <span class="leads">LEADS</span>} {choice.words} {choice.is_draft && <DraftWord />}
        </h3>
        <span class="small quiet">
          {choice.standing}
          {one.readiness && ` · ${one.readiness}`}
        </span>
      </header>
      <p class="small">{choice.because}</p>
      <div class="for-against">
        <Side title="for" rules={choice.supports.filter(isSettled)} />
        <Side title="against" rules={choice.against.filter(isSettled)} />
        {one.margin && (
          <div>
            <h4>margin</h4>
            <Loud degree={one.degree}>{one.margin}</Loud>
            {one.gauge && <GaugeBar gauge={one.gauge} />}
            {one.margin_class && <p class="small quiet">{one.margin_class}</p>}
          </div>
        )}
      </div>
      <Perhaps words="for it, if what is asked turns out so" rules={choice.supports.filter((rule) => !isSettled(rule))} />
      <Perhaps words="against it, if what is asked turns out so" rules={choice.against.filter((rule) => !isSettled(rule))} />
      {choice.against.length === 0 && !isRejected(one) && <p class="small quiet">No rule speaks against it.</p>}
      {choice.held.length > 0 && (
        <p>
          <Loud degree="stop">holds</Loud> <RuleIds rules={choice.held} />
        </p>
      )}
      {choice.overridden.map((each) => (
        <p key={each.stop} class="small">
          {each.stop} overridden by {each.by}, {each.on}: {each.because}
        </p>
      ))}
      {(choice.open.length > 0 || choice.risks.length > 0 || choice.parts.length > 0) && (
        <Fold title={foldedOf(choice)}>
          {choice.open.length > 0 && (
            <p class="small">
              not excluded: <RuleIds rules={choice.open} />
            </p>
          )}
          {choice.risks.length > 0 && (
            <p class="small">
              risks to accept, no delay: <RuleIds rules={choice.risks} />
            </p>
          )}
          {choice.parts.map((part) => (
            <p key={part.name} class="small">
              {part.name}: <RuleIds rules={part.rules} />
            </p>
          ))}
          {choice.pending && <p class="small quiet">not judged yet: {choice.pending}</p>}
        </Fold>
      )}
    </article>
  );
}

/** What is folded away, without what there is none of. */
const foldedOf = ({ open, risks, parts }: OptionRow["choice"]): string =>
  [open.length && `${counted(open.length, "stop")} cannot be excluded`, risks.length && `${counted(risks.length, "risk")} to accept`].filter(Boolean).join(" · ") || counted(parts.length, "part");

const isSettled = (rule: Rule): boolean => !rule.is_open;

/** Rules that wait for an answer, by their ids; a click tells what they ask. */
const Perhaps = ({ words, rules }: { words: string; rules: readonly Rule[] }) =>
  rules.length > 0 && (
    <p class="small">
      <span class="quiet">{words}:</span> <RuleIds rules={rules} />
    </p>
  );

const Side = ({ title, rules }: { title: string; rules: readonly Rule[] }) => rules.length > 0 && (
  <div>
    <h4>{title}</h4>
    {rules.map((rule) => (
      <p key={rule.id + rule.about} class={rule.is_draft ? "rule-line is-draft" : "rule-line"}>
        <RuleIds rules={[rule]} /> <span class="small">{rule.do || rule.statement}</span>
        <br />
        <span class="small quiet">
          {rule.sources} · {rule.strength} · {rule.mark}
        </span>
      </p>
    ))}
  </div>
);
