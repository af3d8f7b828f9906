import { useId } from "preact/hooks";

/** A typed reason, which a board will read. */
export function Reason({ typed, wrong, label = "Because", onType }: { typed: string; wrong: string; label?: string; onType: (typed: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} class="input" rows={3} maxLength={2000} value={typed} aria-invalid={wrong ? true : undefined} aria-describedby={`${id}-said`} onInput={(event) => onType(event.currentTarget.value.replaceAll("\n", " "))} />
      <span id={`${id}-said`} class={wrong ? "wrong" : "hint"}>
        {wrong || "A sentence that somebody else can weigh."}
      </span>
    </div>
  );
}
