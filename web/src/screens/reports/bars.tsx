import { chart } from "../../components/chart.tsx";

export const BarsChart = chart(async () => (await import("./charts.tsx")).BarsChart);

export type { Bars } from "./charts.tsx";
