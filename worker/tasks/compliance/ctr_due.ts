import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { callWith, casinoOf, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "compliance/ctr_due": Ticket;
    }
  }
}

interface DueNotice {
  readonly case_id: string;
  readonly notice: "near" | "overdue";
  readonly days_left: number;
}

/** Notes which reports have come near their last day, or passed it; each is told of once. */
export function makeCtrDue({ log, notifier }: WorkerServices): Task<"compliance/ctr_due"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const notices = await callWith<DueNotice>(
      helpers,
      ticket,
      "select case_id, notice, days_left from compliance.ctr_due_job($1)",
    );
    for (const notice of notices) {
      log.warn({ event: "compliance.ctr_due", ...notice, correlation_id: ticket.correlation_id });
    }
    if (notices.length > 0) notifier.changed(casinoOf(ticket), ["compliance"]);
  };
}
