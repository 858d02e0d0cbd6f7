import type { Pool } from "pg";
import type { Log } from "./log.ts";

/** A refused operation, as the audit log keeps it: who it was follows from the session's claim. */
export interface RefusedOperation {
  readonly session: string;
  /** The command's or query's field, or a route; never an argument. */
  readonly operation: string;
  readonly sqlstate: string;
  readonly correlationId: string;
}

export interface RefusalRecorder {
  record(refused: RefusedOperation): void;
  /** Writes what is still waiting and stops. */
  stop(): Promise<void>;
}

interface Line extends RefusedOperation {
  times: number;
  readonly since: string;
}

export interface RefusalLimits {
  /** Refusals of one session that are written one by one within a window. */
  readonly singly: number;
  readonly windowMs: number;
  /** How many lines wait at most, and how many kinds of refusals are counted at most. */
  readonly waiting: number;
  readonly delayMs: number;
}

const usualLimits: RefusalLimits = { singly: 20, windowMs: 60_000, waiting: 2_000, delayMs: 50 };
const largestBatch = 100;
const retryAfter = 1_000;

/**
 * A refused command's transaction is rolled back with all that it wrote, so the audit log learns of
 * it here: after the answer, from a bounded queue, several in one statement. A session that is
 * refused again and again (a script, a broken client) has its first twenty refusals in a minute
 * written one by one; the others become one row for each operation and code, with their number.
 * What succeeds never comes here.
 */
export function makeRefusalRecorder(pool: Pool, log: Log, limits: RefusalLimits = usualLimits): RefusalRecorder {
  const queue: Line[] = [];
  const counted = new Map<string, Line>();
  const perSession = new Map<string, number>();
  let lost = 0;
  let windowEnds: NodeJS.Timeout | undefined;
  let next: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let stopped = false;

  function record(refused: RefusedOperation): void {
    if (stopped) return;
    windowEnds ??= setTimeout(endWindow, limits.windowMs).unref();
    const already = perSession.get(refused.session) ?? 0;
    perSession.set(refused.session, already + 1);
    const line = { ...refused, times: 1, since: new Date().toISOString() };
    if (already < limits.singly && queue.length < limits.waiting) {
      queue.push(line);
      sendSoon(limits.delayMs);
    } else count(line);
  }

  function count(line: Line): void {
    const kind = `${line.session} ${line.operation} ${line.sqlstate}`;
    const known = counted.get(kind);
    if (known) known.times += line.times;
    else if (counted.size < limits.waiting) counted.set(kind, line);
    else lost += line.times;
  }

  function endWindow(): void {
    windowEnds = undefined;
    perSession.clear();
    queue.push(...counted.values());
    counted.clear();
    if (lost > 0) log.warn({ event: "refusals.lost", number: lost });
    lost = 0;
    if (queue.length > 0) sendSoon(0);
  }

  function sendSoon(delay: number): void {
    if (next || sending) return;
    next = setTimeout(() => {
      next = undefined;
      sending = send().finally(() => {
        sending = undefined;
        if (queue.length > 0 && !stopped) sendSoon(retryAfter);
      });
    }, delay);
  }

  /** Until the queue is empty, or the database can't be reached. */
  async function send(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, largestBatch);
      try {
        await pool.query({
          name: "record_refusals",
          text: `select ops.record_refusal(r.session, r.operation, r.sqlstate, r."correlationId", r.times, r.since)
            from jsonb_to_recordset($1) as r (
              session text, operation text, sqlstate text, "correlationId" text, times integer, since timestamptz
            )`,
          values: [JSON.stringify(batch)],
        });
      } catch (thrown) {
        log.warn({ event: "refusals.failed", waiting: queue.length, reason: String((thrown as Error).message) });
        return;
      }
      queue.splice(0, batch.length);
    }
  }

  return {
    record,
    async stop() {
      stopped = true;
      clearTimeout(windowEnds);
      clearTimeout(next);
      await sending;
      endWindow();
      clearTimeout(next);
      await send();
      if (queue.length > 0) log.warn({ event: "refusals.lost", number: queue.length });
    },
  };
}
