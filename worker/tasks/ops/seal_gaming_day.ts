import type { Task } from "graphile-worker";
import type { WorkerServices } from "../../services.ts";
import { callWith, casinoOf, readTicket, type Ticket } from "../../ticket.ts";

declare global {
  namespace GraphileWorker {
    interface Tasks {
      "ops/seal_gaming_day": Ticket;
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
export function makeSealGamingDay({ log }: WorkerServices): Task<"ops/seal_gaming_day"> {
  return async (payload, helpers) => {
    const ticket = readTicket(payload);
    const [sealed] = await callWith<Seal>(
      helpers,
      ticket,
      `select ((s).ledger_seal).gaming_day::text, ((s).ledger_seal).entries::text,
        encode(((s).ledger_seal).seal, 'hex') as seal, (s).replayed
      from (select ops.seal_ledger_job($1) as s offset 0) as job`,
    );
    if (!sealed || sealed.replayed) return;
    const { gaming_day, entries, seal } = sealed;
    log.info({
      event: "ops.ledger_sealed",
      casino_id: casinoOf(ticket),
      gaming_day,
      entries: Number(entries),
      seal,
      correlation_id: ticket.correlation_id,
    });
  };
}
