import { lazy } from "react";

/** The library of charts is as large as the rest of the client: it comes with the first chart. */
export const BarsChart = lazy(() => import("./charts.tsx").then((charts) => ({ default: charts.BarsChart })));

export type { Bars } from "./charts.tsx";
