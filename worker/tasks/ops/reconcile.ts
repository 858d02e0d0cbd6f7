import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { callWith, casinoOf, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/reconcile": Ticket;
    }
  }
}

interface Run {
  readonly run_id: string;
  readonly players: string;
  readonly entries: string;
  readonly cash_entries: string;
  readonly drift: number;
}

/**
 * Compares balances, chains, cash totals and cases with their entries, every quarter of an hour.
 * What differs is on record in the database; the line in the log is the warning.
 */
export function makeReconcile({ log }: WorkerServices): Task<"ops/reconcile"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const began = performance.now();
    const [run] = await callWith<Run>(
      helpers,
      ticket,
      `select ((r).reconciliation_run).reconciliation_run_id as run_id, ((r).reconciliation_run).players,
        ((r).reconciliation_run).entries, ((r).reconciliation_run).cash_entries, (r).drift_found as drift
      from (select ops.reconcile_job($1) as r offset 0) as job`,
    );
    if (!run) return;
    const { run_id, players, entries, cash_entries, drift } = run;
    log[drift > 0 ? "warn" : "info"]({
      event: "ops.reconciled",
      casino_id: casinoOf(ticket),
      run_id,
      players: Number(players),
      entries: Number(entries),
      cash_entries: Number(cash_entries),
      drift,
      duration_ms: performance.now() - began,
      correlation_id: ticket.correlation_id,
    });
  };
}
