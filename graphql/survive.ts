import type { Pool } from "pg";
import type { Log } from "./log.ts";

/**
 * A connection that breaks, idle or in use, is replaced by the pool, and whoever was using it gets
 * an error. It also emits an event, which would end the process if nobody listened.
 */
export function survive(pool: Pool, log: Log): void {
  const note = (error: Error) => log.warn({ event: "database.connection_lost", reason: error.message });
  pool.on("error", note);
  pool.on("connect", (client) => {
    client.on("error", note);
  });
}
