import type { cacheExchange } from "@urql/exchange-graphcache";

type Config = NonNullable<Parameters<typeof cacheExchange>[0]>;

const by =
  (...fields: string[]) =>
  (data: Record<string, unknown>): string | null => {
    const values = fields.map((field) => data[field]);
    return values.every((value) => value !== undefined && value !== null) ? values.join(":") : null;
  };
const embedded = () => null;

// Rows are known by their ids within the casino; everything else lives inside what holds it.
export const cacheConfig: Config = {
  keys: {
    GameSetting: by("gameSettingsId"),
    GamingTable: by("tableId"),
    LoyaltyLedger: by("playerId", "entryNo"),
    Player: by("playerId"),
    PlayerLoyalty: by("playerId"),
    RatingSlip: by("ratingSlipId"),
    RewardRequest: by("rewardRequestId"),
    Staff: by("staffId"),
    Visit: by("visitId"),

    PageInfo: embedded,
    PitBoardChanged: embedded,
    SignedIn: embedded,
    RewardLimit: embedded,
    SlipResult: embedded,
    VisitResult: embedded,
    LedgerResult: embedded,
    RatingSlipCompletion: embedded,
    SlipOutcome: embedded,
  },
};
