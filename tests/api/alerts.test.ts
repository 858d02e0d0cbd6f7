import { afterAll, beforeAll, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { enroll, send, tablesOf } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// The job that looks for alerts, from the worker's clock to the reviewer's queue.

const patient = { timeout: 40_000 };

let house: House;
let cashier: Client;
let officer: Client;
beforeAll(async () => {
  house = await openHouse();
  await house.work();
  cashier = await house.as("cashier");
  officer = await house.as("compliance_officer");
});
afterAll(() => house.close());

interface Alert {
  readonly alertId: string;
  readonly rule: string;
  readonly amount: string;
  readonly resolvedAt: string | null;
}

async function alertsOf(client: Client): Promise<readonly Alert[]> {
  const { complianceAlerts } = await client.get<{ complianceAlerts: { nodes: Alert[] } }>(
    "{ complianceAlerts(first: 9) { nodes { alertId rule amount resolvedAt } } }",
  );
  return complianceAlerts.nodes;
}

/** Two people buy in together, one of them cashes in: the rule that needs a single day. */
async function combinedBuyers(): Promise<void> {
  const [tableId] = await tablesOf(cashier);
  const boss = await house.as("pit_boss");
  const players = [await enroll(boss), await enroll(boss)];
  const record = (input: Record<string, unknown>) =>
    send(cashier, "recordMtlEntry", { tender: "currency", idempotencyKey: newKey(), ...input });
  for (const playerId of players) {
    await record({ playerId, direction: "in", kind: "chip_purchase", area: "pit", amount: "5000", tableId });
  }
  await record({
    playerId: players[0],
    direction: "out",
    kind: "chip_redemption",
    area: "cage",
    amount: "10000.01",
  });
}

/** What the crontab does every five minutes. */
const ring = (task: string) =>
  house.sql("select graphile_worker.add_job('ops/queue_recurring_job', $1)", [JSON.stringify({ task })]);

test("the crontab rings every five minutes", async () => {
  await expect
    .poll(() => house.sql("select identifier from graphile_worker._private_known_crontabs"), patient)
    .toContainEqual({ identifier: "evaluate-alerts" });
});

test("the worker raises an alert once, for its own casino, and a reviewer closes it", async () => {
  await combinedBuyers();
  expect(await alertsOf(officer)).toEqual([]);
  await ring("compliance/evaluate_alerts");
  await expect.poll(() => alertsOf(officer), patient).toHaveLength(1);
  const [alert] = await alertsOf(officer);
  expect(alert).toMatchObject({ rule: "combined_buyers", amount: "10000.01", resolvedAt: null });
  await expect
    .poll(() => house.log.filter(({ event }) => event === "compliance.alerts_raised"), patient)
    .toMatchObject([{ raised: 1, duration_ms: expect.any(Number) }]);

  await ring("compliance/evaluate_alerts");
  await expect
    .poll(() => house.sql("select from graphile_worker._private_jobs where key like 'pit:compliance/%'"), patient)
    .toEqual([]);
  expect(await alertsOf(officer)).toHaveLength(1);
  expect(await alertsOf(await house.as("compliance_officer", "TWO"))).toEqual([]);
  expect(await alertsOf(cashier)).toEqual([]);

  const resolve = () =>
    officer.get<{ resolveAlert: { alertResult: { replayed: boolean } } }>(
      `mutation ($id: UUID!) {
        resolveAlert(input: { alertId: $id, note: "A couple; both identified." }) { alertResult { replayed } }
      }`,
      { id: alert?.alertId },
    );
  expect((await resolve()).resolveAlert.alertResult.replayed).toBe(false);
  expect((await resolve()).resolveAlert.alertResult.replayed).toBe(true);
  expect((await alertsOf(officer))[0]?.resolvedAt).toBeTruthy();
});

test("what doesn't recur isn't queued, and no line of the log holds a ticket", async () => {
  await ring("loyalty/recover_accruals");
  await expect
    .poll(() => house.sql("select last_error from graphile_worker._private_jobs where attempts > 0"), patient)
    .toEqual([{ last_error: "OPTKT" }]);
  const tickets = await house.sql("select distinct task from identity.session where kind = 'job'");
  expect(tickets).toEqual([{ task: "compliance/evaluate_alerts" }]);
  expect(JSON.stringify(house.log)).not.toMatch(/\d\.[0-9a-f]{64}/);
});
