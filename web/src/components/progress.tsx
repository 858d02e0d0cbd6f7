import { Label, Meter } from "react-aria-components";
import styles from "./progress.module.css";

/** Progress towards the next tier, in percent as the database says it. */
export function TierProgress({ percent }: { percent: number }) {
  return (
    <Meter className={styles.progress ?? ""} value={percent}>
      {({ percentage, valueText }) => (
        <>
          <div className={styles.labels}>
            <Label>Tier progress</Label>
            <span className="numeric">{valueText}</span>
          </div>
          <div className={styles.track}>
            <div className={styles.fill} style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </Meter>
  );
}
