import { useMe } from "../../api/session.tsx";
import { Card } from "../../components/page.tsx";
import type { FilingFragment } from "../../generated/graphql.ts";
import { formatDateTime, formatMoney } from "../../lib/format.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./filings.module.css";

/** What was filed, version by version, with the totals as they were then. */
export function Filings({ filings }: { filings: readonly FilingFragment[] }) {
  const me = useMe();
  const nameOf = useStaffNames();
  if (filings.length === 0) return null;
  return (
    <Card title="Filed" label="Filed versions">
      <ol className={styles.filings}>
        {filings.map((filing) => (
          <li key={filing.version} className={styles.filing}>
            <span className={styles.title}>
              {filing.version === 1 ? "The report" : `Amendment ${filing.version - 1}`}
            </span>
            <span className="numeric">
              {formatMoney(filing.cashIn)} in, {formatMoney(filing.cashOut)} out
            </span>
            <span className={styles.detail}>
              {nameOf(filing.filedBy) ?? "Somebody"}, {formatDateTime(filing.filedAt, me.timezone)}
            </span>
            {filing.amendsBsaId && <span className={`${styles.detail} numeric`}>Amends {filing.amendsBsaId}</span>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
