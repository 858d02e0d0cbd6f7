import type { Pool } from "pg";
import type { Log } from "../log.ts";
import type { Figure, Metrics } from "./metrics.ts";

/** Milliseconds for which the database isn't asked again, however many scrape. */
const remembered = 5_000;
const patience = 4_000;

/** What only the database knows: asked when somebody scrapes, and seldom. */
export function watchDatabase(metrics: Metrics, pool: Pool, log: Log, remember = remembered): void {
  let asked: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    try {
      const answer = pool.query<Figure>({ name: "metrics", text: "select name, labels, value from ops.metrics()" });
      const { rows } = await withinTime(answer);
      metrics.setFigures(rows);
    } catch (thrown) {
      metrics.setFigures(undefined);
      askedAt = Number.NEGATIVE_INFINITY;
      log.warn({ event: "metrics.database_unread", reason: thrown instanceof Error ? thrown.message : undefined });
    }
  }

  metrics.beforeScrape(() => {
    if (performance.now() - askedAt < remember && asked) return asked;
    askedAt = performance.now();
    asked = ask();
    return asked;
  });
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The database took too long.")), patience);
  });
  answer.catch(() => undefined);
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
