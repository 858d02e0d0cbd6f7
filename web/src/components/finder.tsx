import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from "react";
import { Autocomplete, ListBox, ListBoxItem } from "react-aria-components";
import { words } from "../words/words.ts";
import { Field } from "./field.tsx";
import styles from "./finder.module.css";

const t = words("components");

interface FinderProps<Found extends object> {
  label: string;
  aside?: ReactNode;
  hint?: string | undefined;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  /** The answer to some text; undefined before there is one. */
  found: readonly Found[] | undefined;
  /** Whether `found` is the answer to the text as it is now. */
  settled: boolean;
  idOf: (found: Found) => string;
  nameOf: (found: Found) => string;
  children: (found: Found) => ReactNode;
  onPick: (found: Found) => void;
  /** Shown in the list's place when nothing was found. */
  none: ReactNode;
  inputRef?: RefObject<HTMLInputElement | null>;
  keyShortcut?: string;
  isDisabled?: boolean;
  autoFocus?: boolean;
  error?: string | undefined;
}

/**
 * A search whose results open under it. The first one is marked, the arrows move on, Enter picks.
 * A swiped card ends with Enter before its answer is there: the only one found is then picked.
 */
export function Finder<Found extends object>(props: FinderProps<Found>) {
  const { text, onText, found, settled, idOf, nameOf, children, onPick, none } = props;
  const [awaited, setAwaited] = useState(false);
  const only = found?.length === 1 ? found[0] : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer's coming is the reason
  useEffect(() => {
    if (!settled || !awaited) return;
    setAwaited(false);
    if (only) onPick(only);
  }, [settled, awaited, only]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    // In a search Enter is never the form's.
    event.preventDefault();
    if (!settled && text.trim() !== "") setAwaited(true);
  };

  const open = settled && found !== undefined;
  return (
    <div className={styles.finder}>
      <Autocomplete
        inputValue={text}
        onInputChange={(typed) => {
          setAwaited(false);
          onText(typed);
        }}
      >
        <Field
          label={props.label}
          aside={props.aside}
          hint={props.hint}
          error={props.error}
          type="search"
          prefix={<Search size={18} />}
          placeholder={props.placeholder}
          autoComplete="off"
          isDisabled={props.isDisabled ?? false}
          autoFocus={props.autoFocus ?? false}
          onKeyDown={onKeyDown}
          {...(props.inputRef && { inputRef: props.inputRef })}
          {...(props.keyShortcut && { keyShortcut: props.keyShortcut })}
        />
        <div className={styles.popover} data-open={open}>
          <ListBox
            className={styles.list ?? ""}
            aria-label={t("finder.list", { label: props.label })}
            items={open ? found : []}
            onAction={(id) => {
              const picked = settled ? found?.find((each) => idOf(each) === id) : undefined;
              if (picked) onPick(picked);
            }}
            renderEmptyState={() => <div className={styles.none}>{none}</div>}
          >
            {(each) => (
              <ListBoxItem id={idOf(each)} textValue={nameOf(each)} className={styles.option ?? ""}>
                {children(each)}
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </Autocomplete>
      <p className="visually-hidden" role="status">
        {open && t("finder.found", { count: found.length })}
      </p>
    </div>
  );
}
