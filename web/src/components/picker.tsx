import { ChevronDown } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Button, FieldError, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
import { cx } from "../lib/cx.ts";
import fieldStyles from "./field.module.css";
import styles from "./picker.module.css";

export interface Option<Id extends string> {
  id: Id;
  label: string;
}

interface PickerProps<Id extends string> {
  label: string;
  aside?: ReactNode;
  options: readonly Option<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  isDisabled?: boolean;
  error?: string | undefined;
  buttonRef?: RefObject<HTMLButtonElement | null>;
}

/** One out of a list that opens; typing its first letters chooses without opening it. */
export function Picker<Id extends string>(props: PickerProps<Id>) {
  const { label, aside, options, value, onChange, isDisabled, error, buttonRef } = props;
  return (
    <Select
      className={cx(fieldStyles.field)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      isDisabled={isDisabled ?? false}
      isInvalid={error !== undefined}
    >
      <div className={fieldStyles.head}>
        <Label className={fieldStyles.label ?? ""}>{label}</Label>
        {aside !== undefined && <span className={fieldStyles.aside}>{aside}</span>}
      </div>
      <Button className={styles.control ?? ""} ref={buttonRef ?? null}>
        <SelectValue className={styles.value ?? ""} />
        <ChevronDown size={17} aria-hidden="true" />
      </Button>
      <FieldError className={fieldStyles.error ?? ""}>{error}</FieldError>
      <Popover className={styles.popover ?? ""} offset={4}>
        <ListBox className={styles.list ?? ""} items={options}>
          {(option) => (
            <ListBoxItem className={styles.option ?? ""} textValue={option.label}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
