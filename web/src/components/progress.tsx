import { Label, Meter } from "react-aria-components";
import { words } from "../words/words.ts";
import styles from "./progress.module.css";

const t = words("components");

/** Progress towards the next tier, in percent as the database says it. */
export function TierProgress({ percent }: { percent: number }) {
  return (
    <Meter className={styles.progress ?? ""} value={percent}>
      {({ percentage, valueText }) => (
        <>
          <div className={styles.labels}>
            <Label>{t("tierProgress")}</Label>
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

interface UsedUpProps {
  label: string;
  used: string;
  of: string;
  /** Both figures as people read them. */
  words: string;
}

/** How much of a budget is used. The length of the bar is all that isn't exact. */
export function UsedUp({ label, used, of, words }: UsedUpProps) {
  return (
    <Meter className={styles.progress ?? ""} value={Number(used)} maxValue={Math.max(1, Number(of))} valueLabel={words}>
      {({ percentage, valueText }) => (
        <>
          <div className={styles.labels}>
            <Label>{label}</Label>
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
