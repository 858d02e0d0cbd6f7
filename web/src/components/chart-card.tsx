import { type ReactNode, Suspense, useState } from "react";
import styles from "./chart-card.module.css";
import { Card } from "./page.tsx";
import { Segmented } from "./segmented.tsx";
import { Skeleton } from "./skeleton.tsx";

const views = [
  { id: "chart", label: "Chart" },
  { id: "table", label: "Table" },
] as const;

interface ChartCardProps {
  title: string;
  chart: ReactNode;
  /** The same figures, exact and in words. */
  table: ReactNode;
  children?: ReactNode;
}

/** A chart and the table behind it, one press apart. */
export function ChartCard({ title, chart, table, children }: ChartCardProps) {
  const [view, setView] = useState<(typeof views)[number]["id"]>("chart");
  return (
    <Card
      title={title}
      padded={false}
      aside={<Segmented label={`${title}: shown as`} options={views} value={view} onChange={setView} />}
    >
      {children}
      {view === "table" ? (
        table
      ) : (
        <div className={styles.chart}>
          <Suspense fallback={<Skeleton height="17rem" />}>{chart}</Suspense>
        </div>
      )}
    </Card>
  );
}
