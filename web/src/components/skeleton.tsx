import type { ReactNode } from "react";
import { words } from "../words/words.ts";
import styles from "./skeleton.module.css";

const t = words("components");

export function Skeleton({ width = "100%", height = "1rem" }: { width?: string; height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}

/** What a screen shows while its first data is on the way: its shape, and one word for readers. */
export function Loading({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <p className="visually-hidden" role="status">
        {t("loading", { what })}
      </p>
      {children}
    </div>
  );
}
