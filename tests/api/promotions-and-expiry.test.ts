import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { Refused } from "./support/client.ts";
import { complete, type Entry, enroll, nextSeat, playFor, redeem, send } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// Campaigns and expiry when much happens at once: a budget is never exceeded, a slip gets its bonus
// once, and what expires can't be spent as well.

const patient = { timeout: 60_000 };

let house: House;
let boss: Client;
let marketing: Client;
let colleague: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
  marketing = await house.as("marketing");
  colleague = await house.hire("marketing");
});
afterAll(() => house.close());

interface Promotion {
  readonly promotionId: string;
  readonly state: string;
  readonly pointsAwarded: string;
  readonly slipsAwarded: number;
}
const promotionFields = "promotionId state pointsAwarded slipsAwarded";

const create = `mutation ($input: CreatePromotionInput!) {
  createPromotion(input: $input) { promotionResult { replayed promotion { ${promotionFields} } } } }`;
const publish = `mutation ($input: PublishPromotionInput!) {
  publishPromotion(input: $input) { promotionResult { replayed promotion { ${promotionFields} } } } }`;
const end = `mutation ($input: EndPromotionInput!) {
  endPromotion(input: $input) { promotionResult { replayed promotion { ${promotionFields} } } } }`;

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

async function draft(input: Record<string, unknown> = {}): Promise<Promotion> {
  const { createPromotion } = await marketing.get<{ createPromotion: { promotionResult: { promotion: Promotion } } }>(
    create,
    {
      input: {
        name: "Double points",
        startsAt: inHours(-1),
        endsAt: inHours(1),
        multiplier: "2",
        budget: "1000000",
        idempotencyKey: newKey(),
        ...input,
      },
    },
  );
  return createPromotion.promotionResult.promotion;
}

async function campaign(input: Record<string, unknown> = {}): Promise<string> {
  const { promotionId } = await draft(input);
  await colleague.get(publish, { input: { promotionId } });
  return promotionId;
}

async function stateOf(promotionId: string): Promise<Promotion> {
  const { promotion } = await marketing.get<{ promotion: Promotion }>(
    `query ($promotionId: UUID!) { promotion(promotionId: $promotionId) { ${promotionFields} } }`,
    { promotionId },
  );
  return promotion;
}

const kinds = (entries: readonly Entry[]) => entries.map(({ transactionType }) => transactionType);

async function entriesOf(playerId: string): Promise<Entry[]> {
  const { playerLoyalty } = await marketing.get<{ playerLoyalty: { loyaltyLedgers: { nodes: Entry[] } } }>(
    `query ($playerId: UUID!) { playerLoyalty(playerId: $playerId) {
      loyaltyLedgers(first: 100, orderBy: ENTRY_NO_ASC) { nodes { transactionType pointsChange balanceAfter } } } }`,
    { playerId },
  );
  return playerLoyalty.loyaltyLedgers.nodes;
}

