import { words } from "../words/words.ts";
import { Field } from "./field.tsx";

const t = words("components");

interface NoteFieldProps {
  label?: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  isDisabled: boolean;
  isRequired?: boolean;
  autoFocus?: boolean;
}

/** A remark that stays in the record. */
export function NoteField({ label = t("note"), isRequired = true, autoFocus = false, ...props }: NoteFieldProps) {
  return <Field {...props} label={label} rows={3} isRequired={isRequired} autoFocus={autoFocus} />;
}
