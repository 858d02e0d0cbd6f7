import { afterAll, beforeAll, expect, test } from "vitest";
import { type House, openHouse } from "./support/house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function ask(path: string, url = house.url): Promise<[number, Record<string, unknown>]> {
  const response = await fetch(`${url}${path}`);
  return [response.status, (await response.json()) as Record<string, unknown>];
}

test("/healthz says that the process lives, and asks nobody else", async () => {
  expect(await ask("/healthz")).toEqual([200, { status: "ok" }]);
});

test("/readyz says what it has checked, and whether a worker is there", async () => {
  const checks = { database: "ok", schema: "ok", pool: "ok", worker: "absent" };
  expect(await ask("/readyz")).toEqual([200, { status: "ready", checks }]);
  const worker = await house.work({ metricsPort: 0 });
  expect(await ask("/readyz")).toEqual([200, { status: "ready", checks: { ...checks, worker: "present" } }]);
  expect(await ask("/healthz", worker)).toEqual([200, { status: "ok" }]);
  const own = { database: "ok", schema: "ok", queue: "ok" };
  expect(await ask("/readyz", worker)).toEqual([200, { status: "ready", checks: own }]);
  expect((await fetch(`${worker}/elsewhere`)).status).toBe(404);
});

test("/readyz names the migration that this build waits for", async () => {
  const [last] = await house.sql<{ filename: string }>(
    "select filename from graphile_migrate.migrations order by filename desc limit 1",
  );
  await house.sql("update graphile_migrate.migrations set filename = 'x' || filename where filename = $1", [
    last?.filename,
  ]);
  try {
    expect(await ask("/readyz")).toMatchObject([
      503,
      { failed: ["schema"], checks: { schema: `migration ${last?.filename.slice(0, 6)} has not run`, database: "ok" } },
    ]);
  } finally {
    await house.sql("update graphile_migrate.migrations set filename = ltrim(filename, 'x')");
  }
  expect((await ask("/readyz"))[0]).toBe(200);
});

test("/readyz notices within two seconds that every connection is taken, and names the pool", async () => {
  const boss = await house.as("pit_boss");
  await house.sql(`create function ops.nap() returns boolean language plpgsql volatile as $$
    begin perform pg_sleep(6); return true; end $$;
    grant execute on function ops.nap() to pit_staff`);
  const url = await house.serve({ statementTimeout: 10_000, executionTimeout: 30_000 });
  const naps = Array.from({ length: 12 }, () => boss.at(url).ask("mutation { nap(input: {}) { result } }"));
  const napping = () => house.sql("select from pg_stat_activity where query like '%nap%' and wait_event = 'PgSleep'");
  await expect.poll(async () => (await napping()).length, { timeout: 20_000 }).toBe(10);
  const began = performance.now();
  const [status, body] = await ask("/readyz", url);
  expect([status, body.failed, body.status]).toEqual([503, ["pool"], "not ready"]);
  expect(performance.now() - began).toBeLessThan(3_500);
  expect((await ask("/healthz", url))[0]).toBe(200);
  await Promise.all(naps);
  expect((await ask("/readyz", url))[0]).toBe(200);
}, 90_000);
