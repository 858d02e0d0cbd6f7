import type { Task } from "graphile-worker";
import { correlationId } from "../../../graphql/correlation.ts";
import type { WorkerServices } from "../../services.ts";
import { casinoOf, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/seal_ledger": Ticket;
    }
  }
}

interface Seal {
  readonly gaming_day: string;
  readonly entries: string;
  readonly seal: string;
  readonly replayed: boolean;
}

/**
 * Seals the last gaming day that is over. The job comes every hour, because gaming days end at
 * another hour at each casino, and finds the seal there for the rest of the day. Its line in the log
 * is a copy of the seal outside of the database.
 */
export function makeSealLedger({ log }: WorkerServices): Task<"ops/seal_ledger"> {
  return async (payload, helpers) => {
    const { ticket, correlation_id } = readTicket(payload);
    const sealed = await helpers.withPgClient(async (client) => {
      await client.query("begin");
      try {
        await client.query("select set_config('pit.correlation_id', $1, true)", [correlationId(correlation_id)]);
        const { rows } = await client.query<Seal>(
          `select ((s).ledger_seal).gaming_day::text, ((s).ledger_seal).entries::text,
            encode(((s).ledger_seal).seal, 'hex') as seal, (s).replayed
          from (select ops.seal_ledger_job($1) as s offset 0) as job`,
          [ticket],
        );
        await client.query("commit");
        return rows[0];
      } catch (thrown) {
        await client.query("rollback");
        throw thrown;
      }
    });
    if (!sealed || sealed.replayed) return;
    const { gaming_day, entries, seal } = sealed;
    log.info({
      event: "ops.ledger_sealed",
      casino_id: casinoOf({ ticket, correlation_id }),
      gaming_day,
      entries: Number(entries),
      seal,
      correlation_id,
    });
  };
}
