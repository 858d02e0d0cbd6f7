import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startWorker } from "../../worker/start.ts";
import { complete, ledgerOf, nextSeat, playFor } from "../api/support/floor.ts";
import { type House, openHouse } from "../api/support/house.ts";
import { Command } from "../support/process.ts";

// A worker that is killed at the worst moment, and one that was away.

const patient = { timeout: 60_000 };

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const recoveries = `select locked_at is not null as locked, attempts from graphile_worker._private_jobs
  where payload ->> 'rating_slip_id' is not null`;

test("a worker killed between a job's effect and its end gives one effect", async () => {
  await house.load("KILL", { policy: undefined });
  const boss = await house.as("pit_boss", "KILL");
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  await complete(boss, slip.ratingSlipId);
  await house.load("KILL");

  // The end of a job is its row's removal: it waits for this lock, after the effect was committed.
  await house.sql(`create function public.wait_at_the_end() returns trigger language plpgsql
    as $$ begin perform pg_advisory_xact_lock(4711); return old; end $$`);
  await house.sql(`create trigger waits before delete on graphile_worker._private_jobs for each row
    when (old.payload ->> 'rating_slip_id' is not null) execute function public.wait_at_the_end()`);
  const holder = new pg.Client({ connectionString: house.ownerUrl });
  await holder.connect();
  await holder.query("select pg_advisory_lock(4711)");

  const worker = new Command(["worker"], { WORKER_DATABASE_URL: house.workerUrl });
  try {
    const waiting = `select pid from pg_stat_activity where datname = current_database() and usename = 'pit_worker'
      and wait_event = 'advisory' and query like '%delete%'`;
    await expect.poll(() => house.sql(waiting), patient).toHaveLength(1);
    expect(await ledgerOf(boss, slip.playerId)).toHaveLength(1);
  } finally {
    worker.kill("SIGKILL");
    await worker.exited;
  }
  // Its connection dies with it, before the removal came through.
  await house.sql(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = 'pit_worker'`);
  await expect.poll(() => house.sql(recoveries), patient).toEqual([{ locked: true, attempts: 1 }]);
  await holder.end();
  await house.sql("drop trigger waits on graphile_worker._private_jobs");

  await house.work();
  await expect.poll(() => house.sql(recoveries), patient).toEqual([]);
  const outcomes = house.log.filter((line) => line.command === "loyalty/recover_accruals").map((line) => line.outcome);
  expect(outcomes).toEqual(["replayed"]);
  expect(await ledgerOf(boss, slip.playerId)).toMatchObject([{ entryNo: "1", pointsChange: "1620" }]);
}, 120_000);

test("a worker that was away catches up once with what was due, not with a heap", async () => {
  const ids = () => house.sql<{ identifier: string }>("select identifier from graphile_worker._private_known_crontabs");
  const first = await startWorker({ workerUrl: house.workerUrl });
  try {
    await expect.poll(async () => (await ids()).length, patient).toBeGreaterThanOrEqual(9);
  } finally {
    await first.stop();
  }
  await house.sql(`update graphile_worker._private_known_crontabs
    set known_since = now() - interval '9 days', last_execution = now() - interval '3 days'`);
  await house.sql("delete from graphile_worker._private_jobs");
  await house.sql("delete from identity.session where kind = 'job'");

  await house.work();
  const tasks = [
    "compliance/ctr_due",
    "loyalty/expire_points",
    "ops/close_stale_visits",
    "ops/purge",
    "ops/seal_gaming_day",
  ];
  const tickets = () =>
    house.sql<{ task: string; tickets: number }>(
      `select task, count(*)::int as tickets from identity.session where task = any($1)
      group by casino_id, task order by task, casino_id`,
      [tasks],
    );
  // One for each of the two casinos; a second one where the clock itself has just rung.
  await expect.poll(async () => (await tickets()).length, patient).toBe(tasks.length * 2);
  await expect
    .poll(() => house.sql("select from graphile_worker.jobs where task_identifier = any($1)", [tasks]), patient)
    .toEqual([]);
  for (const row of await tickets()) expect(row.tickets, row.task).toBeLessThanOrEqual(2);
  expect((await tickets()).filter(({ tickets: n }) => n === 1).length).toBeGreaterThanOrEqual(tasks.length * 2 - 2);
}, 120_000);
