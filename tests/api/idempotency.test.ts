import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { Refused } from "./support/client.ts";
import {
  complete,
  enroll,
  type LedgerResult,
  ledgerOf,
  nextSeat,
  openVisit,
  playFor,
  redeem,
  reward,
  send,
  startSlip,
} from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(async () => {
  // A fresh account each time: rewards are limited to ten a minute for each.
  boss = await house.hire("pit_boss");
});
afterAll(() => house.close());

interface Outcomes<Result> {
  readonly results: Result[];
  readonly codes: (string | undefined)[];
}

/** Runs calls at once and sorts what comes back into results and error codes. */
async function race<Result>(calls: readonly (() => Promise<Result>)[]): Promise<Outcomes<Result>> {
  const settled = await Promise.allSettled(calls.map((call) => call()));
  const codes = settled.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
  return {
    results: settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : [])),
    codes: codes.map((thrown) => {
      if (thrown instanceof Refused) return thrown.code;
      throw thrown;
    }),
  };
}

const times = <Result>(count: number, call: (n: number) => Promise<Result>) =>
  race(Array.from({ length: count }, (_, n) => () => call(n)));

const withoutReplayed = ({ replayed: _, ...rest }: LedgerResult) => rest;

describe("calls that arrive at once", () => {
  test("50 with one key give one entry and 50 equal results", async () => {
    const player = await enroll(boss);
    const idempotencyKey = newKey();
    const { results, codes } = await times(50, () => reward(boss, player, { idempotencyKey, points: "250" }));
    expect(codes).toEqual([]);
    expect(results).toHaveLength(50);
    expect(results.filter((result) => !result.replayed)).toHaveLength(1);
    expect(new Set(results.map((result) => JSON.stringify(withoutReplayed(result)))).size).toBe(1);
    expect(await ledgerOf(boss, player)).toHaveLength(1);
  });

  test("with one key for 50 players give one entry and 49 conflicts", async () => {
    const players = await Promise.all(Array.from({ length: 50 }, () => enroll(boss)));
    const idempotencyKey = newKey();
    const { results, codes } = await race(players.map((player) => () => reward(boss, player, { idempotencyKey })));
    expect(results).toHaveLength(1);
    expect(codes).toEqual(Array(49).fill("IDEMPOTENCY_CONFLICT"));
    const entries = await house.sql("select from loyalty.loyalty_ledger where idempotency_key = $1", [idempotencyKey]);
    expect(entries).toHaveLength(1);
  });

  test("60 redemptions of 1 point from a balance of 10 spend exactly 10", async () => {
    const player = await enroll(boss);
    await reward(boss, player, { points: "10" });
    const { results, codes } = await times(60, () => redeem(boss, player));
    expect(results).toHaveLength(10);
    expect(codes).toEqual(Array(50).fill("INSUFFICIENT_BALANCE"));
    const entries = await ledgerOf(boss, player);
    expect(entries.map((entry) => Number(entry.entryNo))).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
    expect(entries.at(-1)?.balanceAfter).toBe("0");
    for (const [n, entry] of entries.entries()) {
      expect(entry.balanceBefore).toBe(n === 0 ? "0" : entries[n - 1]?.balanceAfter);
      expect(Number(entry.balanceAfter)).toBe(Number(entry.balanceBefore) + Number(entry.pointsChange));
    }
  });

  test("a manual reward and a completion both count", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const [completion, rewarded] = await Promise.all([
      complete(boss, slip.ratingSlipId),
      reward(boss, slip.playerId, { points: "100" }),
    ]);
    expect(completion.outcome).toBe("awarded");
    expect(rewarded.replayed).toBe(false);
    const entries = await ledgerOf(boss, slip.playerId);
    expect(entries.map((entry) => entry.pointsChange).sort()).toEqual(["100", "1620"]);
    expect(entries.at(-1)?.balanceAfter).toBe("1720");
  });

  test("20 completions of one slip give one entry and 20 equal points", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const { results, codes } = await times(20, () => complete(boss, slip.ratingSlipId));
    expect(codes).toEqual([]);
    expect(new Set(results.map((result) => result.points))).toEqual(new Set(["1620"]));
    expect(results.filter((result) => result.outcome === "awarded")).toHaveLength(1);
    expect(results.filter((result) => result.outcome === "replayed")).toHaveLength(19);
    expect(await ledgerOf(boss, slip.playerId)).toHaveLength(1);
  });

  test("two slips for one seat: one is opened", async () => {
    const seat = await nextSeat(boss, house);
    const visits = await Promise.all(Array.from({ length: 8 }, async () => openVisit(boss, await enroll(boss))));
    const { results, codes } = await race(visits.map((visitId) => () => startSlip(boss, { visitId, ...seat })));
    expect(results).toHaveLength(1);
    expect(codes).toEqual(Array(7).fill("SEAT_OCCUPIED"));
  });

  test("two slips for one player: one is opened", async () => {
    const visitId = await openVisit(boss, await enroll(boss));
    const seats = await Promise.all([nextSeat(boss, house), nextSeat(boss, house), nextSeat(boss, house)]);
    const { results, codes } = await race(seats.map((seat) => () => startSlip(boss, { visitId, ...seat })));
    expect(results).toHaveLength(1);
    expect(codes).toEqual(Array(2).fill("SLIP_ALREADY_OPEN"));
  });

  test("30 rewards by one person: ten pass, and replays of those use up nothing", async () => {
    const player = await enroll(boss);
    const keys = Array.from({ length: 30 }, newKey);
    const { results, codes } = await race(keys.map((idempotencyKey) => () => reward(boss, player, { idempotencyKey })));
    expect(results).toHaveLength(10);
    expect(codes).toEqual(Array(20).fill("RATE_LIMIT_EXCEEDED"));
    const again = await race(keys.map((idempotencyKey) => () => reward(boss, player, { idempotencyKey })));
    expect(again.results.map((result) => result.replayed)).toEqual(Array(10).fill(true));
    expect(again.codes).toEqual(Array(20).fill("RATE_LIMIT_EXCEEDED"));
  });
});

