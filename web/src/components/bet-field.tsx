import { useId } from "react";
import { addDollars, parseAmount } from "../lib/money.ts";
import { words } from "../words/words.ts";
import styles from "./bet-field.module.css";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";

const t = words("components");

const STEPS = [5, 25, 100, 500, 1000];

interface BetFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Quick buttons change what is typed; with this they are also sent at once. */
  onQuick?: (value: string) => void;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

/** An average bet: exact entry, and buttons for what changes at a table. */
export function BetField({ label, value, onChange, onQuick, isDisabled, autoFocus }: BetFieldProps) {
  const id = useId();
  const valid = value === "" || parseAmount(value) !== undefined;
  return (
    <div className={styles.bet}>
      <Field
        label={label}
        value={value}
        onChange={onChange}
        prefix="$"
        inputMode="decimal"
        autoComplete="off"
        numeric
        isDisabled={isDisabled ?? false}
        autoFocus={autoFocus ?? false}
        error={valid ? undefined : t("bet.invalid")}
      />
      <fieldset className={styles.quick} aria-labelledby={id}>
        <legend className="visually-hidden" id={id}>
          {t("bet.raise", { label: label.toLowerCase() })}
        </legend>
        {STEPS.map((step) => (
          <Button
            key={step}
            isDisabled={isDisabled ?? false}
            aria-label={t("bet.add", { dollars: String(step) })}
            onPress={() => {
              const raised = addDollars(value, step);
              onChange(raised);
              onQuick?.(raised);
            }}
          >
            <span className="numeric">+{step}</span>
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
