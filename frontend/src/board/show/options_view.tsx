import type { OptionRow, Rule } from "@/case/nouns";
import { useCase } from "@/case/open";
import { Loud } from "@/case/parts";
import { GaugeBar } from "@/case/scores/bar";
import { DraftWord } from "@/look/values";
import { Rules } from "./parts";

const BESIDE = 3;

/** The options beside each other: what speaks for and against each, what bars it, its margin; the others below in a line. */
export function OptionsView() {
  const report = useCase().page.value?.report;
  if (!report) return null;
  const [beside, below] = [report.options.slice(0, BESIDE), report.options.slice(BESIDE)];
  return (
    <div class="board-options">
      <div class="board-beside">
        {beside.map((one) => (
          <Option key={one.number} one={one} />
        ))}
      </div>
      {below.length > 0 && (
        <ol class="board-further plain" start={BESIDE + 1}>
          {below.map(({ number, choice, margin }) => (
            <li key={number}>
              <span class="quiet">{number}</span> <strong>{choice.words}</strong> {choice.is_draft && <DraftWord />}{" "}
              <span class="quiet">
                {choice.standing}
                {margin && ` · margin ${margin}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

const settled = (rules: readonly Rule[]): Rule[] => rules.filter((rule) => !rule.is_open);

const Option = ({ one }: { one: OptionRow }) => {
  const { choice } = one;
  return (
    <article class={`board-option ${choice.is_leading ? "is-leading" : ""} ${choice.is_draft ? "is-draft" : ""}`}>
      <h3>
        <span class="quiet">{one.number}</span> {choice.is_leading && <span class="leads">LEADS</span>} {choice.words} {choice.is_draft && <DraftWord />}
      </h3>
      <p class="quiet">
        {choice.standing}
        {one.readiness && ` · ${one.readiness}`}
      </p>
      {one.margin && (
        <p class="board-gauge">
          <Loud degree={one.degree}>margin {one.margin}</Loud> {one.gauge && <GaugeBar gauge={one.gauge} />} <span class="quiet">{one.margin_class}</span>
        </p>
      )}
      {choice.held.length > 0 && (
        <section>
          <h4>
            <Loud degree="stop">holds it up</Loud>
          </h4>
          <Rules rules={choice.held} />
        </section>
      )}
      <Side title="for" rules={choice.supports} none="No rule speaks for it." />
      <Side title="against" rules={choice.against} none="No rule speaks against it." />
      {choice.overridden.map((each) => (
        <p key={each.stop}>
          <strong>{each.stop}</strong> overridden by {each.by}: “{each.because}”
        </p>
      ))}
      {choice.open.length > 0 && (
        <p class="quiet">
          {choice.open.length} {choice.open.length === 1 ? "stop" : "stops"} not excluded yet
        </p>
      )}
    </article>
  );
};

/** The rules that hold in full; those that wait for an answer by their ids. */
const Side = ({ title, rules, none }: { title: string; rules: readonly Rule[]; none: string }) => {
  const [sure, waiting] = [settled(rules), rules.filter((rule) => rule.is_open)];
  return (
    <section>
      <h4>{title}</h4>
      <Rules rules={sure} />
      {waiting.length > 0 && <p class="quiet">if it turns out so: {waiting.map((rule) => rule.id).join(" · ")}</p>}
      {rules.length === 0 && <p class="quiet">{none}</p>}
    </section>
  );
};
