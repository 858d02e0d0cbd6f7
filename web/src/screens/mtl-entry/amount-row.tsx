import { Field } from "../../components/field.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { ariaShortcut } from "../../lib/shortcuts.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./amount-row.module.css";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

/** How much it is, in which currency it was exchanged, and what else is to be said. */
export function AmountRow({ entry }: { entry: Entry }) {
  const { draft, change, fields, asked, locked } = entry;
  const { kind, missing } = entry.reading;
  const exchanged = kind?.direction === "both";
  return (
    <div className={styles.row}>
      <Field
        label={exchanged ? t("form.amountUsd") : t("form.amount")}
        aside={<Shortcut letter="A" />}
        keyShortcut={ariaShortcut("A")}
        value={draft.amount}
        onChange={(amount) => change({ amount })}
        prefix="$"
        inputMode="decimal"
        autoComplete="off"
        numeric
        inputRef={fields.amount}
        isDisabled={locked}
        error={missing.amount ? whyNot(draft.amount, asked === "entry") : undefined}
        autoFocus={draft.person !== undefined}
      />
      {exchanged && (
        <Field
          label={t("form.foreign")}
          aside={t("form.ifAny")}
          placeholder={t("form.example")}
          value={draft.foreignCurrency}
          onChange={(code) => change({ foreignCurrency: code.toUpperCase() })}
          autoComplete="off"
          verbatim
          isDisabled={locked}
        />
      )}
      <Field
        label={t("form.note")}
        aside={
          kind?.needsNote ? (
            <>
              {t("form.needed")} <Shortcut letter="N" />
            </>
          ) : (
            <Shortcut letter="N" />
          )
        }
        keyShortcut={ariaShortcut("N")}
        value={draft.note}
        onChange={(note) => change({ note })}
        autoComplete="off"
        inputRef={fields.note}
        isDisabled={locked}
        error={
          asked === "entry" && missing.note
            ? t("form.needsNote", { kind: term("cashKind", kind?.kind ?? "") })
            : undefined
        }
      />
    </div>
  );
}

/** An empty field is no mistake until it is asked for. */
function whyNot(typed: string, asked: boolean): string | undefined {
  if (typed.trim() === "") return asked ? t("form.howMuch") : undefined;
  return t("form.invalid");
}
