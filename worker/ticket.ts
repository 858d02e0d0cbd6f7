import type { JobHelpers } from "graphile-worker";
import type { QueryResultRow } from "pg";
import { correlationId } from "../graphql/correlation.ts";

/** What ops.queue_recurring_job puts into a job. */
export interface Ticket {
  /** "<casino id>.<secret>": opens one task for one casino. */
  readonly ticket: string;
  readonly correlation_id: string;
}

export function readTicket({ ticket, correlation_id }: Ticket): Ticket {
  for (const field of [ticket, correlation_id]) {
    if (typeof field !== "string") throw new Error("The payload needs ticket and correlation_id.");
  }
  return { ticket, correlation_id };
}

export function casinoOf({ ticket }: Ticket): number {
  return Number(ticket.split(".", 1)[0]);
}

/** Calls a job's function in a transaction of its own; the ticket is its first argument. */
export async function callWith<Row extends QueryResultRow>(
  helpers: JobHelpers,
  { ticket, correlation_id }: Ticket,
  call: string,
  more: readonly unknown[] = [],
): Promise<Row[]> {
  return helpers.withPgClient(async (client) => {
    await client.query("begin");
    try {
      await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
      const { rows } = await client.query<Row>(call, [ticket, ...more]);
      await client.query("commit");
      return rows;
    } catch (thrown) {
      await client.query("rollback");
      throw thrown;
    }
  });
}

/** Calls a job function that takes only its ticket and gives the number of rows it changed. */
export async function countWith(
  helpers: JobHelpers,
  jobFunction: "loyalty.expire_requests_job" | "loyalty.renew_terms_job" | "loyalty.requeue_accruals_job",
  ticket: Ticket,
): Promise<number> {
  const [row] = await callWith<{ changed: number }>(helpers, ticket, `select ${jobFunction}($1) as changed`);
  return row?.changed ?? 0;
}
