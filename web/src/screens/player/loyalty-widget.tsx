import { Fact, Facts } from "../../components/facts.tsx";
import { Card } from "../../components/page.tsx";
import { TierProgress } from "../../components/progress.tsx";
import { Tier } from "../../components/tier.tsx";
import type { LoyaltyStandingFragment } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { words } from "../../words/words.ts";
import styles from "./loyalty-widget.module.css";

const t = words("player");

export function LoyaltyWidget({ standing }: { standing: LoyaltyStandingFragment }) {
  return (
    <Card title={t("loyalty.title")} aside={<Tier tier={standing.tier} />} label={t("loyalty.title")}>
      <p className={styles.balance}>
        <span className={`${styles.points} numeric`} data-testid="balance">
          {formatPoints(standing.currentBalance)}
        </span>{" "}
        <span className={styles.unit}>{t("loyalty.points", { count: howMany(standing.currentBalance) })}</span>
      </p>
      <TierProgress percent={standing.tierProgress} next={standing.nextTier} />
      <Facts>
        <Fact label={t("loyalty.lifetime")}>{formatPoints(standing.lifetimePoints)}</Fact>
      </Facts>
    </Card>
  );
}
