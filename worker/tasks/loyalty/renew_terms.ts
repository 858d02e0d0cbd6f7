import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { casinoOf, countWith, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "loyalty/renew_terms": Ticket;
    }
  }
}

/** Puts a planned version of policy or tiers into effect once it has begun. */
export function makeRenewTerms({ log, notifier }: WorkerServices): Task<"loyalty/renew_terms"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const moved = await countWith(helpers, "loyalty.renew_terms_job", ticket);
    if (moved === 0) return;
    log.info({ event: "loyalty.standings_moved", moved, correlation_id: ticket.correlation_id });
    notifier.changed(casinoOf(ticket));
  };
}
