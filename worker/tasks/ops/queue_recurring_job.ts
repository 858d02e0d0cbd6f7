import type { Task } from "graphile-worker";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/queue_recurring_job": RecurringJob;
    }
  }
}

/** A line of the crontab: which task is due. */
export interface RecurringJob {
  readonly task: string;
}

/**
 * What the crontab rings for. A job needs a ticket for its casino, which only the database issues:
 * one SQL function queues the task once per casino, and knows which tasks recur at all.
 */
export function makeQueueRecurringJob(): Task<"ops/queue_recurring_job"> {
  return async ({ task }, helpers) => {
    await helpers.query("select ops.queue_recurring_job($1)", [task]);
  };
}
