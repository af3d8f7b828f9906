import { Field } from "@/look/field";

/** The six digits of the authenticator. */
export const Code = ({ value, onText, autoFocus = false }: { value: string; onText: (text: string) => void; autoFocus?: boolean }) => (
  <Field
    label="Code of the authenticator"
    name="code"
    inputMode="numeric"
    autoComplete="one-time-code"
    placeholder="6 digits"
    value={value}
    onText={(text) => onText(text.replaceAll(/\D/g, "").slice(0, 6))}
    required
    autoFocus={autoFocus}
  />
);
