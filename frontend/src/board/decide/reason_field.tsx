import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface LinesProps {
  label: ComponentChildren;
  value: string;
  onText: (text: string) => void;
  wrong?: string | undefined;
  hint?: ComponentChildren;
  rows?: number;
  maxLength?: number;
  /** Where the label would only repeat what stands beside it. */
  isBare?: boolean;
}

/** A text of some lines with what is wrong with it. */
export function Lines({ label, value, onText, wrong = "", hint, rows = 2, maxLength = 2000, isBare = false }: LinesProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={isBare ? "unseen" : undefined}>
        {label}
      </label>
      <textarea id={id} class="input" rows={rows} maxLength={maxLength} value={value} aria-invalid={wrong ? true : undefined} aria-describedby={`${id}-said`} onInput={(event) => onText(event.currentTarget.value)} />
      <span id={`${id}-said`} class={wrong ? "wrong" : "hint"}>
        {wrong || hint}
      </span>
    </div>
  );
}

/** That a text is what the result says, or no longer is. */
export const FromResult = ({ typed, said }: { typed: string; said: string }) =>
  said ? <span class="board-said">{typed.trim() === said.trim() ? "from the result" : "changed; the result says otherwise"}</span> : null;

interface ProposedProps {
  /** The list of what is proposed. */
  list: string;
  label: string;
  value: string;
  wrong?: string | undefined;
  placeholder?: string;
  onText: (text: string) => void;
}

/** A field that proposes what there is, and takes anything. */
export function Proposed({ list, label, value, wrong, placeholder, onText }: ProposedProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} class="input" list={list} value={value} maxLength={80} autoComplete="off" placeholder={placeholder} aria-invalid={wrong ? true : undefined} onInput={(event) => onText(event.currentTarget.value)} />
      {wrong && <span class="wrong">{wrong}</span>}
    </div>
  );
}
