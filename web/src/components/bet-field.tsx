import { type ReactNode, type RefObject, useId } from "react";
import { addDollars, parseAmount } from "../lib/money.ts";
import { words } from "../words/words.ts";
import styles from "./bet-field.module.css";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";

const t = words("components");

const STEPS = [5, 25, 100, 500, 1000];

interface BetFieldProps {
  label: string;
  aside?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  isDisabled?: boolean;
  autoFocus?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
  keyShortcut?: string;
}

/** An average bet: exact entry, and buttons for what changes at a table. */
export function BetField({ label, value, onChange, isDisabled, autoFocus, ...field }: BetFieldProps) {
  const valid = value === "" || parseAmount(value) !== undefined;
  return (
    <div className={styles.bet}>
      <Field
        {...field}
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
      <Steps
        label={t("bet.raise", { label: label.toLowerCase() })}
        steps={STEPS}
        value={value}
        onChange={onChange}
        isDisabled={isDisabled ?? false}
      />
      <Steps
        label={t("bet.lower", { label: label.toLowerCase() })}
        steps={STEPS.map((step) => -step)}
        value={value}
        onChange={onChange}
        isDisabled={isDisabled ?? false}
      />
    </div>
  );
}

interface StepsProps {
  label: string;
  steps: readonly number[];
  value: string;
  onChange: (value: string) => void;
  isDisabled: boolean;
}

function Steps({ label, steps, value, onChange, isDisabled }: StepsProps) {
  const id = useId();
  return (
    <fieldset className={styles.quick} aria-labelledby={id}>
      <legend className="visually-hidden" id={id}>
        {label}
      </legend>
      {steps.map((step) => (
        <Button
          key={step}
          isDisabled={isDisabled}
          aria-label={t(step > 0 ? "bet.add" : "bet.take", { dollars: String(Math.abs(step)) })}
          onPress={() => onChange(addDollars(value, step))}
        >
          <span className="numeric">
            {step > 0 ? "+" : "−"}
            {Math.abs(step)}
          </span>
        </Button>
      ))}
    </fieldset>
  );
}
