import { Field } from "./field.tsx";

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
export function NoteField({ label = "Note", isRequired = true, autoFocus = false, ...props }: NoteFieldProps) {
  return <Field {...props} label={label} rows={3} isRequired={isRequired} autoFocus={autoFocus} />;
}
