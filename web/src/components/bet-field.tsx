import { type ReactNode, type RefObject, useId } from "react";
import { formatCount } from "../lib/format.ts";
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
  /** What a quick button does, when it isn't a change of the value. */
  onStep?: (dollars: number) => void;
  isDisabled?: boolean;
  /** Can't be changed now, and keeps the focus. */
  isReadOnly?: boolean;
  autoFocus?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
  keyShortcut?: string;
}

/** An average bet: exact entry, and buttons for what changes at a table. */
export function BetField(props: BetFieldProps) {
  const { label, value, onChange, onStep, isDisabled = false, isReadOnly = false, autoFocus = false, ...field } = props;
  const step = onStep ?? ((dollars: number) => onChange(addDollars(value, dollars)));
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
        isDisabled={isDisabled}
        isReadOnly={isReadOnly}
        autoFocus={autoFocus}
        error={valid ? undefined : t("bet.invalid")}
      />
      <Steps
        label={t("bet.raise", { label: label.toLowerCase() })}
        steps={STEPS}
        onStep={step}
        isDisabled={isDisabled || isReadOnly}
      />
      <Steps
        label={t("bet.lower", { label: label.toLowerCase() })}
        steps={STEPS.map((step) => -step)}
        onStep={step}
        isDisabled={isDisabled || isReadOnly}
      />
    </div>
  );
}

interface StepsProps {
  label: string;
  steps: readonly number[];
  onStep: (dollars: number) => void;
  isDisabled: boolean;
}

function Steps({ label, steps, onStep, isDisabled }: StepsProps) {
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
          aria-label={t(step > 0 ? "bet.add" : "bet.take", { dollars: formatCount(Math.abs(step)) })}
          onPress={() => onStep(step)}
        >
          <span className="numeric">
            {step > 0 ? "+" : "−"}
            {formatCount(Math.abs(step))}
          </span>
        </Button>
      ))}
    </fieldset>
  );
}
