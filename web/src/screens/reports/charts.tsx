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
import {
  apart,
  ChartLegend,
  chartHeight,
  inMoney,
  marksFor,
  measured,
  measuredBelow,
  named,
  Tip,
  type TipPart,
} from "../../components/chart-parts.tsx";

/** What is drawn of a row: its name, and for each series how long and what is said. */
export interface Bars {
  name: string;
  title: string;
  values: readonly { drawn: number; said: string }[];
  /** In place of the series' own. */
  color?: string;
  /** What is said in place of the values. */
  parts?: readonly TipPart[];
}

interface BarsChartProps {
  title: string;
  bars: readonly Bars[];
  series: readonly { name: string; color: string }[];
  stacked?: boolean;
  /** Dollars are measured. */
  money?: boolean;
  /** The bars lie below each other, so that each has its name beside it, however many there are. */
  lying?: boolean;
  line?: { at: number; name: string } | undefined;
}

/** What a lying bar takes, and the axis below all of them. */
const rowHeight = 26;
const axisHeight = 40;

/** How far the bars and the line go. */
function reached(bars: readonly Bars[], stacked: boolean, line = 0): number[] {
  const drawn = bars.map(({ values }) => values.map((value) => value.drawn));
  const ends = stacked
    ? drawn.flatMap((values) => [sum(values.filter((value) => value > 0)), sum(values.filter((value) => value < 0))])
    : drawn.flat();
  return [...ends, line];
}

const sum = (values: readonly number[]) => values.reduce((before, value) => before + value, 0);

/** Bars beside each other, or on each other. The arrow keys step through them. */
export function BarsChart({
  title,
  bars,
  series,
  stacked = false,
  money = false,
  lying = false,
  line,
}: BarsChartProps) {
  const data = bars.map((bar) => ({
    bar,
    name: bar.name,
    ...(bar.color && { fill: bar.color }),
    ...Object.fromEntries(bar.values.map(({ drawn }, index) => [`v${index}`, drawn])),
  }));
  const height = lying ? Math.max(chartHeight, bars.length * rowHeight + axisHeight) : chartHeight;
  const measure = { ...marksFor(reached(bars, stacked, line?.at)), ...(money && inMoney) };
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart data={data} title={title} stackOffset="sign" layout={lying ? "vertical" : "horizontal"}>
        <CartesianGrid vertical={lying} horizontal={!lying} stroke="var(--border)" />
        {lying ? <XAxis type="number" {...measuredBelow} {...measure} /> : <XAxis dataKey="name" {...named} />}
        {lying ? (
          <YAxis type="category" dataKey="name" width="auto" interval={0} {...named} />
        ) : (
          <YAxis {...measured} {...measure} />
        )}
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          content={({ active, payload }) => {
            const bar = (payload[0]?.payload as (typeof data)[number] | undefined)?.bar;
            if (!active || !bar) return null;
            const parts = series.map(({ name, color }, index) => ({
              name,
              color: bar.color ?? color,
              value: bar.values[index]?.said ?? "",
            }));
            return <Tip title={bar.title} parts={bar.parts ?? parts} />;
          }}
        />
        {series.length > 1 && <Legend itemSorter={null} iconType="square" content={ChartLegend} />}
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
            maxBarSize={lying ? 32 : 48}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
