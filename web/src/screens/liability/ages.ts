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

/** The tiers among the lines, the lowest first. */
export function tiersOf(lines: readonly LiabilityLineFragment[]): string[] {
  const ranks = new Map(lines.map((line) => [line.tier ?? "", line.tierRank ?? 0]));
  return [...ranks].sort(([, one], [, other]) => one - other).map(([tier]) => tier);
}

export function ageText({ ageFromDays, ageToDays }: LiabilityLineFragment): string {
  return ageToDays === null
    ? t("ages.from", { from: ageFromDays ?? 0 })
    : t("ages.range", { from: ageFromDays ?? 0, to: ageToDays });
}
