import type { Task } from "graphile-worker";
import { correlationId } from "../../../graphql/correlation.ts";
import { reportLoyalty } from "../../../graphql/telemetry.ts";
import { JobFailure } from "../../failure.ts";
import type { WorkerServices } from "../../services.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "loyalty/recover_accruals": RecoverAccruals;
    }
  }
}

/** Queued by loyalty.accrue_rating_slip in the transaction that recorded the failure. */
export interface RecoverAccruals {
  /** "<casino id>.<secret>": opens this one task for this one casino. */
  readonly ticket: string;
  readonly rating_slip_id: string;
  /** Of the request that completed the slip. */
  readonly correlation_id: string;
}

interface Outcome {
  readonly outcome: string;
  readonly replayed: boolean;
  readonly promotion_points: string | null;
  readonly event_type: string | null;
  readonly player_id: string | null;
  readonly points_change: string | null;
  readonly transaction_type: string | null;
  readonly tier_before: string | null;
  readonly tier_after: string | null;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly correlation_id: string;
  readonly staff_id: string | null;
}

/**
 * Posts the points of a slip whose award failed when it was completed. Everything is decided by
 * one SQL function, which gives the first result however often it is called; so it doesn't matter
 * when a job runs twice, or after somebody pressed "Retry award".
 */
export function makeRecoverAccruals({ notifier, ...reporter }: WorkerServices): Task<"loyalty/recover_accruals"> {
  return async (payload, helpers) => {
    const { ticket, rating_slip_id, correlation_id } = readPayload(payload);
    const began = performance.now();

    const { ledger, ...outcome } = await helpers.withPgClient(async (client) => {
      await client.query("begin");
      try {
        await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
        const { rows } = await client.query<Outcome>(
          `select (o).outcome, (o).replayed, (o).correlation_id, (o).promotion_points,
            ((o).ledger_entry).event_type, ((o).ledger_entry).player_id, ((o).ledger_entry).points_change,
            ((o).ledger_entry).transaction_type, ((o).ledger_entry).tier_before, ((o).ledger_entry).tier_after,
            ((o).ledger_entry).balance_before, ((o).ledger_entry).balance_after, ((o).ledger_entry).staff_id
          from (select loyalty.recover_accrual_job($1, $2) as o offset 0) as job`,
          [ticket, rating_slip_id],
        );
        await client.query("commit");
        const { points_change, ...rest } = rows[0] ?? missing();
        return { ...rest, ledger: points_change };
      } catch (thrown) {
        await client.query("rollback");
        throw thrown;
      }
    });

    reportLoyalty(reporter, {
      command: "loyalty/recover_accruals",
      ...outcome,
      outcome: outcome.replayed ? "replayed" : outcome.outcome,
      delta_points: ledger,
      duration_ms: performance.now() - began,
    });
    // The queue tries again, later each time.
    if (outcome.outcome === "pending") throw new JobFailure("AWARD_PENDING");
    notifier.changed(Number(ticket.split(".", 1)[0]));
  };
}

function readPayload(payload: RecoverAccruals): RecoverAccruals {
  const { ticket, rating_slip_id, correlation_id } = payload;
  for (const field of [ticket, rating_slip_id, correlation_id]) {
    if (typeof field !== "string") throw new Error("The payload needs ticket, rating_slip_id and correlation_id.");
  }
  return { ticket, rating_slip_id, correlation_id };
}

function missing(): never {
  throw new Error("loyalty.recover_accrual_job gave no row.");
}
