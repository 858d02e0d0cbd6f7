import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { apart, ChartLegend, chartHeight, measured, named, partColor } from "../src/components/chart-parts.tsx";

const data = [
  { age: "Up to 30 days", Bronze: 61_204, Gold: 190_300 },
  { age: "31–90 days", Bronze: 40_020, Gold: 412_880 },
  { age: "Over 90 days", Bronze: 12_400, Gold: 88_120 },
];

/** A chart as the liability screen has it. */
export function Bars() {
  return (
    <ResponsiveContainer width="100%" height={chartHeight}>
      <BarChart data={data} title="Outstanding points by age and tier">
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="age" {...named} />
        <YAxis {...measured} />
        <Legend itemSorter={null} iconType="square" content={ChartLegend} />
        {["Bronze", "Gold"].map((tier, index) => (
          <Bar
            key={tier}
            dataKey={tier}
            stackId="points"
            fill={partColor(index)}
            {...apart}
            maxBarSize={72}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
