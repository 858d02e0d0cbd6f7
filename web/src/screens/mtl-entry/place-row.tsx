import { Field } from "../../components/field.tsx";
import { type Option, Picker } from "../../components/picker.tsx";
import { words } from "../../words/words.ts";
import styles from "./place-row.module.css";
import type { Table } from "./reading.ts";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

const NO_TABLE = "none";

interface PlaceRowProps {
  entry: Entry;
  areas: readonly Option<string>[];
  tables: readonly Table[];
  tenders: readonly Option<string>[];
}

/** Where the cash was handled, and what it was. */
export function PlaceRow({ entry, areas, tables, tenders }: PlaceRowProps) {
  const { draft, change, locked } = entry;
  return (
    <div className={styles.place}>
      <Picker
        label={t("form.area")}
        options={areas}
        value={draft.area}
        onChange={(area) => change({ area })}
        isDisabled={locked}
      />
      <Picker
        label={t("form.table")}
        options={[{ id: NO_TABLE, label: "–" }, ...tables.map((table) => ({ id: table.tableId, label: table.label }))]}
        value={draft.tableId === "" ? NO_TABLE : draft.tableId}
        onChange={(id) => change({ tableId: id === NO_TABLE ? "" : id })}
        buttonRef={entry.fields.table}
        error={entry.asked === "leaving" && entry.reading.missing.table ? t("form.which") : undefined}
        isDisabled={locked}
      />
      <Field
        label={t("form.window")}
        value={draft.windowNo}
        onChange={(windowNo) => change({ windowNo })}
        autoComplete="off"
        isDisabled={locked}
      />
      <Picker
        label={t("form.tender")}
        options={tenders}
        value={draft.tender}
        onChange={(tender) => change({ tender })}
        isDisabled={locked}
      />
    </div>
  );
}
