import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { apart, chartHeight, LegendText, measured, named, Tip } from "../../components/chart-parts.tsx";

/** What is drawn of a row: a name below it, and for each series how high and what is said. */
export interface Bars {
  name: string;
  title: string;
  values: readonly { drawn: number; said: string }[];
}

interface BarsChartProps {
  title: string;
  bars: readonly Bars[];
  series: readonly { name: string; color: string }[];
  stacked?: boolean;
  line?: { at: number; name: string } | undefined;
}

/** Bars beside each other, or on each other. The arrow keys step through them. */
export function BarsChart({ title, bars, series, stacked = false, line }: BarsChartProps) {
  const data = bars.map((bar) => ({
    bar,
    name: bar.name,
    ...Object.fromEntries(bar.values.map(({ drawn }, index) => [`v${index}`, drawn])),
  }));
  return (
    <ResponsiveContainer width="100%" height={chartHeight}>
      <BarChart data={data} title={title} stackOffset="sign">
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="name" {...named} />
        <YAxis {...measured} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          content={({ active, payload }) => {
            const bar = (payload[0]?.payload as (typeof data)[number] | undefined)?.bar;
            if (!active || !bar) return null;
            const parts = series.map(({ name, color }, index) => ({
              name,
              color,
              value: bar.values[index]?.said ?? "",
            }));
            return <Tip title={bar.title} parts={parts} />;
          }}
        />
        {series.length > 1 && <Legend itemSorter={null} iconType="square" formatter={LegendText} />}
        {line && (
          <ReferenceLine
            y={line.at}
            stroke="var(--warn)"
            strokeDasharray="4 4"
            ifOverflow="extendDomain"
            label={{ value: line.name, position: "insideTopRight", fill: "var(--warn)", fontSize: 12 }}
          />
        )}
        {series.map(({ name, color }, index) => (
          <Bar
            key={name}
            dataKey={`v${index}`}
            name={name}
            {...(stacked ? { stackId: "all" } : {})}
            fill={color}
            {...apart}
            maxBarSize={48}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
