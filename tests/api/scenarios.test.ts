import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import {
  type Completion,
  complete,
  documents,
  enroll,
  type LedgerResult,
  ledgerOf,
  nextSeat,
  playFor,
  reason,
  reward,
  send,
  startSlip,
} from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// The main job from end to end, over HTTP and with the worker running.

const patient = { timeout: 40_000 };

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  await house.work();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

async function standing(playerId: string): Promise<{ currentBalance: string; tier: string; tierProgress: number }> {
  const { playerLoyalty } = await boss.get<{
    playerLoyalty: { currentBalance: string; tier: string; tierProgress: number };
  }>("query ($playerId: UUID!) { playerLoyalty(playerId: $playerId) { currentBalance tier tierProgress } }", {
    playerId,
  });
  return playerLoyalty;
}

describe("completing a slip", () => {
  test("gives the points, one ledger entry, the balance and the tier", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const completion = await complete(boss, slip.ratingSlipId);
    expect(completion).toMatchObject({
      outcome: "awarded",
      replayed: false,
      points: "1620",
      currentBalance: "1620",
      lifetimePoints: "1620",
      tier: "BRONZE",
      tierProgress: 16,
      ratingSlip: { state: "closed", averageBet: "100.00" },
      ledgerEntry: {
        entryNo: "1",
        transactionType: "GAMEPLAY",
        pointsChange: "1620",
        balanceBefore: "0",
        balanceAfter: "1620",
        ratingSlipId: slip.ratingSlipId,
        correlationId: completion.correlationId,
      },
    });
    expect(completion.ratingSlip.accumulatedSeconds).toBeGreaterThanOrEqual(3_600);
    expect(completion.ratingSlip.accumulatedSeconds).toBeLessThan(3_630);
    expect(await ledgerOf(boss, slip.playerId)).toEqual([completion.ledgerEntry]);
    expect(await standing(slip.playerId)).toEqual({ currentBalance: "1620", tier: "BRONZE", tierProgress: 16 });
  });

  test("a second time gives the first result", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const first = await complete(boss, slip.ratingSlipId);
    const second = await complete(boss, slip.ratingSlipId);
    expect(second).toEqual({ ...first, outcome: "replayed", replayed: true });
    expect(await ledgerOf(boss, slip.playerId)).toHaveLength(1);
  });

  test("worth nothing is awarded with 0 points and no entry", async () => {
    const seat = await nextSeat(boss, house);
    const { visit } = await send<{ visit: { visitId: string } }>(boss, "openVisit", {
      playerId: await enroll(boss),
      idempotencyKey: newKey(),
    });
    const slip = await startSlip(boss, { visitId: visit.visitId, ...seat, averageBet: "0" });
    const completion = await complete(boss, slip.ratingSlipId);
    expect(completion).toMatchObject({ outcome: "awarded", points: "0", ledgerEntry: null, currentBalance: "0" });
  });

  test("that earns a higher tier says so, and the next one is multiplied", async () => {
    const playerId = await enroll(boss);
    for (const [bet, points, tier] of [
      ["1000", "16200", "SILVER"],
      ["100", "2025", "SILVER"],
    ] as const) {
      const seat = await nextSeat(boss, house);
      const { visit } = await send<{ visit: { visitId: string } }>(boss, "openVisit", {
        playerId,
        occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
        idempotencyKey: newKey(),
      });
      // As if the first slip had been played long ago, so that the second may be an hour long too.
      await house.sql("update floor.rating_slip set closed_at = opened_at where player_id = $1", [playerId]);
      const slip = await startSlip(boss, {
        visitId: visit.visitId,
        ...seat,
        averageBet: bet,
        occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      });
      expect(await complete(boss, slip.ratingSlipId)).toMatchObject({ points, tier });
      await send(boss, "closeVisit", { visitId: visit.visitId, idempotencyKey: newKey() });
    }
    const [first, second] = await ledgerOf(boss, playerId);
    expect([first?.tierBefore, first?.tierAfter, second?.tierBefore]).toEqual(["BRONZE", "SILVER", "SILVER"]);
  });

  test("at the same moment as a manual reward counts both", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    await Promise.all([complete(boss, slip.ratingSlipId), reward(boss, slip.playerId, { points: "380" })]);
    expect(await standing(slip.playerId)).toMatchObject({ currentBalance: "2000" });
    expect((await ledgerOf(boss, slip.playerId)).map((entry) => Number(entry.entryNo))).toEqual([1, 2]);
  });

  test("comes with closing the visit and with a move, each slip on its own", async () => {
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const moved = await send<{ ratingSlip: { ratingSlipId: string; previousSlipId: string }; completion: Completion }>(
      boss,
      "movePlayer",
      { ratingSlipId: slip.ratingSlipId, ...(await nextSeat(boss, house)), averageBet: "50", idempotencyKey: newKey() },
    );
    expect(moved.completion).toMatchObject({ outcome: "awarded", points: "1620" });
    expect(moved.ratingSlip.previousSlipId).toBe(slip.ratingSlipId);
    const { ratingSlip } = await boss.get<{ ratingSlip: { visitId: string } }>(
      "query ($id: UUID!) { ratingSlip(ratingSlipId: $id) { visitId } }",
      { id: moved.ratingSlip.ratingSlipId },
    );
    const closed = await send<{ visit: { closedAt: string }; completion: Completion }>(boss, "closeVisit", {
      visitId: ratingSlip.visitId,
      idempotencyKey: newKey(),
    });
    expect(closed.visit.closedAt).toBeTruthy();
    expect(closed.completion).toMatchObject({ outcome: "awarded" });
  });
});