describe("a campaign", () => {
  test("is written by one person and published by another", async () => {
    const { promotionId, state } = await draft();
    expect(state).toBe("draft");
    await expect(marketing.get(publish, { input: { promotionId } })).rejects.toMatchObject({ code: "SELF_APPROVAL" });
    await expect(boss.get(publish, { input: { promotionId } })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await colleague.get(publish, { input: { promotionId } });
    expect((await stateOf(promotionId)).state).toBe("running");
    await marketing.get(end, { input: { promotionId, reason: "The test goes on" } });
    expect((await stateOf(promotionId)).state).toBe("ended");
  });

  test(
    "stops at its budget, however many slips close at once, and gives each slip its bonus once",
    patient,
    async () => {
      const slips = await Promise.all(
        Array.from({ length: 21 }, async () => playFor(60, boss, await nextSeat(boss, house))),
      );
      // A slip of an hour is worth 1 620 points: enough for ten of the 21.
      const promotionId = await campaign({ budget: "16200" });
      const results = await Promise.all(
        [...slips, ...slips].map(({ ratingSlipId }) => again(() => complete(boss, ratingSlipId))),
      );
      expect(new Set(results.map(({ points }) => points))).toEqual(new Set(["1620"]));

      expect(await stateOf(promotionId)).toMatchObject({ state: "used_up", pointsAwarded: "16200", slipsAwarded: 10 });
      const ledgers = await Promise.all(slips.map(({ playerId }) => entriesOf(playerId)));
      const withBonus = ledgers.filter((entries) => entries.length === 2);
      expect(withBonus).toHaveLength(10);
      for (const entries of withBonus) {
        expect(kinds(entries)).toEqual(["GAMEPLAY", "PROMOTION"]);
        expect(entries[1]).toMatchObject({ pointsChange: "1620", balanceAfter: "3240" });
      }
      expect(ledgers.filter((entries) => entries.length === 1)).toHaveLength(11);
    },
  );
});

describe("expiry", () => {
  /** Points of a day so long ago that they are due, in a casino of their own. */
  async function oldPoints(code: string, players: number): Promise<string[]> {
    await house.load(code);
    await house.sql(
      `insert into loyalty.loyalty_policy
       select (jsonb_populate_record(p, jsonb_build_object(
         'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', '2025-01-01T00:00:00Z',
         'points_valid_days', 30
       ))).*
       from loyalty.loyalty_policy as p
       join identity.casino as c using (casino_id)
       where c.code = $1 and p.name = 'pt1' and p.version = 1`,
      [code],
    );
    const supervisor = await house.as("floor_supervisor", code);
    const playerIds = await Promise.all(
      Array.from({ length: players }, (_, n) => enroll(supervisor, { cardNo: `${code}-${n}` })),
    );
    await send(await house.sender(code), "ingestEvents", {
      events: playerIds.map((_, n) => ({
        key: `${code} ${n}`,
        at: "2025-06-01T20:00:00Z",
        type: "reward",
        card: `${code}-${n}`,
        points: 100,
        reason: "points of long ago",
      })),
    });
    return playerIds;
  }

  const ring = () =>
    house.sql("select graphile_worker.add_job('ops/queue_recurring_job', $1)", [
      JSON.stringify({ task: "loyalty/expire_points" }),
    ]);

  const runsOf = (code: string) =>
    house.sql<{ players: number; points: string; finished: boolean }>(
      `select r.players, r.points, r.finished_at is not null as finished
       from loyalty.expiry_run as r join identity.casino as c using (casino_id) where c.code = $1`,
      [code],
    );

  test("the worker's clock expires what is old, once, and leaves a line for each entry", patient, async () => {
    const playerIds = await oldPoints("OLD", 3);
    await house.work();
    await expect
      .poll(() => house.sql("select identifier from graphile_worker._private_known_crontabs"), patient)
      .toContainEqual({ identifier: "expire-points" });
    await ring();
    await expect.poll(() => runsOf("OLD"), patient).toEqual([{ players: 3, points: "300", finished: true }]);
    const lines = house.log.filter(({ event, outcome }) => event === "loyalty" && outcome === "expired");
    expect(lines.map(({ player_id }) => player_id).sort()).toEqual(playerIds.toSorted());
    expect(lines[0]).toMatchObject({
      command: "loyalty/expire_points",
      event_type: "POINTS_EXPIRED",
      transaction_type: "EXPIRATION",
      delta_points: "-100",
      balance_before: "100",
      balance_after: "0",
      staff_id: null,
      session_id: null,
    });

    await ring();
    await expect
      .poll(() => house.sql("select from graphile_worker._private_jobs where key like 'pit:loyalty/%'"), patient)
      .toEqual([]);
    expect(await runsOf("OLD")).toEqual([{ players: 3, points: "300", finished: true }]);
    expect(await runsOf("ONE")).toEqual([]);
  });

  test("takes what is not spent meanwhile: never twice, and no balance goes below 0", patient, async () => {
    const playerIds = await oldPoints("RACE", 30);
    const cashier = await house.as("cashier", "RACE");
    await ring();
    const settled = await Promise.allSettled(
      playerIds.flatMap((playerId) =>
        Array.from({ length: 4 }, () => redeem(cashier, playerId, { points: "30", reason: "dinner" })),
      ),
    );
    for (const each of settled) {
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "INSUFFICIENT_BALANCE" });
    }
    await expect.poll(() => runsOf("RACE"), patient).toMatchObject([{ finished: true }]);
    const rows = await house.sql<{ balance: string; expired: number; ledger: string }>(
      `select p.current_balance as balance, sum(l.points_change)::text as ledger,
         (count(*) filter (where l.transaction_type = 'EXPIRATION'))::integer as expired
       from loyalty.player_loyalty as p
       join loyalty.loyalty_ledger as l using (casino_id, player_id)
       where p.player_id = any ($1::uuid[])
       group by p.player_id, p.current_balance`,
      [playerIds],
    );
    expect(rows).toHaveLength(30);
    expect(new Set(rows.map(({ balance, expired, ledger }) => `${balance} ${ledger} ${expired}`))).toEqual(
      new Set(["0 0 1"]),
    );
  });
});

describe("what points cost the house", () => {
  test("is read by those who view all, and adds up", async () => {
    const { liabilitySummary, liability, liabilityRollForward } = await marketing.get<{
      liabilitySummary: { points: string; ties: boolean };
      liability: { nodes: { points: string }[] };
      liabilityRollForward: { nodes: { closing: string }[] };
    }>(`{
      liabilitySummary { points ties }
      liability(first: 100) { nodes { tier ageFromDays ageToDays points cost } }
      liabilityRollForward(first: 100) { nodes { gamingDay opening closing } }
    }`);
    expect(liabilitySummary.ties).toBe(true);
    expect(liability.nodes.reduce((sum, { points }) => sum + Number(points), 0)).toBe(Number(liabilitySummary.points));
    expect(liabilityRollForward.nodes.at(-1)?.closing).toBe(liabilitySummary.points);
    await expect(boss.get("{ liabilitySummary { points } }")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(boss.get("{ expiryNotices(first: 10) { nodes { points } } }")).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

/** Sends a command until no other call was in its way. */
async function again<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.code !== "RETRY") throw thrown;
    }
  }
}
