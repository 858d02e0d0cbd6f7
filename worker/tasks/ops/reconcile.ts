import type { Task } from "graphile-worker";
import { correlationId } from "../../../graphql/correlation.ts";
import type { WorkerServices } from "../../services.ts";
import { casinoOf, readTicket, type Ticket } from "../../ticket.ts";

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
    const { ticket, correlation_id } = readTicket(payload);
    const began = performance.now();
    const run = await helpers.withPgClient(async (client) => {
      await client.query("begin");
      try {
        await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
        const { rows } = await client.query<Run>(
          `select ((r).reconciliation_run).reconciliation_run_id as run_id, ((r).reconciliation_run).players,
            ((r).reconciliation_run).entries, ((r).reconciliation_run).cash_entries, (r).drift_found as drift
          from (select ops.reconcile_job($1) as r offset 0) as job`,
          [ticket],
        );
        await client.query("commit");
        return rows[0];
      } catch (thrown) {
        await client.query("rollback");
        throw thrown;
      }
    });
    if (!run) return;
    const { run_id, players, entries, cash_entries, drift } = run;
    log[drift > 0 ? "warn" : "info"]({
      event: "ops.reconciled",
      casino_id: casinoOf({ ticket, correlation_id }),
      run_id,
      players: Number(players),
      entries: Number(entries),
      cash_entries: Number(cash_entries),
      drift,
      duration_ms: performance.now() - began,
      correlation_id,
    });
  };
}
