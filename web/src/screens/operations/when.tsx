import { useMe } from "../../api/session.tsx";
import { formatMomentDay, formatTime } from "../../lib/format.ts";
import styles from "./operations.module.css";

/** A moment at the property: its day, and beneath it the time. */
export function When({ at }: { at: string | null }) {
  const { timezone } = useMe();
  if (!at) return null;
  return (
    <time className={`${styles.when} numeric`} dateTime={at}>
      <span>{formatMomentDay(at, timezone)}</span> <span className={styles.small}>{formatTime(at, timezone)}</span>
    </time>
  );
}
