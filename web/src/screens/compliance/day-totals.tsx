import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/page.tsx";
import type { DaySummaryFragment } from "../../generated/graphql.ts";
import { formatCount, formatMoney } from "../../lib/format.ts";
import styles from "./compliance.module.css";

/** The whole gaming day, whatever the list below is narrowed down to. In and out are never netted. */
export function DayTotals({ summary }: { summary: DaySummaryFragment | null }) {
  return (
    <Card title="The whole day" label="Totals of the gaming day">
      <dl className={styles.sums}>
        <div className={styles.sum}>
          <dt className={styles.sumLabel}>Cash in</dt>
          <dd className={`${styles.sumValue} numeric`}>{formatMoney(summary?.cashIn ?? "0")}</dd>
        </div>
        <div className={styles.sum}>
          <dt className={styles.sumLabel}>Cash out</dt>
          <dd className={`${styles.sumValue} numeric`}>{formatMoney(summary?.cashOut ?? "0")}</dd>
        </div>
      </dl>
      <p className={`${styles.badges} numeric`}>
        <Badge>{count(summary?.persons, "person", "people")}</Badge>
        <Badge tone={summary?.reportable ? "bad" : "neutral"}>{formatCount(summary?.reportable ?? 0)} reportable</Badge>
        <Badge tone={summary?.near ? "warn" : "neutral"} strong={Boolean(summary?.near)}>
          {formatCount(summary?.near ?? 0)} near
        </Badge>
        <Badge tone={summary?.watch ? "warn" : "neutral"}>{formatCount(summary?.watch ?? 0)} on watch</Badge>
      </p>
    </Card>
  );
}

function count(number: number | null | undefined, one: string, many: string): string {
  return number === 1 ? `1 ${one}` : `${formatCount(number ?? 0)} ${many}`;
}
