import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
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
}

/** One out of a list that opens; typing its first letters chooses without opening it. */
export function Picker<Id extends string>({ label, aside, options, value, onChange, isDisabled }: PickerProps<Id>) {
  return (
    <Select
      className={cx(fieldStyles.field)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      isDisabled={isDisabled ?? false}
    >
      <div className={fieldStyles.head}>
        <Label className={fieldStyles.label ?? ""}>{label}</Label>
        {aside !== undefined && <span className={fieldStyles.aside}>{aside}</span>}
      </div>
      <Button className={styles.control ?? ""}>
        <SelectValue className={styles.value ?? ""} />
        <ChevronDown size={17} aria-hidden="true" />
      </Button>
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
