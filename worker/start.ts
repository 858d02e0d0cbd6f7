import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { type Log, makeLog } from "../graphql/log.ts";
import { makeNotifier } from "../graphql/notify.ts";
import { survive } from "../graphql/survive.ts";
import { makeWorkerPreset } from "./preset.ts";
import type { WorkerServices } from "./services.ts";
import { makeEvaluateAlerts } from "./tasks/compliance/evaluate_alerts.ts";
import { makeExpirePoints } from "./tasks/loyalty/expire_points.ts";
import { makeExpireRequests } from "./tasks/loyalty/expire_requests.ts";
import { makeRecoverAccruals } from "./tasks/loyalty/recover_accruals.ts";
import { makeRenewTerms } from "./tasks/loyalty/renew_terms.ts";
import { makeAdvanceImport } from "./tasks/ops/advance_import.ts";
import { makeQueueRecurringJob } from "./tasks/ops/queue_recurring_job.ts";
import { makeSealLedger } from "./tasks/ops/seal_ledger.ts";

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
    "compliance/evaluate_alerts": makeEvaluateAlerts(services),
    "loyalty/expire_points": makeExpirePoints(services),
    "loyalty/expire_requests": makeExpireRequests(services),
    "loyalty/recover_accruals": makeRecoverAccruals(services),
    "loyalty/renew_terms": makeRenewTerms(services),
    "ops/advance_import": makeAdvanceImport(services),
    "ops/queue_recurring_job": makeQueueRecurringJob(),
    "ops/seal_ledger": makeSealLedger(services),
  };
}

/** Runs queued jobs until it is stopped. */
export async function startWorker({ workerUrl, log = makeLog() }: WorkerOptions): Promise<RunningWorker> {
  const pool = new pg.Pool({ connectionString: workerUrl, max: 3, application_name: "pitledger worker" });
  survive(pool, log);
  const notifier = makeNotifier(pool, log);
  const taskList = makeTaskList({ log, notifier });
  const stopping = new AbortController();

  const events: WorkerEvents = new EventEmitter();
  events.on("job:failed", ({ job }) =>
    log.error({ event: "worker.job_given_up", task: job.task_identifier, job_id: job.id, attempts: job.attempts }),
  );

  events.on("pool:fatalError", ({ workerPool, error }) => {
    log.error({ event: "worker.job_not_released", reason: error instanceof Error ? error.message : undefined });
    void freeJobsOf(workerPool.id);
  });

  /** Tries until the database is there again: what this pool had locked may be taken by anybody. */
  async function freeJobsOf(poolId: string): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
      const freed = await pool
        .query("select graphile_worker.force_unlock_workers($1)", [[poolId]])
        .catch(() => undefined);
      if (freed) return;
    }
  }

  async function begin(): Promise<Shift> {
    const presence = await takePresence(pool, log);
    try {
      const preset = makeWorkerPreset(workerUrl, log);
      return { presence, runner: await run({ preset, events, noHandleSignals: true }, taskList) };
    } catch (thrown) {
      presence.release(true);
      throw thrown;
    }
  }

  /** Should graphile-worker stop although nobody asked it to, it is started anew. */
  async function carryOn(first: Shift): Promise<void> {
    let shift: Shift | undefined = first;
    while (!stopping.signal.aborted) {
      try {
        shift ??= await begin();
        const { runner } = shift;
        const stop = () => void runner.stop().catch(() => undefined);
        stopping.signal.addEventListener("abort", stop, { once: true });
        if (stopping.signal.aborted) stop();
        await runner.promise;
      } catch (thrown) {
        log.error({ event: "worker.stopped", reason: thrown instanceof Error ? thrown.message : String(thrown) });
      }
      shift?.presence.release(true);
      shift = undefined;
      await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const first = await begin().catch(async (thrown: unknown) => {
    await pool.end();
    throw thrown;
  });
  const over = carryOn(first);

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    stopping.abort();
    await over;
    await notifier.stop();
    await pool.end();
  }
  return {
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The worker from one start of graphile-worker to its end. */
interface Shift {
  readonly presence: pg.PoolClient;
  readonly runner: Runner;
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
