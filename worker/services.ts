import type { Log } from "../graphql/log.ts";
import type { Notifier } from "../graphql/notify.ts";

/** What the tasks need beside the database. */
export interface WorkerServices {
  readonly log: Log;
  readonly notifier: Notifier;
}
