import { type ReactNode, useEffect } from "react";
import { cx } from "../lib/cx.ts";
import styles from "./page.module.css";

interface PageProps {
  title: string;
  /** In the browser's tab; the heading's text when not given. */
  tabTitle?: string;
  /** Beside the title: what narrows the page down. */
  beside?: ReactNode;
  /** At the other end: figures or actions. */
  aside?: ReactNode;
  narrow?: boolean;
  /** What it shows has a heading of its own, which is the one on paper. */
  isSheet?: boolean;
  children: ReactNode;
}

export function Page({ title, tabTitle = title, beside, aside, narrow = false, isSheet = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${tabTitle} · PitLedger`;
  }, [tabTitle]);
  return (
    <div className={cx(styles.page, narrow && styles.narrow, isSheet && styles.sheet)}>
      <div className={styles.head}>
        <div className={styles.lead}>
          <h1>{title}</h1>
          {beside}
        </div>
        {aside}
      </div>
      {children}
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  aside?: ReactNode;
  label?: string;
  padded?: boolean;
  children: ReactNode;
}

export function Card({ title, aside, label, padded = true, children }: CardProps) {
  return (
    <section className={cx(styles.card, padded && styles.padded)} aria-label={label}>
      {title !== undefined && (
        <div className={styles.cardHead}>
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
