import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "./log.ts";

export interface Ears {
  /** Yields once per notification on the channel, and once whenever some may have been missed. */
  subscribe(channel: string): Promise<Subscriber>;
  stop(): Promise<void>;
}

/** Notifications carry nothing, so those that arrive while nobody looks are one. */
export class Subscriber implements AsyncIterableIterator<void> {
  readonly #onEnd: (subscriber: Subscriber) => void;
  #pending = false;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(onEnd: (subscriber: Subscriber) => void) {
    this.#onEnd = onEnd;
  }

  hear(): void {
    this.#pending = true;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<void>> {
    while (!this.#pending && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#ended) return { done: true, value: undefined };
    this.#pending = false;
    return { done: false, value: undefined };
  }

  async return(): Promise<IteratorResult<void>> {
    if (!this.#ended) {
      this.#ended = true;
      this.#wake?.();
      this.#onEnd(this);
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/**
 * One connection that listens for all subscriptions of this process. When it breaks, it is made
 * again, and every subscriber then hears a notification, because one may have been missed while
 * the line was down; so a board is late after an interruption, never wrong. (PostGraphile's own
 * subscriber ends the subscriptions instead, and yields a first event before LISTEN has run.)
 */
export function makeEars(connectionString: string, log: Log): Ears {
  const channels = new Map<string, Set<Subscriber>>();
  const stopping = new AbortController();
  let connected: Promise<pg.Client> | undefined;
  let current: pg.Client | undefined;
  let lastSent: Promise<void> = Promise.resolve();

  function connect(): Promise<pg.Client> {
    connected ??= (async () => {
      const client = new pg.Client({
        connectionString,
        application_name: "pitledger listener",
        connectionTimeoutMillis: 10_000,
        query_timeout: 10_000,
      });
      client.on("notification", ({ channel }) => hear(channel));
      client.on("error", (error) => lost(client, error));
      try {
        await client.connect();
        for (const channel of channels.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
      } catch (thrown) {
        connected = undefined;
        void client.end().catch(() => undefined);
        throw thrown;
      }
      current = client;
      client.on("end", () => lost(client, new Error("The connection ended.")));
      checkNowAndThen(client);
      return client;
    })();
    return connected;
  }

  /** One statement after the other, in the order in which they were asked for. */
  function send(to: Promise<pg.Client>, command: "listen" | "unlisten" | "select", channel?: string): Promise<void> {
    const sent = lastSent.then(async () => {
      const client = await to;
      await client.query(channel === undefined ? command : `${command} ${client.escapeIdentifier(channel)}`);
    });
    lastSent = sent.catch(() => undefined);
    return sent;
  }

  function hear(channel: string): void {
    for (const subscriber of channels.get(channel) ?? []) subscriber.hear();
  }

  function lost(client: pg.Client, error: Error): void {
    if (stopping.signal.aborted || current !== client) return;
    current = undefined;
    connected = undefined;
    log.warn({ event: "listener.lost", reason: error.message });
    void client.end().catch(() => undefined);
    void reconnect();
  }

  /** A line that went dead without a word is noticed only by asking. */
  function checkNowAndThen(client: pg.Client): void {
    const timer = setInterval(() => {
      if (current !== client || stopping.signal.aborted) clearInterval(timer);
      else send(Promise.resolve(client), "select").catch((error: Error) => lost(client, error));
    }, 20_000).unref();
  }

  async function reconnect(): Promise<void> {
    for (let delay = 100; !stopping.signal.aborted && channels.size > 0; delay = Math.min(delay * 2, 5_000)) {
      try {
        await connect();
        for (const channel of channels.keys()) hear(channel);
        log.info({ event: "listener.recovered" });
        return;
      } catch {
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async subscribe(channel) {
      const subscriber = new Subscriber((ended) => {
        const others = channels.get(channel);
        others?.delete(ended);
        if (others?.size !== 0) return;
        channels.delete(channel);
        if (connected) send(connected, "unlisten", channel).catch(() => undefined);
      });
      const others = channels.get(channel);
      if (others) others.add(subscriber);
      else channels.set(channel, new Set([subscriber]));
      try {
        await send(connect(), "listen", channel);
      } catch (thrown) {
        await subscriber.return();
        throw thrown;
      }
      return subscriber;
    },
    async stop() {
      stopping.abort();
      for (const subscribers of channels.values()) for (const subscriber of subscribers) await subscriber.return();
      const client = await connected?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
