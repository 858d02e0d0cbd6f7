import type { Task } from "graphile-worker";
import { correlationId } from "../../../graphql/correlation.ts";
import { reportLoyaltyBatch } from "../../../graphql/telemetry.ts";
import type { WorkerServices } from "../../services.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/advance_import": AdvanceImport;
    }
  }
}

/** Queued when the rows of an import are staged, or when one is to be rolled back. */
export interface AdvanceImport {
  /** "<casino id>.<secret>": opens this one task for this one casino. */
  readonly ticket: string;
  readonly import_batch_id: string;
  readonly correlation_id: string;
}

interface Progress {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Takes an import further, step by step, until nothing is left: each step is a transaction, which
 * knows where the last one ended. So it doesn't matter how often the job is killed, or that the
 * command line does the same at the same time.
 */
export function makeAdvanceImport({ notifier, ...reporter }: WorkerServices): Task<"ops/advance_import"> {
  return async (payload, helpers) => {
    const { ticket, import_batch_id, correlation_id } = payload;
    const began = performance.now();
    let progress: Progress | undefined;
    do {
      helpers.abortSignal?.throwIfAborted();
      progress = await helpers.withPgClient(async (client) => {
        await client.query("begin");
        try {
          await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
          const { rows } = await client.query<Progress>(
            `select state, json_build_object(
              'players_enrolled', players_enrolled, 'posted', posted, 'replayed', replayed,
              'skipped', skipped, 'undone', undone
            ) as counts
            from ops.advance_import_job($1, $2)`,
            [ticket, import_batch_id],
          );
          await client.query("commit");
          return rows[0];
        } catch (thrown) {
          await client.query("rollback");
          throw thrown;
        }
      });
    } while (progress?.state === "posting" || progress?.state === "undoing");
    reporter.log.info({ event: "import.through", import_batch_id, state: progress?.state, correlation_id });
    reportLoyaltyBatch(reporter, {
      command: "ops/advance_import",
      correlation_id,
      outcome: progress?.state ?? "unknown",
      counts: progress?.counts ?? {},
      duration_ms: performance.now() - began,
    });
    notifier.changed(Number(ticket.split(".", 1)[0]));
  };
}
