import { Choices } from "../../components/choices.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import type { CashKindFragment } from "../../generated/graphql.ts";
import { ariaShortcut } from "../../lib/shortcuts.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { fits } from "./draft.ts";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

interface KindFieldProps {
  entry: Entry;
  kinds: readonly CashKindFragment[];
}

/** What kind of cash it is, of those that go in its direction. */
export function KindField({ entry, kinds }: KindFieldProps) {
  return (
    <Choices
      label={t("form.kind")}
      aside={<Shortcut letter="K" />}
      keyShortcut={ariaShortcut("K")}
      choices={kinds
        .filter((each) => fits(each, entry.draft.direction))
        .map((each) => ({ id: each.kind, label: term("cashKind", each.kind) }))}
      value={entry.reading.kind?.kind}
      onChange={(kind) => entry.change({ kind })}
      listRef={entry.fields.kinds}
      isDisabled={entry.locked}
    />
  );
}

/** The chosen one of a list, or the list itself, which hands the focus on. */
export function focusChosen(list: HTMLElement | null): void {
  const chosen = list?.querySelector<HTMLElement>("[role=option][aria-selected=true]");
  (chosen ?? list)?.focus();
}
