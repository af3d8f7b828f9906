import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { OF_A_DAY } from "./day";

interface Around {
  label: string;
  hint?: ComponentChildren;
  wrong?: string;
}

interface FieldProps extends Around {
  value: string;
  onText: (text: string) => void;
  type?: "text" | "password" | "search" | "day" | "number";
  name?: string;
  autoComplete?: string;
  inputMode?: "numeric" | "text";
  placeholder?: string;
  maxLength?: number;
  min?: string;
  max?: string;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}

/** A field with its label above it, a hint below it, and what is wrong in words. */
export function Field({ label, hint, wrong = "", onText, ...asked }: FieldProps) {
  const input = asked.type === "day" ? { ...asked, ...OF_A_DAY } : asked;
  const id = useId();
  const said = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input {...(input as object)} id={id} class="input" aria-invalid={wrong ? true : undefined} aria-describedby={said} onInput={(event) => onText(event.currentTarget.value)} />
      {wrong && (
        <span class="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface ChoiceProps extends Around {
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChoose: (value: string) => void;
  disabled?: boolean;
}

/** One of several, as the browser's own list. */
export function Choice({ label, hint, value, options, onChoose, disabled = false }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" disabled={disabled} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
      {hint && <span class="hint">{hint}</span>}
    </div>
  );
}

interface TickProps {
  label: ComponentChildren;
  isOn: boolean;
  onTick: (isOn: boolean) => void;
  disabled?: boolean;
}

export const Tick = ({ label, isOn, onTick, disabled = false }: TickProps) => (
  <label class="tick">
    <input type="checkbox" checked={isOn} disabled={disabled} onChange={(event) => onTick(event.currentTarget.checked)} />
    {label}
  </label>
);
