import type { ReactNode } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import styles from "./segmented.module.css";

interface SegmentedProps<Id extends string> {
  label: string;
  options: readonly { id: Id; label: ReactNode; count?: string; name?: string; keyShortcut?: string }[];
  value: Id;
  onChange: (id: Id) => void;
  isDisabled?: boolean;
}

/** One choice out of a few, always visible. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  return (
    <ToggleButtonGroup
      className={styles.group ?? ""}
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={props.isDisabled ?? false}
      selectedKeys={[props.value]}
      onSelectionChange={(keys) => {
        const chosen = props.options.find((option) => keys.has(option.id));
        if (chosen) props.onChange(chosen.id);
      }}
    >
      {props.options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          render={(dom) => <button {...dom} aria-keyshortcuts={option.keyShortcut} />}
          className={styles.option ?? ""}
          {...(option.name === undefined ? {} : { "aria-label": option.name })}
        >
          {option.label}
          {option.count !== undefined && <span className={`${styles.count} numeric`}>{option.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
