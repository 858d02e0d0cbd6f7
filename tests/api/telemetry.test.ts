import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { complete, documents, enroll, nextSeat, playFor, reason, redeem, reward, send } from "./support/floor.ts";
import { type House, type LogLine, newKey, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

const fields = [
  "event_type",
  "player_id",
  "session_id",
  "delta_points",
  "transaction_type",
  "tier_before",
  "tier_after",
  "balance_before",
  "balance_after",
  "correlation_id",
  "staff_id",
  "duration_ms",
];

/** The lines that these calls left, which all have every field. */
async function linesOf(calls: () => Promise<unknown>): Promise<LogLine[]> {
  const before = house.log.length;
  await calls();
  const lines = house.log.slice(before).filter((line) => line.event === "loyalty");
  for (const line of lines) expect(Object.keys(line)).toEqual(expect.arrayContaining(fields));
  return lines;
}

describe("a loyalty mutation leaves one line in the log", () => {
  test("a reward, a redemption and a reversal, with points, balances, tiers and who did it", async () => {
    const playerId = await enroll(boss);
    const { me } = await boss.get<{ me: { staffId: string } }>("{ me { staffId } }");
    const lines = await linesOf(async () => {
      await reward(boss, playerId, { points: "300" });
      await redeem(boss, playerId, { points: "100" });
      await send(await house.as("marketing"), "reverseEntry", {
        playerId,
        entryNo: "2",
        reason,
        idempotencyKey: newKey(),
      });
    });
    expect(lines).toMatchObject([
      {
        command: "manualReward",
        outcome: "awarded",
        event_type: "POINTS_UPDATE_REQUESTED",
        transaction_type: "MANUAL_BONUS",
        player_id: playerId,
        delta_points: "300",
        balance_before: "0",
        balance_after: "300",
        tier_before: "BRONZE",
        tier_after: "BRONZE",
        staff_id: me.staffId,
        session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      { command: "redeem", event_type: "POINTS_REDEEMED", delta_points: "-100", balance_after: "200" },
      { command: "reverseEntry", event_type: "ENTRY_REVERSED", delta_points: "100", balance_after: "300" },
    ]);
    for (const line of lines) {
      expect(line.duration_ms).toBeGreaterThan(0);
      expect(line.duration_ms).toBeLessThan(5_000);
    }
  });

  test("whatever the client asks for in return, once for each command", async () => {
    const playerId = await enroll(boss);
    const input = (points: number) =>
      `input: { playerId: "${playerId}", points: "${points}", reason: "${reason}", idempotencyKey: "${newKey()}" }`;
    const lines = await linesOf(() =>
      boss.ask(
        `mutation { a: manualReward(${input(1)}) { clientMutationId } b: manualReward(${input(2)}) { __typename } }`,
        {},
        { "x-correlation-id": "till-9:1" },
      ),
    );
    expect(lines).toMatchObject([
      { delta_points: "1", balance_after: "1", correlation_id: "till-9:1" },
      { delta_points: "2", balance_after: "3", correlation_id: "till-9:1" },
    ]);
  });

  test("a replay, a request for approval and a refusal too", async () => {
    const giver = await house.hire("floor_supervisor");
    const playerId = await enroll(giver);
    const idempotencyKey = newKey();
    const lines = await linesOf(async () => {
      await reward(giver, playerId, { idempotencyKey });
      await reward(giver, playerId, { idempotencyKey });
      await reward(giver, playerId, { points: "5000" });
      await giver.refused(documents.manualReward, {
        input: { playerId, points: "0", reason, idempotencyKey: newKey() },
      });
    });
    expect(lines.map((line) => line.outcome)).toEqual(["awarded", "replayed", "requested", "INVALID_POINTS"]);
    expect(lines.map((line) => line.player_id)).toEqual([playerId, playerId, playerId, null]);
  });

  test("completing a slip, closing a visit and moving a player, but not a visit without a slip", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const completed = await linesOf(() => complete(boss, slip.ratingSlipId));
    expect(completed).toMatchObject([
      { command: "completeRatingSlip", outcome: "awarded", event_type: "RATING_SLIP_COMPLETED", delta_points: "1620" },
    ]);
    expect(completed[0]).toHaveProperty("promotion_points", "0");
    const second = await playFor(60, boss, await nextSeat(boss, house));
    const moved = await linesOf(async () =>
      send(boss, "movePlayer", {
        ratingSlipId: second.ratingSlipId,
        ...(await nextSeat(boss, house)),
        averageBet: "5",
        idempotencyKey: newKey(),
      }),
    );
    expect(moved).toMatchObject([{ command: "movePlayer", outcome: "awarded", delta_points: "1620" }]);
    const empty = await linesOf(async () => {
      const { visit } = await send<{ visit: { visitId: string } }>(boss, "openVisit", {
        playerId: await enroll(boss),
        idempotencyKey: newKey(),
      });
      await send(boss, "closeVisit", { visitId: visit.visitId, idempotencyKey: newKey() });
    });
    expect(empty).toEqual([]);
  });

  test("each event of the floor feed that changes points, once, and a line for the whole call", async () => {
    const sender = await house.sender();
    const card = "FEED1";
    const playerId = await enroll(boss, { cardNo: card });
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const play = { card, table: "BJ-03", seat: 7, average_bet: 100 };
    const events = [
      { key: "f1", at: at(70), type: "reward", card, points: 300, reason },
      { key: "f2", at: at(70), type: "redeem", card, points: 100, reason },
      { key: "f3", at: at(70), type: "visit_opened", card },
      { key: "f4", at: at(70), type: "slip_opened", ...play },
      { key: "f5", at: at(10), type: "visit_closed", card },
      { key: "f6", at: at(9), type: "reverse", ref: "f1", reason },
      { key: "f7", at: at(9), type: "reward", card, points: 0, reason },
    ];
    const send = () => sender.ask(documents.ingestEvents, { input: { events } }, { "x-correlation-id": "feed-7" });
    const lines = await linesOf(send);
    const { session_id, staff_id } = lines[0] ?? {};
    expect(session_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines).toMatchObject([
      { event_type: "POINTS_UPDATE_REQUESTED", transaction_type: "MANUAL_BONUS", delta_points: "300" },
      { transaction_type: "REDEMPTION", delta_points: "-100", balance_before: "300", balance_after: "200" },
      { transaction_type: "GAMEPLAY", delta_points: "1620", tier_before: "BRONZE", tier_after: "BRONZE" },
      { transaction_type: "REVERSAL", delta_points: "-300", balance_after: "1520" },
      {
        ...{ outcome: "ingested", applied: 6, replayed: 0, refused: 1, player_id: null, delta_points: null },
        entries: { MANUAL_BONUS: 1, REDEMPTION: 1, GAMEPLAY: 1, REVERSAL: 1 },
      },
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({ command: "ingestEvents", correlation_id: "feed-7", session_id, staff_id });
      if (line.outcome !== "ingested") expect(line).toMatchObject({ outcome: "awarded", player_id: playerId });
    }
    expect(await linesOf(send)).toMatchObject([{ outcome: "ingested", replayed: 6, refused: 1, entries: {} }]);
  });

  test("holds ids and numbers, but no names, reasons, keys or tokens", async () => {
    const idempotencyKey = newKey();
    const playerId = await enroll(boss, { firstName: "Cassandra", lastName: "Featherstone" });
    const lines = await linesOf(() => reward(boss, playerId, { idempotencyKey }));
    expect(JSON.stringify(lines)).not.toMatch(/Cassandra|Featherstone/);
    expect(JSON.stringify(lines)).not.toContain(reason);
    expect(JSON.stringify(lines)).not.toContain(idempotencyKey);
    expect(JSON.stringify(house.log)).not.toContain(boss.token);
  });
});
