import type { Task } from "graphile-worker";
import { correlationId } from "../../../graphql/correlation.ts";
import { reportLoyalty } from "../../../graphql/telemetry.ts";
import type { WorkerServices } from "../../services.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "loyalty/expire_points": ExpirePoints;
    }
  }
}

/** Queued by ops.queue_recurring_job, once per casino. */
export interface ExpirePoints {
  /** "<casino id>.<secret>": opens this one task for this one casino. */
  readonly ticket: string;
  readonly correlation_id: string;
}

interface Batch {
  readonly cut_off: string | null;
  readonly finished: boolean;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly event_type: string;
  readonly player_id: string;
  readonly points_change: string;
  readonly transaction_type: string;
  readonly tier_before: string;
  readonly tier_after: string;
  readonly balance_before: string;
  readonly balance_after: string;
  readonly correlation_id: string;
}

const command = "loyalty/expire_points";

/**
 * Expires what is too old, a batch of players in each transaction, until the gaming day's run is
 * finished. A run is finished once: the job comes every hour, because gaming days begin at another
 * hour at each casino, and finds nothing to do the rest of the day. A job that was interrupted goes
 * on where it was.
 */
export function makeExpirePoints({ notifier, ...reporter }: WorkerServices): Task<"loyalty/expire_points"> {
  return async (payload, helpers) => {
    const { ticket, correlation_id } = readPayload(payload);
    const casinoId = Number(ticket.split(".", 1)[0]);

    async function nextBatch(): Promise<Batch> {
      return helpers.withPgClient(async (client) => {
        await client.query("begin");
        try {
          await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
          const { rows } = await client.query<Batch>(
            `select (b).cut_off::text, (b).finished, (
              select coalesce(json_agg(json_build_object(
                'event_type', e.event_type, 'player_id', e.player_id, 'points_change', e.points_change::text,
                'transaction_type', e.transaction_type, 'tier_before', e.tier_before, 'tier_after', e.tier_after,
                'balance_before', e.balance_before::text, 'balance_after', e.balance_after::text,
                'correlation_id', e.correlation_id
              )), '[]')
              from unnest((b).ledger_entries) as e
            ) as entries
            from (select loyalty.expire_points_job($1) as b offset 0) as job`,
            [ticket],
          );
          await client.query("commit");
          return rows[0] ?? missing();
        } catch (thrown) {
          await client.query("rollback");
          throw thrown;
        }
      });
    }

    for (let finished = false; !finished; ) {
      const began = performance.now();
      const batch = await nextBatch();
      const duration_ms = performance.now() - began;
      finished = batch.finished;
      for (const { points_change, ...entry } of batch.entries) {
        reportLoyalty(reporter, { command, ...entry, delta_points: points_change, outcome: "expired", duration_ms });
      }
      if (batch.entries.length > 0) notifier.changed(casinoId);
    }
  };
}

function readPayload(payload: ExpirePoints): ExpirePoints {
  const { ticket, correlation_id } = payload;
  for (const field of [ticket, correlation_id]) {
    if (typeof field !== "string") throw new Error("The payload needs ticket and correlation_id.");
  }
  return { ticket, correlation_id };
}

function missing(): never {
  throw new Error("loyalty.expire_points_job gave no row.");
}
