import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/page.tsx";
import type { DaySummaryFragment } from "../../generated/graphql.ts";
import { formatCount, formatMoney } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import styles from "./compliance.module.css";

const t = words("compliance");

/** The whole gaming day, whatever the list below is narrowed down to. In and out are never netted. */
export function DayTotals({ summary }: { summary: DaySummaryFragment | null }) {
  return (
    <Card title={t("totals.title")} label={t("totals.label")}>
      <dl className={styles.sums}>
        <div className={styles.sum}>
          <dt className={styles.sumLabel}>{t("cashIn")}</dt>
          <dd className={`${styles.sumValue} numeric`}>{formatMoney(summary?.cashIn ?? "0")}</dd>
        </div>
        <div className={styles.sum}>
          <dt className={styles.sumLabel}>{t("cashOut")}</dt>
          <dd className={`${styles.sumValue} numeric`}>{formatMoney(summary?.cashOut ?? "0")}</dd>
        </div>
      </dl>
      <p className={`${styles.badges} numeric`}>
        <Badge>{t("totals.people", { count: summary?.persons ?? 0 })}</Badge>
        <Badge tone={summary?.reportable ? "bad" : "neutral"}>
          {t("totals.reportable", { count: summary?.reportable ?? 0 })}
        </Badge>
        <Badge tone={summary?.near ? "warn" : "neutral"} strong={Boolean(summary?.near)}>
          {t("totals.near", { count: formatCount(summary?.near ?? 0) })}
        </Badge>
        <Badge tone={summary?.watch ? "warn" : "neutral"}>
          {t("totals.watch", { count: formatCount(summary?.watch ?? 0) })}
        </Badge>
      </p>
    </Card>
  );
}
