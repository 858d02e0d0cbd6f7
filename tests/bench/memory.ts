import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/** In megabytes; undefined where the server runs elsewhere, or its system doesn't tell. */
export interface ServerMemory {
  /** The most that one process has held, its share of the buffers included. */
  readonly largest: number | undefined;
  /** The most that all processes held at one moment, the buffers counted once. */
  readonly together: number | undefined;
}

/**
 * Looks from time to time at what the server's processes for this database hold: connections and the
 * parallel workers of their queries, but for the connection that asks.
 */
export function watchServerMemory(client: pg.Client, milliseconds = 200): { stop(): Promise<ServerMemory> } {
  const stopping = new AbortController();
  let largest = 0;
  let together = 0;

  async function look(): Promise<void> {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    let own = 0;
    let shared = 0;
    for (const { pid } of rows) {
      const held = heldBy(pid);
      if (!held) continue;
      largest = Math.max(largest, held.peak);
      own += held.own;
      shared = Math.max(shared, held.shared);
    }
    together = Math.max(together, own + shared);
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const watching = watch();
  watching.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await watching;
      return { largest: megabytes(largest), together: megabytes(together) };
    },
  };
}

/** In kilobytes; undefined when the process is gone. */
function heldBy(pid: number): { peak: number; own: number; shared: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
    return { peak: read("VmHWM"), own: read("RssAnon"), shared: read("RssShmem") };
  } catch {
    return undefined;
  }
}

function megabytes(kilobytes: number): number | undefined {
  return kilobytes === 0 ? undefined : Math.round(kilobytes / 1_024);
}
