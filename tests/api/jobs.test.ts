import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { complete, ledgerOf, nextSeat, playFor } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// Jobs that fail, who sees them, and who sets them going again.

const patient = { timeout: 60_000 };

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.work();
});
afterAll(() => house.close());

interface Job {
  readonly jobId: string;
  readonly task: string;
  readonly state: string;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly queuedAt: string;
  readonly runAt: string;
  readonly lastError: string | null;
  readonly correlationId: string;
}

const list = `{ jobs(first: 100) {
  nodes { jobId task state attempts maxAttempts queuedAt runAt lastError correlationId }
} }`;
const retry = `mutation ($jobId: BigInt!, $key: String) {
  retryJob(input: { jobId: $jobId, idempotencyKey: $key }) { retriedJob { jobId task replayed correlationId } }
}`;

async function jobsOf(client: Client): Promise<readonly Job[]> {
  return (await client.get<{ jobs: { nodes: Job[] } }>(list)).jobs.nodes;
}

/** The recovery of an award, among the jobs that recur. */
async function recoveryOf(client: Client): Promise<Job | undefined> {
  return (await jobsOf(client)).find(({ task }) => task === "loyalty/recover_accruals");
}

/** A slip completed at a property that has no policy in force. */
async function pendingSlip(casino: string) {
  await house.load(casino, { policy: undefined });
  const boss = await house.as("pit_boss", casino);
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  const completion = await complete(boss, slip.ratingSlipId);
  expect(completion.outcome).toBe("pending");
  return { boss, slip, completion };
}

/** As after four days of trying: the last attempt was made, and the ticket has expired. */
async function giveUp(ratingSlipId: string): Promise<void> {
  const given = await house.sql(
    `update graphile_worker._private_jobs set attempts = max_attempts
    where payload ->> 'rating_slip_id' = $1 and locked_at is null and attempts > 0 returning id`,
    [ratingSlipId],
  );
  expect(given).toHaveLength(1);
  await house.sql("update identity.session set expires_at = now() where task = 'loyalty/recover_accruals'");
}

const failed = (client: Client) => expect.poll(async () => (await recoveryOf(client))?.state, patient).toBe("failed");

describe("a pending award", { timeout: 120_000 }, () => {
  test("is recovered by its job's next attempt, once a policy has come into force", async () => {
    const { boss, slip, completion } = await pendingSlip("ALONE");
    await failed(await house.as("admin", "ALONE"));
    await house.load("ALONE");
    await expect
      .poll(() => ledgerOf(boss, slip.playerId), patient)
      .toMatchObject([{ pointsChange: "1620", correlationId: completion.correlationId }]);
  });

  test("whose job was lost is found by the sweep", async () => {
    const { boss, slip } = await pendingSlip("LOST");
    await failed(await house.as("admin", "LOST"));
    await house.sql("delete from graphile_worker._private_jobs where payload ->> 'rating_slip_id' = $1", [
      slip.ratingSlipId,
    ]);
    await house.load("LOST");
    await house.sql("select graphile_worker.add_job('ops/queue_recurring_job', $1)", [
      JSON.stringify({ task: "loyalty/requeue_accruals" }),
    ]);
    await expect.poll(() => ledgerOf(boss, slip.playerId), patient).toHaveLength(1);
    expect(house.log).toContainEqual(expect.objectContaining({ event: "loyalty.accruals_requeued", queued: 1 }));
  });
});

