import { Logger, WorkerPreset } from "graphile-worker";
import type { Log } from "../graphql/log.ts";
import { failureCode } from "./failure.ts";

/** How graphile-worker runs here. Its schema belongs to the login pit_worker. */
export function makeWorkerPreset(log: Log): GraphileConfig.Preset {
  return {
    extends: [WorkerPreset],
    worker: {
      crontabFile: `${import.meta.dirname}/crontab`,
      concurrentJobs: 4,
      // A notification wakes the worker at once; polling finds what it missed.
      pollInterval: 2_000,
      // Without these two, recording how a job ended is a promise that nobody awaits: a database
      // that goes away at that moment would end the process.
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
      logger: makeWorkerLogger(log),
    },
  };
}

/**
 * graphile-worker tells of its life in sentences, which say less than our own line per job, and a
 * failed job's message may quote what it was about: errors keep their place, not their data.
 */
function makeWorkerLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const { taskIdentifier: task, jobId } = scope;
    const line = { event: "worker", task, job_id: jobId };
    if (level === "error" && jobId !== undefined) {
      log.warn({ ...line, event: "worker.job_failed", code: failureCode(meta?.error) });
    } else if (level === "error") log.error(line, message);
    else if (level === "warning") log.warn(line, message);
    else log.debug(line, message);
  });
}