describe("a manual reward", () => {
  test("is on the ledger with the person who gave it", async () => {
    const { me } = await boss.get<{ me: { staffId: string } }>("{ me { staffId } }");
    const slip = await playFor(5, boss, await nextSeat(boss, house));
    const given = await reward(boss, slip.playerId, { points: "250", ratingSlipId: slip.ratingSlipId });
    expect(given.ledgerEntry).toMatchObject({
      transactionType: "MANUAL_BONUS",
      pointsChange: "250",
      staffId: me.staffId,
      ratingSlipId: slip.ratingSlipId,
    });
    expect(given).toMatchObject({ replayed: false, currentBalance: "250", tier: "BRONZE", rewardRequest: null });
  });

  test("passes ten times a minute; the eleventh is limited with the seconds to wait", async () => {
    const eager = await house.hire("floor_supervisor");
    const playerId = await enroll(eager);
    for (let n = 0; n < 10; n += 1) await reward(eager, playerId, { points: "10" });
    const error = await eager.refused(documents.manualReward, {
      input: { playerId, points: "10", reason, idempotencyKey: newKey() },
    });
    expect(error.extensions.code).toBe("RATE_LIMIT_EXCEEDED");
    expect(error.extensions.details).toEqual({ retryAfterSeconds: expect.any(Number) });
    const { rewardTerms } = await eager.get<{ rewardTerms: unknown }>(
      "{ rewardTerms { rewardsLeft retryAfterSeconds rewardsPerMinute maxPoints approvalThreshold } }",
    );
    expect(rewardTerms).toMatchObject({ rewardsLeft: 0, rewardsPerMinute: 10, maxPoints: "10000" });
  });

  test("sent twice is one entry", async () => {
    const giver = await house.hire("floor_supervisor");
    const playerId = await enroll(giver);
    const idempotencyKey = newKey();
    const first = await reward(giver, playerId, { idempotencyKey });
    const second = await reward(giver, playerId, { idempotencyKey });
    expect(second).toEqual({ ...first, replayed: true });
    expect(await ledgerOf(boss, playerId)).toHaveLength(1);
  });

  test("from the approval threshold on becomes a request and moves no points", async () => {
    const giver = await house.hire("floor_supervisor");
    const playerId = await enroll(giver);
    const requested: LedgerResult = await reward(giver, playerId, { points: "5000" });
    expect(requested).toMatchObject({ ledgerEntry: null, currentBalance: "0", rewardRequest: { points: "5000" } });
    expect(await ledgerOf(boss, playerId)).toEqual([]);
    expect((await reward(giver, playerId, { points: "4999" })).ledgerEntry).not.toBeNull();
  });
});

