import type { Pool } from "pg";
import type { Log } from "./log.ts";

/** What screens watch: the pit board, and what compliance shows. */
export type Topic = "board" | "compliance";

const topics: readonly Topic[] = ["board", "compliance"];

/** The channel on which a casino's screens hear that something changed. */
export function channelOf(topic: Topic, casinoId: number): string {
  return `pit:${topic}:${casinoId}`;
}

/** Tells the screens of a casino that something changed, after the change was committed. */
export interface Notifier {
  /** All of them, unless it is known that the change concerns fewer. */
  changed(casinoId: number, which?: readonly Topic[]): void;
  /** Sends what is still waiting and stops. */
  stop(): Promise<void>;
}

/**
 * `pg_notify` inside a writing transaction halves the throughput (its commit takes a lock on the
 * whole cluster), so whoever called the writing function notifies afterwards: when their own answer
 * is on its way, which matters more than everybody's screens, and then at most once in `every`
 * milliseconds per topic and casino. A thousand awards a second are ten notifications.
 */
export function makeNotifier(pool: Pool, log: Log, { soon = 25, every = 100 } = {}): Notifier {
  const waiting = new Map<string, NodeJS.Timeout>();
  const resting = new Map<string, number>();
  const sending = new Set<Promise<void>>();

  function send(channel: string): void {
    waiting.delete(channel);
    resting.set(channel, performance.now() + every);
    const sent = pool
      .query("select pg_notify($1, '{}')", [channel])
      .then(() => undefined)
      .catch((error: Error) => log.warn({ event: "notify.failed", channel, reason: error.message }))
      .finally(() => sending.delete(sent));
    sending.add(sent);
  }

  return {
    changed(casinoId, which = topics) {
      for (const topic of which) {
        const channel = channelOf(topic, casinoId);
        if (waiting.has(channel)) continue;
        const rest = (resting.get(channel) ?? 0) - performance.now();
        waiting.set(channel, setTimeout(send, Math.max(soon, rest), channel));
      }
    },
    async stop() {
      for (const [channel, timer] of waiting) {
        clearTimeout(timer);
        send(channel);
      }
      await Promise.all(sending);
    },
  };
}
