import type { Log } from "../graphql/log.ts";
import type { Metrics } from "../graphql/metrics/metrics.ts";
import type { Notifier } from "../graphql/notify.ts";

/** What the tasks need beside the database. */
export interface WorkerServices {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly notifier: Notifier;
}
