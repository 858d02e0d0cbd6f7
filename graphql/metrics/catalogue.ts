/** Every metric that PitLedger has of its own; docs/reference/metrics.md is kept equal to it. */

export interface Definition {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Which endpoint has it: the gateway's, the worker's, or the gateway's with what ops.metrics() counts. */
  readonly of: readonly ("gateway" | "worker" | "database")[];
  readonly buckets?: readonly number[];
}

export const prefix = "pitledger_";

/** Seconds: people at a table wait for these. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Seconds: nobody waits, but a night isn't endless. */
const jobBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];
const lagBuckets = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600];

export const catalogue = {
  operations_total: {
    kind: "counter",
    help: 'GraphQL operations that ended; outcome is OK or the code of the first error, operation "other" for one that is on no list of operations.',
    labels: ["operation", "outcome"],
    of: ["gateway"],
  },
  operation_duration_seconds: {
    kind: "histogram",
    help: "How long GraphQL operations took; of a subscription, until it began.",
    labels: ["operation"],
    of: ["gateway"],
    buckets: requestBuckets,
  },
  http_requests_total: {
    kind: "counter",
    help: 'HTTP requests that were answered; route "web" is the client\'s files.',
    labels: ["route", "status"],
    of: ["gateway"],
  },
  http_request_duration_seconds: {
    kind: "histogram",
    help: "How long HTTP requests took to their answer's end.",
    labels: ["route"],
    of: ["gateway"],
    buckets: requestBuckets,
  },
  refusals_total: {
    kind: "counter",
    help: "Errors that operations were answered with, by code.",
    labels: ["code"],
    of: ["gateway"],
  },
  sign_ins_total: {
    kind: "counter",
    help: "Sign-ins by outcome: signed_in, refused, locked, busy, invalid or failed.",
    labels: ["outcome"],
    of: ["gateway"],
  },
  loyalty_commands_total: {
    kind: "counter",
    help: "Commands, jobs and events of the floor feed that change points; outcome is awarded, replayed, pending, requested, declined, expired, or a code; of a whole call of the feed ingested, of an import its state.",
    labels: ["command", "outcome"],
    of: ["gateway", "worker"],
  },
  ledger_entries_total: {
    kind: "counter",
    help: "Ledger entries that commands, jobs and the floor feed have committed, each once. A slip's campaigns count as one PROMOTION; what imports write is import_entries.",
    labels: ["transaction_type"],
    of: ["gateway", "worker"],
  },
  replays_total: {
    kind: "counter",
    help: "Commands that were answered with their first result, because their key was used before.",
    labels: ["command"],
    of: ["gateway", "worker"],
  },
  feed_events_total: {
    kind: "counter",
    help: "Events of the floor feed by outcome (applied, replayed, refused); code is that of a refusal.",
    labels: ["outcome", "code"],
    of: ["gateway"],
  },
  websocket_connections: {
    kind: "gauge",
    help: "Websockets that are open.",
    labels: [],
    of: ["gateway"],
  },
  subscriptions: {
    kind: "gauge",
    help: "Subscriptions that are being served.",
    labels: [],
    of: ["gateway"],
  },
  pool_connections: {
    kind: "gauge",
    help: "Database connections of a pool: total, idle, and waiting for requests that wait for one.",
    labels: ["pool", "state"],
    of: ["gateway", "worker"],
  },
  jobs_started_total: { kind: "counter", help: "Jobs that were begun.", labels: ["task"], of: ["worker"] },
  jobs_succeeded_total: { kind: "counter", help: "Jobs that ended well.", labels: ["task"], of: ["worker"] },
  jobs_failed_total: {
    kind: "counter",
    help: "Attempts of jobs that failed; the last of them included.",
    labels: ["task"],
    of: ["worker"],
  },
  jobs_given_up_total: {
    kind: "counter",
    help: "Jobs that failed for the last time and wait for a person.",
    labels: ["task"],
    of: ["worker"],
  },
  job_duration_seconds: {
    kind: "histogram",
    help: "How long jobs took, whatever came of them.",
    labels: ["task"],
    of: ["worker"],
    buckets: jobBuckets,
  },
  job_lag_seconds: {
    kind: "histogram",
    help: "How long after the time it was due a job began.",
    labels: ["task"],
    of: ["worker"],
    buckets: lagBuckets,
  },
  queue_jobs: {
    kind: "gauge",
    help: "Jobs as the worker sees the queue: waiting, running, scheduled, retrying or given_up.",
    labels: ["state"],
    of: ["worker"],
  },
  database_up: {
    kind: "gauge",
    help: "1 when the figures from the database that follow could be read, else 0, and they are missing.",
    labels: [],
    of: ["gateway"],
  },
  reconciliation_drift: {
    kind: "gauge",
    help: "Differences that the casino's last reconciliation found.",
    labels: ["casino"],
    of: ["database"],
  },
  reconciliation_age_seconds: {
    kind: "gauge",
    help: "Since when the last reconciliation ended; since the casino was set up when there was none.",
    labels: ["casino"],
    of: ["database"],
  },
  pending_accruals: {
    kind: "gauge",
    help: "Completed slips whose points are still to be posted.",
    labels: ["casino"],
    of: ["database"],
  },
  pending_accrual_oldest_seconds: {
    kind: "gauge",
    help: "For how long the oldest of them has been pending.",
    labels: ["casino"],
    of: ["database"],
  },
  ctr_cases: { kind: "gauge", help: "CTR cases by state.", labels: ["casino", "state"], of: ["database"] },
  ctr_cases_due: {
    kind: "gauge",
    help: "CTR cases that are still to be filed, by the days left: overdue, 3_days (at most), 7_days (at most) or later.",
    labels: ["casino", "due"],
    of: ["database"],
  },
  alerts_open: {
    kind: "gauge",
    help: "Compliance alerts that nobody has resolved.",
    labels: ["casino"],
    of: ["database"],
  },
  seal_age_seconds: {
    kind: "gauge",
    help: "Since when the ledger was sealed last; since the casino was set up when it never was.",
    labels: ["casino"],
    of: ["database"],
  },
  imports: { kind: "gauge", help: "Imports by state.", labels: ["casino", "state"], of: ["database"] },
  import_entries: {
    kind: "gauge",
    help: "Ledger entries that imports have written, by whatever process: posted, retried rows among them, or reversed by a rollback. It only grows.",
    labels: ["casino", "kind"],
    of: ["database"],
  },
  import_rows_quarantined: {
    kind: "gauge",
    help: "Rows of imports that wait in quarantine.",
    labels: ["casino"],
    of: ["database"],
  },
  jobs: {
    kind: "gauge",
    help: "Jobs as the database sees the queue, whether or not a worker runs: waiting, running, scheduled, retrying or given_up.",
    labels: ["state"],
    of: ["database"],
  },
  job_oldest_waiting_seconds: {
    kind: "gauge",
    help: "For how long the oldest job that could run has waited: more than a minute means that no worker works.",
    labels: [],
    of: ["database"],
  },
  ledger_entries_estimate: {
    kind: "gauge",
    help: "Entries of the ledger as the planner estimates them.",
    labels: [],
    of: ["database"],
  },
} as const satisfies Record<string, Definition>;

export type MetricName = keyof typeof catalogue;
type Catalogue = typeof catalogue;
export type NameOf<Kind extends Definition["kind"]> = {
  [Name in MetricName]: Catalogue[Name]["kind"] extends Kind ? Name : never;
}[MetricName];
export type LabelsOf<Name extends MetricName> = Record<Catalogue[Name]["labels"][number], string>;
