import { useId } from "preact/hooks";
import { Field, Tick } from "@/look/field";
import { useDeciding } from "./deciding";
import type { Statement } from "./form";
import { FromResult, Lines, Proposed } from "./reason_field";

/** What else the output of the board holds (MDT-04). What the result says stands in it and is marked; the rest is open. */
export function Items() {
  const { form, put, said, wrong, attending } = useDeciding();
  const { certainty, consent, responsible, deadline } = form.value;
  const names = useId();
  return (
    <fieldset class="board-group">
      <legend>
        What the board holds <span class="quiet small">MDT-04</span>
      </legend>
      <Lines label={<>Certainty of the diagnosis <FromResult typed={certainty} said={said.value.certainty} /></>} value={certainty} onText={(text) => put({ certainty: text })} rows={1} maxLength={400} />
      <Stating label="Cell of NOMS" none="outside NOMS" statement={form.value.noms} said={said.value.noms} onState={(noms) => put({ noms })} />
      <Stating label="Target margin (Enneking)" none="none is aimed at" statement={form.value.margin} said={said.value.margin} onState={(margin) => put({ margin })} />
      <Lines label={<>Items of consent <FromResult typed={consent} said={said.value.consent} /></>} value={consent} onText={(text) => put({ consent: text })} rows={6} maxLength={20_000} hint="One item a line; strike what was not spoken of." />
      <datalist id={names}>
        {attending.value.map((each) => (
          <option key={each.name}>{each.name}</option>
        ))}
      </datalist>
      <div class="form">
        <div class="pair">
          <Proposed list={names} label="Who answers for it" value={responsible} placeholder="a name" onText={(text) => put({ responsible: text })} />
          <Field label="Till when" type="day" value={deadline} wrong={wrong.value.get("deadline") ?? ""} onText={(text) => put({ deadline: text })} hint={said.value.deadline && said.value.deadline === deadline ? "from the result" : ""} />
        </div>
      </div>
    </fieldset>
  );
}

interface StatingProps {
  label: string;
  none: string;
  statement: Statement;
  said: Statement;
  onState: (statement: Statement) => void;
}

/** Something that is stated, or why there is no such thing for this patient. */
const Stating = ({ label, none, statement, said, onState }: StatingProps) => (
  <div class="field">
    <Lines
      label={<>{statement.isNone ? `${label}: why there is none` : label} <FromResult typed={statement.isNone === said.isNone ? statement.words : ""} said={said.words} /></>} value={statement.words} rows={1} maxLength={400}
      onText={(words) => onState({ ...statement, words })}
    />
    <Tick isOn={statement.isNone} onTick={(isNone) => onState({ ...statement, isNone })} label={none} />
  </div>
);
