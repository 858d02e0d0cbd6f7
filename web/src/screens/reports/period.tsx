import { DayPicker } from "../../components/day-field.tsx";
import { words } from "../../words/words.ts";
import styles from "./reports.module.css";

const t = words("reports");

/** Gaming days, the first and the last of them included. */
export interface Period {
  firstDay: string;
  lastDay: string;
}

interface PeriodPickerProps {
  period: Period;
  today: string;
  onChange: (period: Period) => void;
}

export function PeriodPicker({ period, today, onChange }: PeriodPickerProps) {
  const { firstDay, lastDay } = period;
  return (
    <div className={styles.period}>
      <DayPicker
        label={t("firstDay")}
        value={firstDay}
        last={lastDay}
        onChange={(day) => onChange({ firstDay: day, lastDay })}
      />
      <span aria-hidden="true">–</span>
      <DayPicker
        label={t("lastDay")}
        value={lastDay}
        last={today}
        onChange={(day) => onChange({ firstDay: firstDay > day ? day : firstDay, lastDay: day })}
      />
    </div>
  );
}
