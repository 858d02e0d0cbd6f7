import { type ReactNode, useState } from "react";
import { words } from "../words/words.ts";
import styles from "./chart-card.module.css";
import { Card } from "./page.tsx";
import { Segmented } from "./segmented.tsx";

const t = words("components");

const views = ["chart", "table"] as const;

interface ChartCardProps {
  title: string;
  chart: ReactNode;
  /** The same figures, exact and in words. */
  table: ReactNode;
  children?: ReactNode;
}

/** A chart and the table behind it, one press apart. */
export function ChartCard({ title, chart, table, children }: ChartCardProps) {
  const [view, setView] = useState<(typeof views)[number]>("chart");
  return (
    <Card
      title={title}
      padded={false}
      aside={
        <Segmented
          label={t("chart.shownAs", { title })}
          options={views.map((id) => ({ id, label: t(`chart.views.${id}`) }))}
          value={view}
          onChange={setView}
        />
      }
    >
      {children}
      {view === "table" ? table : <div className={styles.chart}>{chart}</div>}
    </Card>
  );
}