describe("a job that was given up", { timeout: 120_000 }, () => {
  test("is seen with its code and retried with one effect", async () => {
    const { boss, slip, completion } = await pendingSlip("GIVEN");
    const admin = await house.as("admin", "GIVEN");
    await failed(admin);
    await giveUp(slip.ratingSlipId);
    const [job] = await jobsOf(await house.as("auditor", "GIVEN"));
    expect(job).toMatchObject({
      task: "loyalty/recover_accruals",
      state: "given_up",
      attempts: 25,
      maxAttempts: 25,
      lastError: "AWARD_PENDING",
      correlationId: completion.correlationId,
      queuedAt: expect.any(String),
      runAt: expect.any(String),
    });

    await house.load("GIVEN");
    const key = newKey();
    const send = () =>
      admin.get<{ retryJob: { retriedJob: { replayed: boolean; task: string } } }>(retry, { jobId: job?.jobId, key });
    const answers = await Promise.all([send(), send(), send()]);
    const replayed = answers.map((answer) => answer.retryJob.retriedJob.replayed);
    expect(replayed.sort()).toEqual([false, true, true]);
    await expect.poll(() => ledgerOf(boss, slip.playerId), patient).toHaveLength(1);
    await expect.poll(() => recoveryOf(admin), patient).toBeUndefined();
    expect((await send()).retryJob.retriedJob).toMatchObject({ replayed: true, task: "loyalty/recover_accruals" });
    expect(await admin.refused(retry, { jobId: job?.jobId })).toMatchObject({ extensions: { code: "JOB_NOT_FOUND" } });
    expect(await ledgerOf(boss, slip.playerId)).toHaveLength(1);
  });

  test("is nobody's business who may not see it, and no other casino's", async () => {
    const { boss, slip } = await pendingSlip("MINE");
    const admin = await house.as("admin", "MINE");
    await failed(admin);
    await giveUp(slip.ratingSlipId);
    const job = await recoveryOf(admin);

    const stranger = await house.as("admin", "TWO");
    expect(await recoveryOf(stranger)).toBeUndefined();
    expect(await stranger.refused(retry, { jobId: job?.jobId })).toMatchObject({
      extensions: { code: "JOB_NOT_FOUND" },
    });
    for (const client of [boss, await house.as("cashier", "MINE"), await house.as("marketing", "MINE")]) {
      expect(await client.refused(list)).toMatchObject({ extensions: { code: "FORBIDDEN" } });
      expect(await client.refused(retry, { jobId: job?.jobId })).toMatchObject({ extensions: { code: "FORBIDDEN" } });
    }
    const auditor = await house.as("auditor", "MINE");
    expect(await auditor.refused(retry, { jobId: job?.jobId })).toMatchObject({ extensions: { code: "FORBIDDEN" } });
    expect(await house.visitor().refused(list)).toMatchObject({ extensions: { code: "UNAUTHORIZED" } });
    expect(await admin.refused("{ jobs { nodes { jobId } } }")).toMatchObject({
      extensions: { code: "PAGE_SIZE_EXCEEDED" },
    });
    expect((await recoveryOf(admin))?.state).toBe("given_up");
    expect(JSON.stringify(await jobsOf(admin))).not.toMatch(/[0-9a-f]{64}/);
  });
});

test("what recurs runs at every casino, and a visit that nobody closed is", { timeout: 180_000 }, async () => {
  const tasks = ["compliance/ctr_due", "ops/close_stale_visits", "ops/purge", "ops/seal_gaming_day"];
  await house.sql("update identity.casino set visit_idle_limit = '1 microsecond' where code = 'ONE'");
  const boss = await house.as("pit_boss");
  const slip = await playFor(60, boss, await nextSeat(boss, house));
  for (const task of tasks) {
    await house.sql("select graphile_worker.add_job('ops/queue_recurring_job', $1)", [JSON.stringify({ task })]);
  }
  const casinos = await house.sql("select from identity.casino");
  for (const task of tasks) {
    await expect
      .poll(() => house.sql("select distinct casino_id from identity.session where task = $1", [task]), patient)
      .toHaveLength(casinos.length);
    await expect
      .poll(() => house.sql("select from graphile_worker.jobs where task_identifier = $1", [task]), patient)
      .toEqual([]);
  }
  const { ratingSlip } = await boss.get<{ ratingSlip: { state: string; accumulatedSeconds: number } }>(
    "query ($id: UUID!) { ratingSlip(ratingSlipId: $id) { state accumulatedSeconds } }",
    { id: slip.ratingSlipId },
  );
  expect(ratingSlip).toEqual({ state: "closed", accumulatedSeconds: 0 });
  expect(house.log).toContainEqual(
    expect.objectContaining({
      event: "floor.stale_visit_closed",
      rating_slip_id: slip.ratingSlipId,
      outcome: "awarded",
      code: null,
    }),
  );
  expect(house.log).toContainEqual(
    expect.objectContaining({
      event: "loyalty",
      command: "ops/close_stale_visits",
      outcome: "awarded",
      player_id: slip.playerId,
      delta_points: "0",
      staff_id: null,
    }),
  );
  expect(await ledgerOf(boss, slip.playerId)).toEqual([]);
  expect(JSON.stringify(house.log)).not.toMatch(/\d\.[0-9a-f]{64}/);
});
