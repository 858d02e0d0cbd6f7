import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type JobHelpers, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { answers, isMigrated, readinessOf, Unready } from "../graphql/health.ts";
import { type Log, makeLog } from "../graphql/log.ts";
import { Metrics } from "../graphql/metrics/metrics.ts";
import { watchPools } from "../graphql/metrics/pools.ts";
import { makeNotifier } from "../graphql/notify.ts";
import { survive } from "../graphql/survive.ts";
import { openTraces, type Traces } from "../graphql/tracing/traces.ts";
import { failWithCodes } from "./failure.ts";
import { serveWorker } from "./http.ts";
import { countJobs, watchQueue } from "./metrics.ts";
import { makeWorkerPreset } from "./preset.ts";
import type { WorkerServices } from "./services.ts";
import { makeCtrDue } from "./tasks/compliance/ctr_due.ts";
import { makeEvaluateAlerts } from "./tasks/compliance/evaluate_alerts.ts";
import { makeExpirePoints } from "./tasks/loyalty/expire_points.ts";
import { makeExpireRequests } from "./tasks/loyalty/expire_requests.ts";
import { makeRecoverAccruals } from "./tasks/loyalty/recover_accruals.ts";
import { makeRenewTerms } from "./tasks/loyalty/renew_terms.ts";
import { makeRequeueAccruals } from "./tasks/loyalty/requeue_accruals.ts";
import { makeAdvanceImport } from "./tasks/ops/advance_import.ts";
import { makeCloseStaleVisits } from "./tasks/ops/close_stale_visits.ts";
import { makePurge } from "./tasks/ops/purge.ts";
import { makeQueueRecurringJob } from "./tasks/ops/queue_recurring_job.ts";
import { makeReconcile } from "./tasks/ops/reconcile.ts";
import { makeSealGamingDay } from "./tasks/ops/seal_gaming_day.ts";

export interface WorkerOptions {
  /** Connection string of the login pit_worker. */
  readonly workerUrl: string;
  readonly log?: Log | undefined;
  /** Where /metrics, /healthz and /readyz are served; nowhere when undefined, any free port when 0. */
  readonly metricsPort?: number | undefined;
  /** What whoever scrapes /metrics has to send; PITLEDGER_METRICS_TOKEN. */
  readonly metricsToken?: string | undefined;
}

export interface RunningWorker {
  /** Of the port that has the metrics. */
  readonly url: string | undefined;
  stop(): Promise<void>;
}

/** Every task by the name under which SQL queues it. */
function makeTaskList(services: WorkerServices): TaskList {
  return {
    "compliance/ctr_due": makeCtrDue(services),
    "compliance/evaluate_alerts": makeEvaluateAlerts(services),
    "loyalty/expire_points": makeExpirePoints(services),
    "loyalty/expire_requests": makeExpireRequests(services),
    "loyalty/recover_accruals": makeRecoverAccruals(services),
    "loyalty/renew_terms": makeRenewTerms(services),
    "loyalty/requeue_accruals": makeRequeueAccruals(services),
    "ops/advance_import": makeAdvanceImport(services),
    "ops/close_stale_visits": makeCloseStaleVisits(services),
    "ops/purge": makePurge(services),
    "ops/queue_recurring_job": makeQueueRecurringJob(),
    "ops/reconcile": makeReconcile(services),
    "ops/seal_gaming_day": makeSealGamingDay(services),
  };
}

/** The same tasks, each run of which is a span with what it was caused by. */
function traced(tasks: TaskList, traces: Traces): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown, helpers: JobHelpers) => {
        const correlation =
          typeof payload === "object" && payload !== null && "correlation_id" in payload ? payload.correlation_id : "";
        const attributes = { "pitledger.task": name, "pitledger.correlation_id": String(correlation) };
        return traces.job({ name: `job ${name}`, attributes }, async () => task?.(payload, helpers));
      },
    ]),
  );
}

/** Runs queued jobs until it is stopped. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { workerUrl, log = makeLog() } = options;
  const pool = new pg.Pool({ connectionString: workerUrl, max: 3, application_name: "pitledger worker" });
  // graphile-worker's, given to it so that it can be watched.
  const queuePool = new pg.Pool({ connectionString: workerUrl, max: 10, application_name: "pitledger queue" });
  const traces = await openTraces("worker");
  for (const each of [pool, queuePool]) {
    survive(each, log);
    traces?.watch(each);
  }
  const metrics = new Metrics("worker");
  const notifier = makeNotifier(pool, log);
  const tasks = failWithCodes(makeTaskList({ log, metrics, notifier }));
  const taskList = traces ? traced(tasks, traces) : tasks;
  const stopping = new AbortController();
  let working = false;

  const events: WorkerEvents = new EventEmitter();
  countJobs(metrics, events, Object.keys(taskList));
  watchPools(metrics, { worker: pool, queue: queuePool });
  watchQueue(metrics, pool, log);
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
      const preset = makeWorkerPreset(log);
      const runner = await run({ preset, pgPool: queuePool, events, noHandleSignals: true }, taskList);
      working = true;
      return { presence, runner };
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
      working = false;
      shift?.presence.release(true);
      shift = undefined;
      await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function release(): Promise<void> {
    await Promise.all([pool.end(), queuePool.end(), traces?.stop()]);
  }

  const ready = () =>
    readinessOf(
      {
        database: answers(pool, "pit_worker"),
        schema: isMigrated(pool),
        async queue() {
          if (!working) throw new Unready("the queue is not being worked on");
          return "ok";
        },
      },
      {},
    );

  const first = await begin().catch(async (thrown: unknown) => {
    await release();
    throw thrown;
  });
  const over = carryOn(first);
  let http: Awaited<ReturnType<typeof serveWorker>> | undefined;

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await http?.stop();
    stopping.abort();
    await over;
    await notifier.stop();
    await release();
  }

  const { metricsPort: port, metricsToken: token } = options;
  if (port !== undefined) {
    http = await serveWorker({ port, metrics, ready, token }).catch(async (thrown: unknown) => {
      await stop();
      throw thrown;
    });
  }
  return {
    url: http?.url,
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
