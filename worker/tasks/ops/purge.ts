import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { callWith, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/purge": Ticket;
    }
  }
}

interface Purged {
  readonly sessions: number;
  readonly jobs: number;
  readonly finished: boolean;
}

/** Removes old sessions, tickets and given-up jobs, a batch in each transaction; never a record. */
export function makePurge({ log }: WorkerServices): Task<"ops/purge"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const total = { sessions: 0, jobs: 0 };
    for (let finished = false; !finished; ) {
      const [batch] = await callWith<Purged>(helpers, ticket, "select sessions, jobs, finished from ops.purge_job($1)");
      finished = batch?.finished ?? true;
      total.sessions += batch?.sessions ?? 0;
      total.jobs += batch?.jobs ?? 0;
    }
    if (total.sessions + total.jobs === 0) return;
    log.info({ event: "ops.purged", ...total, correlation_id: ticket.correlation_id });
  };
}
