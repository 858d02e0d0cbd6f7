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
 * whole cluster), so whoever called the writing function notifies afterwards: at once, and then at
 * most once in `every` milliseconds per topic and casino. A thousand awards a second are ten
 * notifications, the last of them after the last award.
 */
export function makeNotifier(pool: Pool, log: Log, every = 100): Notifier {
  const resting = new Map<string, Rest>();
  const sending = new Set<Promise<void>>();

  function send(channel: string): void {
    const sent = pool
      .query("select pg_notify($1, '{}')", [channel])
      .then(() => undefined)
      .catch((error: Error) => log.warn({ event: "notify.failed", channel, reason: error.message }))
      .finally(() => sending.delete(sent));
    sending.add(sent);
    resting.set(channel, { timer: setTimeout(rested, every, channel), missed: false });
  }

  function rested(channel: string): void {
    const missed = resting.get(channel)?.missed;
    resting.delete(channel);
    if (missed) send(channel);
  }

  return {
    changed(casinoId, which = topics) {
      for (const topic of which) {
        const channel = channelOf(topic, casinoId);
        const rest = resting.get(channel);
        if (rest) rest.missed = true;
        else send(channel);
      }
    },
    async stop() {
      for (const channel of [...resting.keys()]) {
        clearTimeout(resting.get(channel)?.timer);
        rested(channel);
      }
      for (const { timer } of resting.values()) clearTimeout(timer);
      await Promise.all(sending);
    },
  };
}

/** The time after a notification in which there is no other. */
interface Rest {
  readonly timer: NodeJS.Timeout;
  /** Something changed meanwhile, and nobody has been told. */
  missed: boolean;
}
