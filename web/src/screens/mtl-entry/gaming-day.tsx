import { useMe } from "../../api/session.tsx";
import { useGamingDayLiveSubscription } from "../../generated/graphql.ts";
import { useServerTime } from "../../lib/clock.ts";
import { formatDay, formatTime } from "../../lib/format.ts";
import { useEveryWhileInUse } from "../../lib/in-use.ts";
import { words } from "../../words/words.ts";
import styles from "./gaming-day.module.css";

const t = words("mtlEntry");

const RENEW_EVERY_MS = 60_000;

/** The gaming day that an entry made now belongs to, and the time at the property. */
export function GamingDay() {
  const me = useMe();
  const now = useServerTime();
  const [, renew] = useGamingDayLiveSubscription();
  useEveryWhileInUse(renew, RENEW_EVERY_MS);
  const time = new Date(now).toISOString();
  return (
    <p className={styles.day}>
      <span className={styles.label}>{t("gamingDay")}</span>
      <time className={`${styles.date} numeric`} dateTime={me.gamingDay} data-testid="gaming-day">
        {formatDay(me.gamingDay)}
      </time>
      <time className={`${styles.time} numeric`} dateTime={time}>
        {formatTime(time, me.timezone)}
      </time>
    </p>
  );
}
