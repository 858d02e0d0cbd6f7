import type { Pool } from "pg";
import type { Log } from "./log.ts";

/** The channel on which a casino's boards hear that something changed. */
export function boardChannel(casinoId: number): string {
  return `pit:board:${casinoId}`;
}

/** Tells the boards of a casino that something changed, after the change was committed. */
export interface BoardNotifier {
  changed(casinoId: number): void;
  /** Sends what is still waiting and stops. */
  stop(): Promise<void>;
}

/**
 * `pg_notify` inside a writing transaction halves the throughput (its commit takes a lock on the
 * whole cluster), so whoever called the writing function notifies afterwards, and at most once in
 * `every` milliseconds per casino: a thousand awards a second are ten notifications.
 */
export function makeBoardNotifier(pool: Pool, log: Log, every = 100): BoardNotifier {
  const waiting = new Map<number, NodeJS.Timeout>();
  const sending = new Set<Promise<void>>();

  function send(casinoId: number): void {
    waiting.delete(casinoId);
    const sent = pool
      .query("select pg_notify($1, '{}')", [boardChannel(casinoId)])
      .then(() => undefined)
      .catch((error: Error) => log.warn({ event: "board.notify_failed", casinoId, reason: error.message }))
      .finally(() => sending.delete(sent));
    sending.add(sent);
  }

  return {
    changed(casinoId) {
      if (waiting.has(casinoId)) return;
      waiting.set(casinoId, setTimeout(send, every, casinoId));
    },
    async stop() {
      for (const [casinoId, timer] of waiting) {
        clearTimeout(timer);
        send(casinoId);
      }
      await Promise.all(sending);
    },
  };
}
