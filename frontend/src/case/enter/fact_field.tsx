import { useId } from "preact/hooks";
import { OF_A_DAY, OF_AN_HOUR } from "@/look/day";
import { rangeOf } from "../model/typed";
import type { Fact } from "../nouns";
import { unitOf } from "../words";

interface FactFieldProps {
  fact: Fact;
  typed: string;
  wrong?: string;
  label?: string;
  onType: (typed: string) => void;
}

const FEW = 6;

/** The field that fits a fact: yes or no, one of its words, a number in its unit, a day. Empty is unknown, which is not no. */
export function FactField({ fact, typed, wrong = "", label, onType }: FactFieldProps) {
  const id = useId();
  const words = label ?? fact.words;
  const choices = choicesOf(fact);
  if (choices && !fact.many && choices.length <= FEW) return <Choices {...{ fact, typed, onType, choices }} label={words} />;
  return (
    <div class="field">
      <label for={id}>{words}</label>
      <span class="with-unit">
        {choices && !fact.many ? (
          <select id={id} class="input" value={typed} onChange={(event) => onType(event.currentTarget.value)}>
            <option value="">unknown</option>
            {choices.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        ) : (
          <input {...(typeOf(fact) as object)} id={id} class="input" value={typed} aria-invalid={wrong ? true : undefined} aria-describedby={`${id}-hint`} onInput={(event) => onType(event.currentTarget.value)} />
        )}
        {unitOf(fact.unit) && <span class="unit">{unitOf(fact.unit)}</span>}
      </span>
      {wrong && <span class="wrong">{wrong}</span>}
      <span class="hint" id={`${id}-hint`}>
        {hintOf(fact)}
      </span>
    </div>
  );
}

function choicesOf(fact: Fact): string[] | null {
  if (Array.isArray(fact.kind)) return fact.kind;
  return fact.kind === "true or false" ? ["yes", "no"] : null;
}

const typeOf = (fact: Fact) => (fact.kind === "a day" ? OF_A_DAY : fact.kind === "a day and hour" ? OF_AN_HOUR : { type: "text", autoComplete: "off", placeholder: "unknown" });

function hintOf(fact: Fact): string {
  if (fact.many) return `Several, with a comma between them${Array.isArray(fact.kind) && fact.kind.length <= 12 ? `: ${fact.kind.join(", ")}` : ""}; nothing written says “none”.`;
  const range = rangeOf(fact);
  return [range && `${range}${unitOf(fact.unit) && ` ${unitOf(fact.unit)}`}`, fact.step !== null && `steps of ${fact.step}`].filter(Boolean).join(", ");
}

interface ChoicesProps {
  fact: Fact;
  typed: string;
  label: string;
  choices: readonly string[];
  onType: (typed: string) => void;
}

const Choices = ({ typed, label, choices, onType }: ChoicesProps) => {
  const name = useId();
  return (
    <fieldset class="field choices">
      <legend>{label}</legend>
      <div class="choice-row">
        {[...choices, ""].map((each) => (
          <label key={each} class={each === "" ? "choice is-unknown" : "choice"}>
            <input type="radio" name={name} value={each} checked={typed === each} onChange={() => onType(each)} />
            <span>{each || "unknown"}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
