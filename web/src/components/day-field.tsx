import { type CalendarDate, parseDate, type ZonedDateTime } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, type RefObject, useEffect } from "react";
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateField,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
} from "react-aria-components";
import { cx } from "../lib/cx.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./day-field.module.css";
import fieldStyles from "./field.module.css";

const t = words("components");

interface DayProps {
  label: string;
  /** "2026-03-08"; empty when there is none. */
  value: string;
  onChange: (day: string) => void;
  /** The last day that can be chosen. */
  last?: string;
  isDisabled?: boolean;
}

/** A day of the calendar, typed or picked. */
export function DayPicker({ label, value, onChange, last, isDisabled }: DayProps) {
  return (
    <DatePicker
      aria-label={label}
      value={toDate(value)}
      onChange={(day) => day && onChange(day.toString())}
      maxValue={toDate(last)}
      isDisabled={isDisabled ?? false}
      shouldForceLeadingZeros
    >
      <Group className={styles.control ?? ""}>
        <Segments />
        <Button look="quiet" icon={<CalendarDays size={18} />} aria-label={t("calendar.open")} />
      </Group>
      <Popover className={styles.popover ?? ""} offset={4}>
        <Dialog className={styles.dialog ?? ""}>
          <Calendar>
            <header className={styles.calendarHead}>
              <Button
                slot="previous"
                look="quiet"
                icon={<ChevronLeft size={18} />}
                aria-label={t("calendar.previous")}
              />
              <Heading className={styles.month ?? ""} />
              <Button slot="next" look="quiet" icon={<ChevronRight size={18} />} aria-label={t("calendar.next")} />
            </header>
            <CalendarGrid className={styles.grid ?? ""}>
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className={styles.weekday ?? ""}>{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => <CalendarCell date={date} className={styles.cell ?? ""} />}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

interface DateFieldProps extends DayProps {
  aside?: ReactNode;
  error?: string | undefined;
}

/** A date that is known by heart or read off a document: typed, without a calendar. */
export function TypedDate({ label, value, onChange, last, isDisabled, aside, error }: DateFieldProps) {
  return (
    <DateField
      className={cx(fieldStyles.field)}
      value={toDate(value)}
      onChange={(day) => onChange(day?.toString() ?? "")}
      maxValue={toDate(last)}
      isDisabled={isDisabled ?? false}
      isInvalid={error !== undefined}
      shouldForceLeadingZeros
    >
      <Typed label={label} aside={aside} error={error} />
    </DateField>
  );
}

interface MomentFieldProps {
  label: string;
  value: ZonedDateTime | null;
  onChange: (moment: ZonedDateTime | null) => void;
  onEnter: () => void;
  aside?: ReactNode;
  error?: string | undefined;
  /** While it is sent: unlike a disabled one, it keeps the focus. */
  isReadOnly?: boolean;
  fieldRef: RefObject<HTMLDivElement | null>;
}

/** A time and its day, on the clock of the value's timezone. It begins with the focus in its hour. */
export function TypedMoment(props: MomentFieldProps) {
  const { label, value, onChange, onEnter, aside, error, isReadOnly, fieldRef } = props;
  useEffect(() => focusHour(fieldRef.current), [fieldRef]);
  return (
    <DateField
      ref={fieldRef}
      className={cx(fieldStyles.field)}
      granularity="minute"
      value={value}
      onChange={onChange}
      onKeyDown={(event) => event.key === "Enter" && onEnter()}
      isReadOnly={isReadOnly ?? false}
      isInvalid={error !== undefined}
      shouldForceLeadingZeros
    >
      <Typed label={label} aside={aside} error={error} />
    </DateField>
  );
}

export function focusHour(field: HTMLElement | null): void {
  field?.querySelector<HTMLElement>("[data-type=hour]")?.focus();
}

function Typed({ label, aside, error }: Pick<DateFieldProps, "label" | "aside" | "error">) {
  return (
    <>
      <div className={fieldStyles.head}>
        <Label className={fieldStyles.label ?? ""}>{label}</Label>
        {aside !== undefined && <span className={fieldStyles.aside}>{aside}</span>}
      </div>
      <div className={styles.control} data-invalid={error !== undefined || undefined}>
        <Segments />
      </div>
      <FieldError className={fieldStyles.error ?? ""}>{error}</FieldError>
    </>
  );
}

function Segments() {
  return (
    <DateInput className={styles.input ?? ""}>
      {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
    </DateInput>
  );
}

function toDate(day: string | undefined): CalendarDate | null {
  if (!day) return null;
  try {
    return parseDate(day);
  } catch {
    return null;
  }
}
