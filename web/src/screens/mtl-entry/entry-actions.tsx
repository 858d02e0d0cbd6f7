import { Clock, UserRoundPlus } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { formatMoney } from "../../lib/format.ts";
import { ariaShortcut } from "../../lib/shortcuts.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./entry-actions.module.css";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

/** What can be added to an entry, and the button that records it. */
export function EntryActions({ entry }: { entry: Entry }) {
  const { draft, locked } = entry;
  const { amount } = entry.reading;
  const { busy } = entry.recording.command;
  return (
    <div className={styles.actions}>
      <div className={styles.more}>
        {!draft.forSomebody && (
          <Button
            look="quiet"
            icon={<UserRoundPlus size={18} />}
            keyShortcut={ariaShortcut("B")}
            isDisabled={locked}
            onPress={entry.askForWhom}
          >
            {t("form.forOther")} <Shortcut letter="B" />
          </Button>
        )}
        {draft.earlier === undefined && (
          <Button
            look="quiet"
            icon={<Clock size={18} />}
            keyShortcut={ariaShortcut("E")}
            isDisabled={locked}
            onPress={entry.askWhen}
          >
            {t("form.earlier")} <Shortcut letter="E" />
          </Button>
        )}
      </div>
      <Button type="submit" look="primary" isPending={busy} isDisabled={locked && !busy}>
        {amount === undefined
          ? t("form.record")
          : t("form.recordAmount", { amount: formatMoney(amount), direction: term("direction", draft.direction) })}
      </Button>
    </div>
  );
}
