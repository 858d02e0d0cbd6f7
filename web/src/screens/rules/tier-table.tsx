import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import { formatPoints } from "../../lib/format.ts";
import { plain } from "./parameters.ts";

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
        { name: "Tier", of: (tier) => <Tier tier={tier.tier} /> },
        { name: "From lifetime points", right: true, of: (tier) => formatPoints(tier.thresholdPoints) },
        { name: "Factor", right: true, of: (tier) => `× ${plain(tier.multiplier)}` },
      ]}
    />
  );
}
