import type { ReactNode, RefObject } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField, type TextFieldProps } from "react-aria-components";
import { cx } from "../lib/cx.ts";
import styles from "./field.module.css";

interface FieldProps extends Omit<TextFieldProps, "children" | "className" | "style"> {
  label: string;
  /** Beside the label: a count, a unit, a limit. */
  aside?: ReactNode;
  hint?: ReactNode;
  /** Shown, and makes the field invalid. */
  error?: string | undefined;
  prefix?: ReactNode;
  action?: ReactNode;
  numeric?: boolean;
  rows?: number;
  placeholder?: string;
  /** A name or code of the system: the keyboard neither corrects nor capitalizes it. */
  verbatim?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
  /** The shortcut that moves the focus here, as `aria-keyshortcuts` has it. */
  keyShortcut?: string;
}

export function Field({
  label,
  aside,
  hint,
  error,
  prefix,
  action,
  numeric,
  rows,
  placeholder,
  verbatim,
  inputRef,
  keyShortcut,
  ...props
}: FieldProps) {
  const input = {
    className: cx(styles.input, numeric && "numeric"),
    placeholder,
    ...(keyShortcut && { "aria-keyshortcuts": keyShortcut }),
    ...(verbatim && { autoCapitalize: "none", autoCorrect: "off", spellCheck: false }),
  };
  return (
    <TextField {...props} className={cx(styles.field)} isInvalid={error !== undefined}>
      <div className={styles.head}>
        <Label className={styles.label}>{label}</Label>
        {aside !== undefined && <span className={cx(styles.aside, "numeric")}>{aside}</span>}
      </div>
      <div className={styles.control}>
        {prefix !== undefined && (
          <span className={styles.affix} aria-hidden="true">
            {prefix}
          </span>
        )}
        {rows === undefined ? <Input {...input} ref={inputRef ?? null} /> : <TextArea {...input} rows={rows} />}
        {action !== undefined && <span className={styles.action}>{action}</span>}
      </div>
      {hint !== undefined && error === undefined && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </TextField>
  );
}
