import type { Pool } from "pg";
import type { Metrics } from "./metrics.ts";

/** How the pools stand when somebody asks. */
export function watchPools(metrics: Metrics, pools: Record<string, Pool>): void {
  metrics.beforeScrape(() => {
    for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
      metrics.set("pool_connections", { pool, state: "total" }, totalCount);
      metrics.set("pool_connections", { pool, state: "idle" }, idleCount);
      metrics.set("pool_connections", { pool, state: "waiting" }, waitingCount);
    }
  });
}
