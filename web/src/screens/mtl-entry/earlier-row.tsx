import { Button } from "../../components/button.tsx";
import { TypedMoment } from "../../components/day-field.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { words } from "../../words/words.ts";
import styles from "./earlier-row.module.css";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

/** When it happened, where that isn't now. */
export function EarlierRow({ entry }: { entry: Entry }) {
  const { draft, fields, asked, locked, refusedTime } = entry;
  if (draft.earlier === undefined) return null;
  return (
    <div className={styles.earlier}>
      <TypedMoment
        label={t("form.when")}
        aside={<Shortcut letter="E" />}
        value={draft.earlier}
        onChange={entry.setEarlier}
        onEnter={() => fields.form.current?.requestSubmit()}
        fieldRef={fields.moment}
        isReadOnly={locked}
        error={refusedTime?.message ?? (asked && entry.reading.missing.time ? t("form.whenMissing") : undefined)}
      />
      <Button isDisabled={locked} onPress={entry.happensNow}>
        {t("form.now")}
      </Button>
    </div>
  );
}
