import type { Task } from "graphile-worker";
import { reportLoyalty, type ToldChange } from "../../../graphql/telemetry.ts";
import type { WorkerServices } from "../../services.ts";
import { callWith, casinoOf, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/close_stale_visits": Ticket;
    }
  }
}

interface StaleVisit {
  readonly visit_id: string | null;
  readonly rating_slip_id: string | null;
  /** awarded or pending, when a slip was completed with the visit. */
  readonly outcome: string | null;
  /** Of the error, when it couldn't be closed. */
  readonly code: string | null;
  /** What the slip earned, or that this is still pending. */
  readonly told: ToldChange | null;
}

/**
 * Closes visits that nobody closed, one in each transaction, at the last thing that somebody saw.
 * One that can't be closed is passed by and looked at again when the job comes next.
 */
export function makeCloseStaleVisits({ notifier, ...reporter }: WorkerServices): Task<"ops/close_stale_visits"> {
  const { log } = reporter;
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const next = async (after: string | null) => {
      const [visit] = await callWith<StaleVisit>(
        helpers,
        ticket,
        `select (v).visit_id, (v).rating_slip_id, (v).outcome, (v).code, (v).told
        from (select floor.close_stale_visits_job($1, $2) as v offset 0) as job`,
        [after],
      );
      return visit?.visit_id ? { ...visit, visit_id: visit.visit_id } : undefined;
    };

    let after: string | null = null;
    let began = performance.now();
    for (let visit = await next(after); visit; visit = await next(after)) {
      const { told, ...closed } = visit;
      const { correlation_id } = ticket;
      after = closed.visit_id;
      if (told) {
        const duration_ms = performance.now() - began;
        reportLoyalty(reporter, { command: "ops/close_stale_visits", ...told, correlation_id, duration_ms });
      }
      const line = { ...closed, correlation_id };
      if (visit.code === null) log.info({ event: "floor.stale_visit_closed", ...line });
      else log.warn({ event: "floor.stale_visit_not_closed", ...line });
      notifier.changed(casinoOf(ticket), ["board"]);
      began = performance.now();
    }
  };
}