// The worker polls, retries and starts anew; on a busy machine that takes its time.
describe("an award that failed", { timeout: 120_000 }, () => {
  /** A slip completed at a property that has no policy in force. */
  async function pendingSlip(casino: string) {
    await house.load(casino, { policy: undefined });
    const person = await house.as("pit_boss", casino);
    const slip = await playFor(60, person, await nextSeat(person, person));
    const completion = await complete(person, slip.ratingSlipId);
    return { person, slip, completion };
  }

  test("leaves the slip closed and pending with the correlation id, and is recovered by hand with one effect", async () => {
    const { person, slip, completion } = await pendingSlip("HAND");
    expect(completion).toMatchObject({
      outcome: "pending",
      points: null,
      ledgerEntry: null,
      currentBalance: "0",
      ratingSlip: { state: "closed" },
    });
    expect(completion.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await complete(person, slip.ratingSlipId)).toMatchObject({
      outcome: "pending",
      correlationId: completion.correlationId,
    });

    await house.load("HAND");
    const recover = () => send<Completion>(person, "recoverSlipLoyalty", { ratingSlipId: slip.ratingSlipId });
    const recovered = await Promise.all([recover(), recover(), recover()]);
    for (const each of recovered) {
      expect(each).toMatchObject({ points: "1620", currentBalance: "1620", correlationId: completion.correlationId });
    }
    const entries = await ledgerOf(person, slip.playerId);
    expect(entries).toMatchObject([{ pointsChange: "1620", correlationId: completion.correlationId }]);
    expect(await recover()).toMatchObject({ outcome: "replayed", points: "1620" });
    expect(await ledgerOf(person, slip.playerId)).toEqual(entries);
  });

  test("is recovered by the worker, whose log line and entry carry the correlation id of the completion", async () => {
    const { person, slip, completion } = await pendingSlip("WORK");
    const lines = () => house.log.filter((line) => line.correlation_id === completion.correlationId);
    await expect.poll(() => lines().map((line) => line.outcome), patient).toContain("pending");
    await house.load("WORK");
    await house.sql("update graphile_worker._private_jobs set run_at = now()");
    await expect
      .poll(() => ledgerOf(person, slip.playerId), patient)
      .toMatchObject([
        { pointsChange: "1620", correlationId: completion.correlationId, ratingSlipId: slip.ratingSlipId },
      ]);
    await expect.poll(lines).toContainEqual(
      expect.objectContaining({
        event: "loyalty",
        command: "loyalty/recover_accruals",
        outcome: "awarded",
        event_type: "RATING_SLIP_COMPLETED",
        player_id: slip.playerId,
        delta_points: "1620",
        transaction_type: "GAMEPLAY",
        balance_before: "0",
        balance_after: "1620",
        tier_before: "BRONZE",
        tier_after: "BRONZE",
        duration_ms: expect.any(Number),
      }),
    );
    const { accrualFailure } = await person.get<{ accrualFailure: { resolvedAt: string | null } }>(
      "query ($id: UUID!) { accrualFailure(ratingSlipId: $id) { resolvedAt } }",
      { id: slip.ratingSlipId },
    );
    expect(accrualFailure.resolvedAt).toBeTruthy();
  });

  test("stays one effect when the job runs again, and its ticket opens nothing else", async () => {
    const { person, slip } = await pendingSlip("TWICE");
    await house.sql("update graphile_worker._private_jobs set run_at = now() + interval '1 hour'");
    const [job] = await house.sql<{ payload: Record<string, string> }>(
      "select payload from graphile_worker._private_jobs where payload ->> 'rating_slip_id' = $1",
      [slip.ratingSlipId],
    );
    await house.load("TWICE");
    const queue = (payload: object) =>
      house.sql("select graphile_worker.add_job('loyalty/recover_accruals', $1)", [JSON.stringify(payload)]);
    for (let n = 0; n < 3; n += 1) await queue(job?.payload ?? {});
    await expect.poll(() => ledgerOf(person, slip.playerId), patient).toHaveLength(1);
    const other = await pendingSlip("OTHER");
    await queue({ ...job?.payload, rating_slip_id: other.slip.ratingSlipId });
    await queue({ ...job?.payload, ticket: `1.${"0".repeat(64)}` });
    await sleep(1_000);
    expect(await ledgerOf(person, slip.playerId)).toHaveLength(1);
    expect(await ledgerOf(other.person, other.slip.playerId)).toEqual([]);
    expect(JSON.stringify(house.log)).not.toContain(job?.payload.ticket);
  });

  test("is recovered although the worker's connections were cut", async () => {
    const { person, slip } = await pendingSlip("CUT");
    await house.load("CUT");
    await house.sql(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = 'pit_worker'`);
    await house.sql("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
    await expect.poll(() => ledgerOf(person, slip.playerId), patient).toHaveLength(1);
  });

  test("is recovered at once by the next worker when one was killed at work on it", async () => {
    // What kill -9 leaves behind: a job that is locked by somebody who isn't there any more.
    const other = await openHouse();
    await other.load("KILL", { policy: undefined });
    const there = await other.as("pit_boss", "KILL");
    const lost = await playFor(60, there, await nextSeat(there, there));
    await complete(there, lost.ratingSlipId);
    await other.load("KILL");
    await other.sql(
      "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-that-was-killed', attempts = 1",
    );
    await other.work();
    await expect.poll(() => ledgerOf(there, lost.playerId), patient).toHaveLength(1);
    expect(other.log.map((line) => line.event)).toContain("worker.freed_abandoned_jobs");
    await other.close();
  });

  test("is recovered although the queue itself failed at the end of the job", async () => {
    const { person, slip } = await pendingSlip("QUEUE");
    const holder = new pg.Client({ connectionString: house.ownerUrl });
    holder.on("error", () => undefined);
    await holder.connect();
    await holder.query("begin");
    await holder.query("select from loyalty.player_loyalty where player_id = $1 for update", [slip.playerId]);
    await house.load("QUEUE");
    await house.sql("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
    const waiting = `select from pg_stat_activity where datname = current_database() and usename = 'pit_worker'
      and wait_event_type = 'Lock' and query like '%recover_accrual_job%'`;
    await expect.poll(() => house.sql(waiting), patient).toHaveLength(1);
    await house.sql("alter table graphile_worker._private_jobs rename to away");
    const before = house.log.length;
    await holder.query("commit");
    await holder.end();
    const eventsSince = () => house.log.slice(before).map((line) => line.event);
    await expect.poll(eventsSince, patient).toContain("worker.job_not_released");
    await house.sql("alter table graphile_worker.away rename to _private_jobs");
    await expect.poll(() => ledgerOf(person, slip.playerId), patient).toHaveLength(1);

    const next = await pendingSlip("NEXT");
    await house.load("NEXT");
    await house.sql("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
    await expect.poll(() => ledgerOf(next.person, next.slip.playerId), patient).toHaveLength(1);
    const left = () =>
      house.sql("select from graphile_worker._private_jobs where payload ->> 'rating_slip_id' = any ($1)", [
        [slip.ratingSlipId, next.slip.ratingSlipId],
      ]);
    await expect.poll(left, patient).toEqual([]);
    expect(await ledgerOf(person, slip.playerId)).toHaveLength(1);
  });
});
