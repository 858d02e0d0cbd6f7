import { formatCount } from "../lib/format.ts";
import { words } from "../words/words.ts";
import { Field } from "./field.tsx";

const t = words("components");

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
  const { value, onChange, minLength = 1, hint = t("reason.stays"), isDisabled, autoFocus = false } = props;
  const length = value.trim().length;
  return (
    <Field
      label={t("reason.label")}
      aside={length < minLength && minLength > 1 ? `${formatCount(length)} / ${formatCount(minLength)}` : undefined}
      hint={minLength > 1 ? t("reason.atLeast", { count: minLength }) : hint}
      value={value}
      onChange={onChange}
      rows={3}
      isRequired
      isDisabled={isDisabled}
      autoFocus={autoFocus}
    />
  );
}
