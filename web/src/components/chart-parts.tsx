import type { DefaultLegendContentProps } from "recharts";
import { cx } from "../lib/cx.ts";
import { formatCompact, formatCompactMoney } from "../lib/format.ts";
import styles from "./chart-parts.module.css";

// What all charts have in common. Only what is drawn becomes a floating-point number; what is read
// stays the database's text.

export const chartHeight = 272;

const axis = { stroke: "var(--border-strong)", tick: { fill: "var(--text-muted)", fontSize: 12 }, tickLine: false };

/** Of the axis that names things. */
export const named = { ...axis, minTickGap: 12 };

/** Of the axis that measures, below the chart. */
export const measuredBelow = { ...axis, axisLine: false, tickFormatter: formatCompact };

/** Of the axis that measures, at the side. */
export const measured = { ...measuredBelow, width: 56 };

/** Of either, when it measures dollars. */
export const inMoney = { tickFormatter: formatCompactMoney };

/** Whole, round marks of an axis on which these values have room, and zero. */
export function marksFor(values: readonly number[]): { ticks: number[]; domain: [number, number] } {
  const low = Math.min(0, ...values);
  const high = Math.max(1, ...values);
  const rough = (high - low) / 5;
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(rough)));
  const step = magnitude * ([1, 2, 5].find((each) => each * magnitude >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { ticks, domain: [first * step, last * step] };
}

/** A line between two parts, whose colours alone needn't tell them from one another. */
export const apart = { stroke: "var(--surface)", strokeWidth: 1 };

/** Colours in the order of a chart's parts. */
export function partColor(index: number): string {
  return `var(--chart-${(index % 5) + 1})`;
}

/** What each colour stands for. The library's own legend names every colour in English. */
export function ChartLegend({ payload, iconType }: Pick<DefaultLegendContentProps, "payload" | "iconType">) {
  return (
    <ul className={styles.legend}>
      {payload?.map(({ dataKey, value, color }) => (
        <li key={String(dataKey)}>
          <span
            className={cx(styles.key, iconType === "plainline" && styles.line)}
            style={{ background: color }}
            aria-hidden="true"
          />
          {value}
        </li>
      ))}
    </ul>
  );
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
        <p key={name} className={styles.part}>
          <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
          {name}
          <span className={`${styles.value} numeric`}>{value}</span>
        </p>
      ))}
    </div>
  );
}
