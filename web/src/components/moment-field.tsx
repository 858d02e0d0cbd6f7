import type { CalendarDateTime } from "@internationalized/date";
import { parseAbsolute, parseDateTime, toZoned } from "@internationalized/date";
import { DateField, DateInput, DateSegment, FieldError, Label, Text } from "react-aria-components";
import { cx } from "../lib/cx.ts";
import styles from "./day-field.module.css";
import fieldStyles from "./field.module.css";

interface MomentFieldProps {
  label: string;
  hint?: string;
  /** "2026-03-08T06:00" on the property's clocks; empty when there is none. */
  value: string;
  onChange: (moment: string) => void;
  isDisabled?: boolean;
}

/** A day and a time of day, as the property's clocks show it. */
export function MomentField({ label, hint, value, onChange, isDisabled }: MomentFieldProps) {
  return (
    <DateField
      className={cx(fieldStyles.field)}
      granularity="minute"
      value={read(value)}
      onChange={(moment) => onChange(moment?.toString().slice(0, 16) ?? "")}
      isDisabled={isDisabled ?? false}
      shouldForceLeadingZeros
    >
      <div className={fieldStyles.head}>
        <Label className={fieldStyles.label ?? ""}>{label}</Label>
      </div>
      <div className={styles.control}>
        <DateInput className={styles.input ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
      </div>
      {hint !== undefined && (
        <Text slot="description" className={fieldStyles.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={fieldStyles.error ?? ""} />
    </DateField>
  );
}

/** The moment as the database takes it; null where none is given. */
export function toInstant(moment: string, timezone: string): string | null {
  const typed = read(moment);
  return typed && toZoned(typed, timezone).toAbsoluteString();
}

/** A moment of the database on the property's clocks. */
export function toMoment(iso: string, timezone: string): string {
  return parseAbsolute(iso, timezone).toString().slice(0, 16);
}

function read(moment: string): CalendarDateTime | null {
  if (moment === "") return null;
  try {
    return parseDateTime(moment);
  } catch {
    return null;
  }
}
