import { useConnection } from "../../api/connection.ts";
import { words } from "../../words/words.ts";
import styles from "./connection-badge.module.css";

const t = words("shell");

export function ConnectionBadge() {
  const state = useConnection();
  return (
    <p className={styles.badge} data-state={state} role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.words}>{t(`connection.${state}`)}</span>
    </p>
  );
}
