import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { countWith, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "loyalty/requeue_accruals": Ticket;
    }
  }
}

/** Queues recovery again where a pending award has no job any more: it was lost, or given up. */
export function makeRequeueAccruals({ log }: WorkerServices): Task<"loyalty/requeue_accruals"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const queued = await countWith(helpers, "loyalty.requeue_accruals_job", ticket);
    if (queued === 0) return;
    log.warn({ event: "loyalty.accruals_requeued", queued, correlation_id: ticket.correlation_id });
  };
}
