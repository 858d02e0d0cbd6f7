import type { Task } from "graphile-worker";
import { correlationId } from "../../../graphql/correlation.ts";
import type { WorkerServices } from "../../services.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "compliance/evaluate_alerts": EvaluateAlerts;
    }
  }
}

/** Queued by ops.queue_recurring_job, once per casino. */
export interface EvaluateAlerts {
  /** "<casino id>.<secret>": opens this one task for this one casino. */
  readonly ticket: string;
  readonly correlation_id: string;
}

/**
 * Looks for the patterns that a reviewer should see. An alert is found once, whoever asks and
 * however often, so it doesn't matter when a job runs twice; what is new tells the screens.
 */
export function makeEvaluateAlerts({ log, notifier }: WorkerServices): Task<"compliance/evaluate_alerts"> {
  return async (payload, helpers) => {
    const { ticket, correlation_id } = readPayload(payload);
    const began = performance.now();

    const raised = await helpers.withPgClient(async (client) => {
      await client.query("begin");
      try {
        await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
        const { rows } = await client.query<{ raised: number }>(
          "select (e).raised from (select compliance.evaluate_alerts_job($1) as e offset 0) as job",
          [ticket],
        );
        await client.query("commit");
        return rows[0]?.raised ?? 0;
      } catch (thrown) {
        await client.query("rollback");
        throw thrown;
      }
    });

    if (raised === 0) return;
    log.info({
      event: "compliance.alerts_raised",
      raised,
      correlation_id,
      duration_ms: Math.round(performance.now() - began),
    });
    notifier.changed(Number(ticket.split(".", 1)[0]), ["compliance"]);
  };
}

function readPayload(payload: EvaluateAlerts): EvaluateAlerts {
  const { ticket, correlation_id } = payload;
  for (const field of [ticket, correlation_id]) {
    if (typeof field !== "string") throw new Error("The payload needs ticket and correlation_id.");
  }
  return { ticket, correlation_id };
}
