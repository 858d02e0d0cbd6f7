import type { JobHelpers } from "graphile-worker";
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

/** Calls a job function that takes only its ticket and gives the number of rows it changed. */
export async function countWith(
  helpers: JobHelpers,
  jobFunction: "loyalty.expire_requests_job" | "loyalty.renew_terms_job",
  { ticket, correlation_id }: Ticket,
): Promise<number> {
  return helpers.withPgClient(async (client) => {
    await client.query("begin");
    try {
      await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
      const { rows } = await client.query<{ changed: number }>(`select ${jobFunction}($1) as changed`, [ticket]);
      await client.query("commit");
      return rows[0]?.changed ?? 0;
    } catch (thrown) {
      await client.query("rollback");
      throw thrown;
    }
  });
}
