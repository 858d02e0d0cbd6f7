import { Segmented } from "../../components/segmented.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { ariaShortcut } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

export function DirectionField({ entry }: { entry: Entry }) {
  return (
    <Segmented
      label={t("form.direction")}
      value={entry.draft.direction}
      onChange={entry.turn}
      options={[option("in", t("form.in"), "I"), option("out", t("form.out"), "O")]}
      isDisabled={entry.locked}
    />
  );
}

function option<Id extends string>(id: Id, name: string, letter: string) {
  const label = (
    <>
      {name} <Shortcut letter={letter} />
    </>
  );
  return { id, label, name, keyShortcut: ariaShortcut(letter) };
}
