import type { WorkerEvents } from "graphile-worker";
import type { Pool } from "pg";
import type { Log } from "../graphql/log.ts";
import type { Metrics } from "../graphql/metrics/metrics.ts";

/** Counts what becomes of jobs. Every task has its figures from the start, so that the first failure is a step. */
export function countJobs(metrics: Metrics, events: WorkerEvents, tasks: readonly string[]): void {
  const began = new Map<string, number>();
  for (const task of tasks) {
    for (const name of ["started", "succeeded", "failed", "given_up"] as const) {
      metrics.count(`jobs_${name}_total`, { task }, 0);
    }
  }
  events.on("job:start", ({ job }) => {
    const task = job.task_identifier;
    began.set(job.id, performance.now());
    metrics.count("jobs_started_total", { task });
    metrics.observe("job_lag_seconds", { task }, (Date.now() - job.run_at.getTime()) / 1_000);
  });
  events.on("job:success", ({ job }) => metrics.count("jobs_succeeded_total", { task: job.task_identifier }));
  events.on("job:error", ({ job }) => metrics.count("jobs_failed_total", { task: job.task_identifier }));
  events.on("job:failed", ({ job }) => metrics.count("jobs_given_up_total", { task: job.task_identifier }));
  events.on("job:complete", ({ job }) => {
    const since = began.get(job.id);
    began.delete(job.id);
    if (since === undefined) return;
    metrics.observe("job_duration_seconds", { task: job.task_identifier }, (performance.now() - since) / 1_000);
  });
}

interface Count {
  readonly state: string;
  readonly jobs: number;
}

/** How the queue stands when somebody asks. */
export function watchQueue(metrics: Metrics, pool: Pool, log: Log): void {
  metrics.beforeScrape(async () => {
    try {
      const { rows } = await pool.query<Count>(
        "select labels ->> 'state' as state, value as jobs from ops._job_counts() where name = 'jobs'",
      );
      for (const { state, jobs } of rows) metrics.set("queue_jobs", { state }, jobs);
    } catch (thrown) {
      log.warn({ event: "metrics.queue_unread", reason: thrown instanceof Error ? thrown.message : undefined });
    }
  });
}
