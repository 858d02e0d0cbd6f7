import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from "react";
import { Autocomplete, type Key, ListBox, ListBoxItem } from "react-aria-components";
import { cx } from "../lib/cx.ts";
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
  /** The page that it is, when picking it is going there. */
  pathOf?: (found: Found) => string;
  /** Shown, but can't be picked. */
  isOff?: (found: Found) => boolean;
  children: (found: Found) => ReactNode;
  onPick: (found: Found) => void;
  /** Shown in the list's place when nothing was found. */
  none?: ReactNode;
  /** The list's look as a part of the page, where it stays until the next answer is there. */
  inPage?: string | undefined;
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
  const { text, onText, found, settled, idOf, nameOf, pathOf, isOff, children, onPick, none, inPage } = props;
  const [awaited, setAwaited] = useState(false);
  const only = found?.length === 1 && found[0] && !isOff?.(found[0]) ? found[0] : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer's coming is the reason
  useEffect(() => {
    if (!settled || !awaited) return;
    setAwaited(false);
    if (only) onPick(only);
  }, [settled, awaited, only]);

  /** Before the answer is there, Enter is for none of those that are still shown. */
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || settled || text.trim() === "") return;
    event.preventDefault();
    event.stopPropagation();
    setAwaited(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // In a search Enter is never the form's.
    if (event.key === "Enter") event.preventDefault();
  };

  const open = inPage === undefined ? settled && found !== undefined : found !== undefined && found.length > 0;
  return (
    <div className={styles.finder} onKeyDownCapture={onKeyDownCapture}>
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
        <div className={inPage === undefined ? styles.popover : cx(styles.part, inPage)} data-open={open}>
          <ListBox
            className={styles.list ?? ""}
            aria-label={t("finder.list", { label: props.label })}
            items={open ? found : []}
            {...(!pathOf && {
              onAction: (id: Key) => {
                const picked = found?.find((each) => idOf(each) === id);
                if (picked) onPick(picked);
              },
            })}
            renderEmptyState={() => <div className={styles.none}>{none}</div>}
          >
            {(each) => (
              <ListBoxItem
                id={idOf(each)}
                textValue={nameOf(each)}
                className={styles.option ?? ""}
                isDisabled={isOff?.(each) ?? false}
                {...(pathOf && { href: pathOf(each) })}
              >
                {children(each)}
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </Autocomplete>
      <p className="visually-hidden" role="status">
        {open && settled && t("finder.found", { count: found?.length ?? 0 })}
      </p>
    </div>
  );
}
