import { type ReactNode, useEffect, useRef, useState } from "react";
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
  /** Beside the choice of what is shown. */
  aside?: ReactNode;
  children?: ReactNode;
}

/** A chart and the table behind it, one press apart. */
export function ChartCard({ title, chart, table, aside, children }: ChartCardProps) {
  const [view, setView] = useState<(typeof views)[number]>("chart");
  return (
    <Card
      title={title}
      padded={false}
      aside={
        <div className={styles.aside}>
          {aside}
          <Segmented
            label={t("chart.shownAs", { title })}
            options={views.map((id) => ({ id, label: t(`chart.views.${id}`) }))}
            value={view}
            onChange={setView}
          />
        </div>
      }
    >
      {children}
      {view === "table" ? table : <Drawn>{chart}</Drawn>}
    </Card>
  );
}

/** A chart whose tip covers some of it: Escape puts it away until the pointer comes back. */
function Drawn({ children }: { children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null);
  const [isPutAway, setPutAway] = useState(false);
  useEffect(() => {
    const drawn = area.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && drawn?.matches(":hover, :focus-within")) setPutAway(true);
    };
    const comeBack = () => setPutAway(false);
    window.addEventListener("keydown", onKey);
    drawn?.addEventListener("pointerleave", comeBack);
    drawn?.addEventListener("focusout", comeBack);
    return () => {
      window.removeEventListener("keydown", onKey);
      drawn?.removeEventListener("pointerleave", comeBack);
      drawn?.removeEventListener("focusout", comeBack);
    };
  }, []);
  return (
    <div className={styles.chart} ref={area} data-tip={isPutAway ? "away" : "shown"}>
      {children}
    </div>
  );
}
