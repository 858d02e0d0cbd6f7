import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components";
import styles from "./check-box.module.css";

interface CheckBoxProps {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  children: ReactNode;
}

export function CheckBox({ children, isDisabled, ...props }: CheckBoxProps) {
  return (
    <Checkbox {...props} isDisabled={isDisabled ?? false} className={styles.check ?? ""}>
      {({ isSelected }) => (
        <>
          <span className={styles.box} aria-hidden="true">
            {isSelected && <Check size={15} strokeWidth={3} />}
          </span>
          {children}
        </>
      )}
    </Checkbox>
  );
}
