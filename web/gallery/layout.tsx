import type { ReactNode } from "react";
import styles from "./gallery.module.css";

/** States side by side. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
