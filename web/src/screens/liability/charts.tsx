import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { LiabilityDayFragment } from "../../generated/graphql.ts";
import { formatDay, formatPoints, humanize } from "../../lib/format.ts";
import type { AgeRow } from "./ages.ts";
import styles from "./liability.module.css";

// Only what is drawn becomes a floating-point number; what is read stays the database's text.

const HEIGHT = 272;
const axis = { stroke: "var(--border-strong)", tick: { fill: "var(--text-muted)", fontSize: 12 }, tickLine: false };
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const shortDay = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "short", day: "numeric" });

/** Outstanding points by age, each bar made of the tiers that hold them. */
export function AgesChart({ rows, tiers }: { rows: readonly AgeRow[]; tiers: readonly string[] }) {
  const data = rows.map((row) => ({
    age: row.age,
    row,
    ...Object.fromEntries(tiers.map((tier) => [tier, Number(row.byTier.get(tier)?.points ?? 0)])),
  }));
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <BarChart data={data} title="Outstanding points by age and tier">
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="age" {...axis} />
        <YAxis {...axis} axisLine={false} width={52} tickFormatter={(value: number) => short.format(value)} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          content={({ active, payload, label }) =>
            active && (
              <Tip title={String(label)}>
                {payload.map((each) => (
                  <Line key={String(each.name)} color={each.color} name={String(each.name)}>
                    {formatPoints(String(each.value))}
                  </Line>
                ))}
              </Tip>
            )
          }
        />
        <Legend
          itemSorter={null}
          iconType="square"
          formatter={(name: string) => <span className={styles.legend}>{name}</span>}
        />
        {tiers.map((tier, index) => (
          <Bar
            key={tier}
            dataKey={tier}
            name={humanize(tier)}
            stackId="points"
            fill={`var(--chart-${(index % 5) + 1})`}
            maxBarSize={72}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Outstanding points at the end of each gaming day. */
export function DaysChart({ days }: { days: readonly LiabilityDayFragment[] }) {
  const data = days.map((day) => ({ day: day.gamingDay ?? "", closing: Number(day.closing ?? 0), exact: day }));
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <AreaChart data={data} title="Outstanding points at the end of each gaming day">
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="day"
          {...axis}
          minTickGap={28}
          tickFormatter={(day: string) => shortDay.format(new Date(`${day}T00:00:00Z`))}
        />
        <YAxis {...axis} axisLine={false} width={52} tickFormatter={(value: number) => short.format(value)} />
        <Tooltip
          cursor={{ stroke: "var(--border-strong)" }}
          content={({ active, payload, label }) =>
            active && (
              <Tip title={formatDay(String(label))}>
                {payload.map((each) => (
                  <Line key="closing" color="var(--chart-5)" name="Outstanding">
                    {formatPoints(String(each.value))}
                  </Line>
                ))}
              </Tip>
            )
          }
        />
        <Area
          type="linear"
          dataKey="closing"
          name="Outstanding"
          stroke="var(--chart-5)"
          strokeWidth={2}
          fill="var(--accent-soft)"
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

function Tip({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className={styles.tip}>
      <p className={styles.tipTitle}>{title}</p>
      {children}
    </div>
  );
}

function Line({ color, name, children }: { color: string | undefined; name: string; children: React.ReactNode }) {
  return (
    <p className={styles.tipLine}>
      <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
      {name}
      <span className={`${styles.tipValue} numeric`}>{children}</span>
    </p>
  );
}
