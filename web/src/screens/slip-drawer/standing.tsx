import { Fact, Facts } from "../../components/facts.tsx";
import { TierProgress } from "../../components/progress.tsx";
import { Tier } from "../../components/tier.tsx";
import type { LoyaltyStandingFragment } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { words } from "../../words/words.ts";

const t = words("slipDrawer");

/** Where a player stands: balance, tier and the way to the next one. */
export function Standing({ standing }: { standing: LoyaltyStandingFragment }) {
  return (
    <>
      <Facts>
        <Fact label={t("balance")}>
          {t("points", { points: formatPoints(standing.currentBalance), count: howMany(standing.currentBalance) })}
        </Fact>
        <Fact label={t("tier")}>
          <Tier tier={standing.tier} />
        </Fact>
      </Facts>
      <TierProgress percent={standing.tierProgress} next={standing.nextTier} />
    </>
  );
}
