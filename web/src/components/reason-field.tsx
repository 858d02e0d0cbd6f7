import { formatCount } from "../lib/format.ts";
import { Field } from "./field.tsx";

interface ReasonFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** As the database requires it; it isn't shown where it isn't known. */
  minLength?: number;
  hint?: string;
  isDisabled: boolean;
  autoFocus?: boolean;
}

export function ReasonField(props: ReasonFieldProps) {
  const { value, onChange, minLength = 1, hint = "It stays in the ledger.", isDisabled, autoFocus = false } = props;
  const length = value.trim().length;
  return (
    <Field
      label="Reason"
      aside={length < minLength && minLength > 1 ? `${formatCount(length)} / ${formatCount(minLength)}` : undefined}
      hint={minLength > 1 ? `At least ${formatCount(minLength)} characters; it stays in the ledger.` : hint}
      value={value}
      onChange={onChange}
      rows={3}
      isRequired
      isDisabled={isDisabled}
      autoFocus={autoFocus}
    />
  );
}
