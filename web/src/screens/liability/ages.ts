import type { LiabilityLineFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";

const t = words("liability");

export interface AgeRow {
  age: string;
  from: number;
  byTier: Map<string, LiabilityLineFragment>;
}

/** The lines by age, the youngest points first. */
export function byAge(lines: readonly LiabilityLineFragment[]): AgeRow[] {
  const rows = new Map<number, AgeRow>();
  for (const line of lines) {
    const from = line.ageFromDays ?? 0;
    const row = rows.get(from) ?? { age: ageText(line), from, byTier: new Map() };
    row.byTier.set(line.tier ?? "", line);
    rows.set(from, row);
  }
  return [...rows.values()].sort((one, other) => one.from - other.from);
}

export interface RankedTier {
  tier: string;
  /** 1 is the lowest tier in force. */
  rank: number;
}

/** The tiers among the lines, the lowest first. */
export function tiersOf(lines: readonly LiabilityLineFragment[]): RankedTier[] {
  const ranks = new Map(lines.map((line) => [line.tier ?? "", line.tierRank ?? 1]));
  return [...ranks].map(([tier, rank]) => ({ tier, rank })).sort((one, other) => one.rank - other.rank);
}

export function ageText({ ageFromDays, ageToDays }: LiabilityLineFragment): string {
  return ageToDays === null
    ? t("ages.from", { from: ageFromDays ?? 0 })
    : t("ages.range", { from: ageFromDays ?? 0, to: ageToDays });
}
