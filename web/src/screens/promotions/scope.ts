import type { PromotionFragment, PromotionScopeQuery } from "../../generated/graphql.ts";
import { humanize } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";

const t = words("promotions");

export interface Choice {
  id: string;
  label: string;
}

export interface Scope {
  games: readonly Choice[];
  tables: readonly Choice[];
  tiers: readonly Choice[];
  describe: (promotion: PromotionFragment) => string;
}

/** What a campaign can be narrowed down to, and in words what one is for. */
export function toScope(data: PromotionScopeQuery | undefined): Scope {
  const games = (data?.games?.nodes.filter(isPresent) ?? []).map((game) => ({ id: game.code, label: game.name }));
  const tables = (data?.tables?.nodes.filter(isPresent) ?? []).map((table) => ({
    id: table.tableId,
    label: table.label,
  }));
  const tiers = (data?.tiersInForce?.nodes.filter(isPresent) ?? []).map((tier) => ({
    id: tier.tier,
    label: humanize(tier.tier),
  }));
  return {
    games,
    tables,
    tiers,
    describe: ({ gameCodes, tableIds, tiers: held }) =>
      [part("games", gameCodes, games), part("tables", tableIds, tables), part("tiers", held, tiers)].join(" · "),
  };
}

function part(
  what: "games" | "tables" | "tiers",
  ids: readonly (string | null)[] | null,
  choices: readonly Choice[],
): string {
  if (ids === null) return t(`all.${what}`);
  return ids
    .filter(isPresent)
    .map((id) => choices.find((choice) => choice.id === id)?.label ?? humanize(id))
    .join(", ");
}
