import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { casinoOf, countWith, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "loyalty/expire_requests": Ticket;
    }
  }
}

/** Marks the requests that nobody decided in time; whoever looks at the queue sees it at once. */
export function makeExpireRequests({ log, notifier }: WorkerServices): Task<"loyalty/expire_requests"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const expired = await countWith(helpers, "loyalty.expire_requests_job", ticket);
    if (expired === 0) return;
    log.info({ event: "loyalty.requests_expired", expired, correlation_id: ticket.correlation_id });
    notifier.changed(casinoOf(ticket));
  };
}
