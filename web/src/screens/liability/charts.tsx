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
import {
  apart,
  ChartLegend,
  chartHeight,
  marksFor,
  measured,
  named,
  partColor,
  Tip,
} from "../../components/chart-parts.tsx";
import type { LiabilityDayFragment } from "../../generated/graphql.ts";
import { formatDay, formatPoints, formatShortDay, humanize } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import type { AgeRow, RankedTier } from "./ages.ts";

const t = words("liability");

/** Outstanding points by age, each bar made of the tiers that hold them. */
export function AgesChart({ rows, tiers }: { rows: readonly AgeRow[]; tiers: readonly RankedTier[] }) {
  const data = rows.map((row) => ({
    age: row.age,
    row,
    ...Object.fromEntries(tiers.map(({ tier }) => [tier, Number(row.byTier.get(tier)?.points ?? 0)])),
  }));
  const totals = rows.map(({ byTier }) =>
    [...byTier.values()].reduce((sum, line) => sum + Number(line.points ?? 0), 0),
  );
  return (
    <ResponsiveContainer width="100%" height={chartHeight}>
      <BarChart data={data} title={t("ages.label")}>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="age" {...named} />
        <YAxis {...measured} {...marksFor(totals)} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          content={({ active, payload, label }) =>
            active && (
              <Tip
                title={String(label)}
                parts={payload.map((each) => ({
                  name: String(each.name),
                  color: each.color,
                  value: formatPoints(String(each.value)),
                }))}
              />
            )
          }
        />
        <Legend itemSorter={null} iconType="square" content={ChartLegend} />
        {tiers.map(({ tier, rank }) => (
          <Bar
            key={tier}
            dataKey={tier}
            name={humanize(tier)}
            stackId="points"
            fill={partColor(rank - 1)}
            {...apart}
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
    <ResponsiveContainer width="100%" height={chartHeight}>
      <AreaChart data={data} title={t("days.chart")}>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="day" {...named} minTickGap={28} tickFormatter={formatShortDay} />
        <YAxis {...measured} {...marksFor(data.map(({ closing }) => closing))} />
        <Tooltip
          cursor={{ stroke: "var(--border-strong)" }}
          content={({ active, payload, label }) =>
            active && (
              <Tip
                title={formatDay(String(label))}
                parts={payload.map((each) => ({
                  name: t("days.outstanding"),
                  color: "var(--chart-5)",
                  value: formatPoints(String(each.value)),
                }))}
              />
            )
          }
        />
        <Area
          type="linear"
          dataKey="closing"
          name={t("days.outstanding")}
          stroke="var(--chart-5)"
          strokeWidth={2}
          fill="var(--accent-soft)"
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
