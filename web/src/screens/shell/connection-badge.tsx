import { type Connection, useConnection } from "../../api/connection.ts";
import styles from "./connection-badge.module.css";

const words: Record<Connection, string> = {
  connecting: "Connecting…",
  live: "Live",
  lost: "Connection lost, reconnecting…",
  healed: "Connected again",
};

export function ConnectionBadge() {
  const state = useConnection();
  return (
    <p className={styles.badge} data-state={state} role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.words}>{words[state]}</span>
    </p>
  );
}
