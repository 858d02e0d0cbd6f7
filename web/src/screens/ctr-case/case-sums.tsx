import { CashBadge } from "../../components/badge.tsx";
import { formatMoney } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import styles from "./case-sums.module.css";

const t = words("ctrCase");

interface CaseSumsProps {
  cashIn: string | null;
  cashOut: string | null;
  badgeIn: string | null;
  badgeOut: string | null;
}

/** A person's two sums of a gaming day, never added to each other and never netted. */
export function CaseSums({ cashIn, cashOut, badgeIn, badgeOut }: CaseSumsProps) {
  return (
    <dl className={styles.sums}>
      <Sum label={t("cashIn")} amount={cashIn} badge={badgeIn} />
      <Sum label={t("cashOut")} amount={cashOut} badge={badgeOut} />
    </dl>
  );
}

function Sum({ label, amount, badge }: { label: string; amount: string | null; badge: string | null }) {
  return (
    <div className={styles.sum}>
      <dt className={styles.label}>{label}</dt>
      <dd className={`${styles.amount} numeric`}>
        <span>{formatMoney(amount ?? "0")}</span> <CashBadge badge={badge} />
      </dd>
    </div>
  );
}
