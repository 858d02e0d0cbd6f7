import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import { formatPoints } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { plain } from "./parameters.ts";

const t = words("rules");

interface AnyTier {
  tier: string;
  thresholdPoints: string;
  multiplier: string;
}

export function TierTable({ label, tiers }: { label: string; tiers: readonly AnyTier[] }) {
  return (
    <SimpleTable
      label={label}
      rows={tiers}
      keyOf={(tier) => tier.tier}
      columns={[
        { name: t("tier"), of: (tier) => <Tier tier={tier.tier} /> },
        { name: t("tierTable.from"), right: true, of: (tier) => formatPoints(tier.thresholdPoints) },
        { name: t("factor"), right: true, of: (tier) => `× ${plain(tier.multiplier)}` },
      ]}
    />
  );
}
