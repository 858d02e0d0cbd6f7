import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { addDays } from "../../lib/days.ts";
import styles from "./compliance.module.css";

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
        aria-label="Day before"
        onPress={() => onChange(addDays(day, -1))}
      />
      <DayPicker label="Gaming day" value={day} last={last} onChange={onChange} />
      <Button
        look="quiet"
        icon={<ChevronRight size={18} />}
        aria-label="Day after"
        isDisabled={day >= last}
        onPress={() => onChange(addDays(day, 1))}
      />
    </div>
  );
}
