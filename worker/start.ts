import { EventEmitter } from "node:events";
import { run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { type Log, makeLog } from "../graphql/log.ts";
import { makeBoardNotifier } from "../graphql/notify.ts";
import { survive } from "../graphql/survive.ts";
import { makeWorkerPreset } from "./preset.ts";
import type { WorkerServices } from "./services.ts";
import { makeRecoverAccruals } from "./tasks/loyalty/recover_accruals.ts";

export interface WorkerOptions {
  /** Connection string of the login pit_worker. */
  readonly workerUrl: string;
  readonly log?: Log | undefined;
}

export interface RunningWorker {
  stop(): Promise<void>;
}

/** Every task by the name under which SQL queues it. */
function makeTaskList(services: WorkerServices): TaskList {
  return {
    "loyalty/recover_accruals": makeRecoverAccruals(services),
  };
}

/** Runs queued jobs until it is stopped. */
export async function startWorker({ workerUrl, log = makeLog() }: WorkerOptions): Promise<RunningWorker> {
  const pool = new pg.Pool({ connectionString: workerUrl, max: 2, application_name: "pitledger worker" });
  survive(pool, log);
  const presence = await takePresence(pool, log);
  const notifier = makeBoardNotifier(pool, log);

  const events: WorkerEvents = new EventEmitter();
  events.on("job:failed", ({ job }) =>
    log.error({ event: "worker.job_given_up", task: job.task_identifier, job_id: job.id, attempts: job.attempts }),
  );
  const runner = await run(
    { preset: makeWorkerPreset(workerUrl, log), events, noHandleSignals: true },
    makeTaskList({ log, notifier }),
  );
  runner.promise.catch((error: Error) => log.error({ event: "worker.stopped", reason: error.message }));

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await runner.stop().catch(() => undefined); // it may have stopped by itself
    await notifier.stop();
    presence.release(true);
    await pool.end();
  }
  return {
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

const presenceLock = 7_408_021;

/**
 * A worker that was killed leaves its jobs locked for four hours. Every living worker holds this
 * lock together with the others, so whoever gets it alone knows that nobody else is at work, and
 * sets such jobs free at once. (Tasks are idempotent: should a job run twice, it has one effect.)
 */
async function takePresence(pool: pg.Pool, log: Log): Promise<pg.PoolClient> {
  const client = await pool.connect();
  const { rows } = await client.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [presenceLock]);
  if (rows[0]?.alone) {
    const { rowCount } = await client.query(
      `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
      from graphile_worker.jobs where locked_by is not null having count(*) > 0`,
    );
    if (rowCount) log.warn({ event: "worker.freed_abandoned_jobs" });
  }
  await client.query("select pg_advisory_lock_shared($1)", [presenceLock]);
  if (rows[0]?.alone) await client.query("select pg_advisory_unlock($1)", [presenceLock]);
  return client;
}