describe("the same key", () => {
  test("with the same request gives the first result, marked as replayed", async () => {
    const player = await enroll(boss);
    const idempotencyKey = newKey();
    const first = await reward(boss, player, { idempotencyKey });
    await reward(boss, player, { points: "5" });
    const second = await reward(boss, player, { idempotencyKey });
    expect(second.replayed).toBe(true);
    expect(second.ledgerEntry).toEqual(first.ledgerEntry);
  });

  test("with another amount, reason, player or command is a conflict", async () => {
    const [player, other] = [await enroll(boss), await enroll(boss)];
    const idempotencyKey = newKey();
    await reward(boss, player, { idempotencyKey });
    for (const attempt of [
      () => reward(boss, player, { idempotencyKey, points: "101" }),
      () => reward(boss, player, { idempotencyKey, reason: "Another good reason" }),
      () => reward(boss, other, { idempotencyKey }),
      () => redeem(boss, player, { idempotencyKey }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
    }
    expect(await ledgerOf(boss, player)).toHaveLength(1);
  });

  test("for a floor command gives the first result too", async () => {
    const player = await enroll(boss);
    const idempotencyKey = newKey();
    const visit = () =>
      send<{ replayed: boolean; visit: { visitId: string } }>(boss, "openVisit", { playerId: player, idempotencyKey });
    const [first, second] = [await visit(), await visit()];
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.visit).toEqual(first.visit);
    const seat = await nextSeat(boss, house);
    const key = newKey();
    const slip = await startSlip(boss, { visitId: first.visit.visitId, ...seat, idempotencyKey: key });
    expect(await startSlip(boss, { visitId: first.visit.visitId, ...seat, idempotencyKey: key })).toEqual(slip);
    await expect(
      startSlip(boss, { visitId: first.visit.visitId, ...seat, averageBet: "7", idempotencyKey: key }),
    ).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
  });
});
