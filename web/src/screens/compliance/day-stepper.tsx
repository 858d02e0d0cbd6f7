import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { addDays } from "../../lib/days.ts";
import { words } from "../../words/words.ts";
import styles from "./compliance.module.css";

const t = words("compliance");

interface DayStepperProps {
  day: string;
  last: string;
  onChange: (day: string) => void;
}

/** The gaming day that is looked at. */
export function DayStepper({ day, last, onChange }: DayStepperProps) {
  return (
    <div className={styles.day}>
      <Button
        look="quiet"
        icon={<ChevronLeft size={18} />}
        aria-label={t("day.before")}
        onPress={() => onChange(addDays(day, -1))}
      />
      <DayPicker label={t("day.label")} value={day} last={last} onChange={onChange} />
      <Button
        look="quiet"
        icon={<ChevronRight size={18} />}
        aria-label={t("day.after")}
        isDisabled={day >= last}
        onPress={() => onChange(addDays(day, 1))}
      />
    </div>
  );
}
