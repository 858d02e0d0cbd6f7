import type { ReactNode } from "react";
import { cx } from "../lib/cx.ts";
import styles from "./facts.module.css";

export function Facts({ children, large = false }: { children: ReactNode; large?: boolean }) {
  return <dl className={cx(styles.facts, large && styles.large)}>{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={cx(styles.value, "numeric")}>{children}</dd>
    </div>
  );
}
