import type { ReactNode } from "react";
import { cx } from "../lib/cx.ts";
import { term } from "../words/term.ts";
import styles from "./badge.module.css";

export type Tone = "neutral" | "accent" | "good" | "warn" | "bad";

interface BadgeProps {
  tone?: Tone;
  /** Among two of a tone, the one that weighs more. */
  strong?: boolean;
  icon?: ReactNode;
  children: ReactNode;
}

export function Badge({ tone = "neutral", strong = false, icon, children }: BadgeProps) {
  return (
    <span className={cx(styles.badge, styles[tone], strong && styles.strong)}>
      {icon}
      {children}
    </span>
  );
}

const tones: Record<string, Tone> = {
  over_floor: "neutral",
  watch: "warn",
  near: "warn",
  reportable: "bad",
};

/** What the database says of an entry or of a person's day; nothing where there is nothing to say. */
export function CashBadge({ badge }: { badge: string | null | undefined }) {
  if (!badge || badge === "none") return null;
  return (
    <Badge tone={tones[badge] ?? "neutral"} strong={badge === "near"}>
      {term("cashBadge", badge)}
    </Badge>
  );
}
