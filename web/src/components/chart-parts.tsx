import type { ReactNode } from "react";
import { formatCompact } from "../lib/format.ts";
import styles from "./chart-parts.module.css";

// What all charts have in common. Only what is drawn becomes a floating-point number; what is read
// stays the database's text.

export const chartHeight = 272;

const axis = { stroke: "var(--border-strong)", tick: { fill: "var(--text-muted)", fontSize: 12 }, tickLine: false };

/** Of the axis that names things. */
export const named = { ...axis, minTickGap: 12 };

/** Of the axis that measures. */
export const measured = { ...axis, axisLine: false, width: 56, tickFormatter: formatCompact };

/** A line between two parts, whose colours alone needn't tell them from one another. */
export const apart = { stroke: "var(--surface)", strokeWidth: 1 };

/** Colours in the order of a chart's parts. */
export function partColor(index: number): string {
  return `var(--chart-${(index % 5) + 1})`;
}

export function LegendText(name: string): ReactNode {
  return <span className={styles.legend}>{name}</span>;
}

export interface TipPart {
  name: string;
  value: string;
  color: string | undefined;
}

/** What a part of a chart says of itself when it is pointed at or stepped to. */
export function Tip({ title, parts }: { title: string; parts: readonly TipPart[] }) {
  return (
    <div className={styles.tip}>
      <p className={styles.title}>{title}</p>
      {parts.map(({ name, value, color }) => (
        <p key={name} className={styles.line}>
          <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
          {name}
          <span className={`${styles.value} numeric`}>{value}</span>
        </p>
      ))}
    </div>
  );
}
