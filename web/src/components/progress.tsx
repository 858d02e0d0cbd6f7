import { Label, Meter } from "react-aria-components";
import { formatPoints, humanize } from "../lib/format.ts";
import { howMany } from "../lib/how-many.ts";
import { words } from "../words/words.ts";
import styles from "./progress.module.css";

const t = words("components");

interface TierProgressProps {
  percent: number;
  /** What is missing to which tier; null at the highest, undefined where it isn't known. */
  next: { tier: string | null; points: string | null } | null | undefined;
}

/** Progress towards the next tier, as the database says it. */
export function TierProgress({ percent, next }: TierProgressProps) {
  if (next === null) return <p className={styles.top}>{t("highestTier")}</p>;
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
          {next?.tier && next.points && (
            <p className={styles.missing}>
              {t("toNextTier", {
                points: formatPoints(next.points),
                count: howMany(next.points),
                tier: humanize(next.tier),
              })}
            </p>
          )}
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
