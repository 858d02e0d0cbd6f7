import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import {
  ChartLegend,
  chartHeight,
  inMoney,
  marksFor,
  measured,
  named,
  partColor,
  Tip,
} from "../../components/chart-parts.tsx";
import { ticksBetween } from "./time-ticks.ts";

/** What is drawn of a slip: its bet from each moment on, and when it was paused. */
export interface DrawnSlip {
  name: string;
  points: readonly { at: number; bet: number; title: string; said: string }[];
  pauses: readonly { from: number; to: number }[];
}

interface TimelineChartProps {
  title: string;
  slips: readonly DrawnSlip[];
  timezone: string;
  formatTime: (at: number) => string;
}

/** Bets over time, in steps. The arrow keys go from one event to the next. */
export function TimelineChart({ title, slips, timezone, formatTime }: TimelineChartProps) {
  const moments = slips.flatMap(({ points }) => points.map(({ at }) => at));
  const data = slips.flatMap(({ name, points }, slip) =>
    points.map((point) => ({ ...point, name, slip, [`s${slip}`]: point.bet })),
  );
  return (
    <ResponsiveContainer width="100%" height={chartHeight}>
      <LineChart data={data} title={title}>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={["dataMin", "dataMax"]}
          ticks={ticksBetween(Math.min(...moments), Math.max(...moments), timezone)}
          tickFormatter={formatTime}
          {...named}
        />
        <YAxis {...measured} {...inMoney} {...marksFor(data.map(({ bet }) => bet))} />
        {slips.flatMap(({ name, pauses }) =>
          pauses.map(({ from, to }) => (
            <ReferenceArea
              key={`${name}${from}`}
              x1={from}
              x2={to}
              fill="var(--warn)"
              fillOpacity={0.2}
              stroke="var(--warn)"
              strokeDasharray="4 4"
            />
          )),
        )}
        <Tooltip
          content={({ active, payload }) => {
            const point = payload[0]?.payload as (typeof data)[number] | undefined;
            if (!active || !point) return null;
            return (
              <Tip
                title={point.title}
                parts={[{ name: point.name, value: point.said, color: partColor(point.slip) }]}
              />
            );
          }}
        />
        <Legend itemSorter={null} iconType="plainline" content={ChartLegend} />
        {slips.map(({ name }, index) => (
          <Line
            key={`${name}${slips[index]?.points[0]?.at}`}
            dataKey={`s${index}`}
            name={name}
            type="stepAfter"
            stroke={partColor(index)}
            strokeWidth={2.5}
            dot={{ r: 3 }}
            connectNulls
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
