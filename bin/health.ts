import pg from "pg";
import { connectionOf } from "./lib/connect.ts";
import { portOf, workerPortOf } from "./lib/run.ts";
import { Sentence } from "./lib/sentence.ts";
import { Undo } from "./lib/undo.ts";

/** `node bin/pitledger.js health server|worker`: for a container's health check; exit 0 when well. */
export async function main([part]: string[]): Promise<number> {
  if (part === "server") return isReady(portOf());
  if (part === "worker") return workerIsWell();
  throw new Sentence('Say whose health: "server" or "worker".');
}

async function isReady(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
  console.log(await response.text());
  return response.ok ? 0 : 1;
}

/**
 * Asked at its own port when it has one; otherwise a living worker's connections show in the
 * server's list, which every login sees for itself.
 */
async function workerIsWell(): Promise<number> {
  const port = workerPortOf();
  if (port !== undefined) return isReady(port);
  const undo = new Undo();
  const client = new pg.Client({ connectionString: await connectionOf("worker", undo, () => undefined) });
  try {
    await client.connect();
    const { rowCount } = await client.query(
      "select from pg_stat_activity where application_name = 'pitledger worker' and datname = current_database()",
    );
    console.log(rowCount ? "ok" : "no worker is connected");
    return rowCount ? 0 : 1;
  } finally {
    await client.end();
    await undo.all();
  }
}
