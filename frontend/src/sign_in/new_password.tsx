import { useState } from "preact/hooks";
import { Field } from "@/look/field";

export const SHORTEST = 12;

interface NewPasswordProps {
  value: string;
  onText: (text: string) => void;
}

/** A password of one's own, typed once and shown on wish, so that nobody needs to type it twice. */
export function NewPassword({ value, onText }: NewPasswordProps) {
  const [isShown, show] = useState(false);
  return (
    <div class="form">
      <Field
        label="New password"
        name="new-password"
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        value={value}
        onText={onText}
        required
        maxLength={1000}
        hint={value.length >= SHORTEST ? "Long enough." : `At least ${SHORTEST} characters; a few words are good. ${value.length} so far.`}
      />
      <label class="tick">
        <input type="checkbox" checked={isShown} onChange={(event) => show(event.currentTarget.checked)} />
        Show it
      </label>
    </div>
  );
}
