import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import styles from "./choices.module.css";
import fieldStyles from "./field.module.css";

interface ChoicesProps<Choice extends { id: string; label: string }> {
  label: string;
  aside?: ReactNode;
  choices: readonly Choice[];
  value: string | undefined;
  onChange: (id: string) => void;
  listRef?: RefObject<HTMLDivElement | null>;
  keyShortcut?: string;
  isDisabled?: boolean;
}

/** One out of a dozen, all in sight: the arrows and the first letters choose, and so does a thumb. */
export function Choices<Choice extends { id: string; label: string }>(props: ChoicesProps<Choice>) {
  const { label, aside, choices, value, onChange, listRef, keyShortcut, isDisabled = false } = props;
  const own = useRef<HTMLDivElement>(null);
  const list = listRef ?? own;
  const latest = useRef(onChange);
  latest.current = onChange;

  // Letters move the focus only; here what has the focus is what is chosen, however it got there.
  useEffect(() => {
    const element = list.current;
    const onFocus = (event: FocusEvent) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option?.dataset.key) latest.current(option.dataset.key);
    };
    element?.addEventListener("focusin", onFocus);
    return () => element?.removeEventListener("focusin", onFocus);
  }, [list]);

  return (
    <div className={fieldStyles.field}>
      <div className={fieldStyles.head}>
        <span className={fieldStyles.label} aria-hidden="true">
          {label}
        </span>
        {aside}
      </div>
      <ListBox
        ref={list}
        className={styles.list ?? ""}
        aria-label={label}
        render={(dom) => <div {...dom} aria-keyshortcuts={keyShortcut} />}
        layout="grid"
        items={choices}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={value === undefined ? [] : [value]}
        disabledKeys={isDisabled ? choices.map((choice) => choice.id) : []}
        onSelectionChange={(keys) => {
          const chosen = choices.find((choice) => keys !== "all" && keys.has(choice.id));
          if (chosen) onChange(chosen.id);
        }}
      >
        {(choice) => (
          <ListBoxItem className={styles.choice ?? ""} textValue={choice.label}>
            {choice.label}
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}
