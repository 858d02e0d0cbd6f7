import { useMe } from "../../api/session.tsx";
import { Card } from "../../components/page.tsx";
import type { FilingFragment } from "../../generated/graphql.ts";
import { formatDateTime, formatMoney } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./filings.module.css";

const t = words("ctrCase");

/** What was filed, version by version, with the totals as they were then. */
export function Filings({ filings }: { filings: readonly FilingFragment[] }) {
  const me = useMe();
  const nameOf = useStaffNames();
  if (filings.length === 0) return null;
  return (
    <Card title={t("filings.title")} label={t("filings.label")}>
      <ol className={styles.filings}>
        {filings.map((filing) => (
          <li key={filing.version} className={styles.filing}>
            <span className={styles.title}>
              {filing.version === 1 ? t("report.title") : t("filings.amendment", { number: filing.version - 1 })}
            </span>
            <span className="numeric">
              {t("filings.sums", { in: formatMoney(filing.cashIn), out: formatMoney(filing.cashOut) })}
            </span>
            <span className={styles.detail}>
              {nameOf(filing.filedBy) ?? t("somebody")}, {formatDateTime(filing.filedAt, me.timezone)}
            </span>
            {filing.amendsBsaId && (
              <span className={`${styles.detail} numeric`}>{t("filings.amends", { bsaId: filing.amendsBsaId })}</span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
