import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { enroll, nextSeat, playFor, reward } from "./support/floor.ts";
import { type House, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

const query = "subscription { complianceChanged { query { patronDays(first: 10) { nodes { cashIn badgeIn } } } } }";

interface Event {
  readonly data?: { complianceChanged: { query: { patronDays: { nodes: unknown[] } } } } | null;
}

/** Collects what a person watching compliance is told. */
async function watch(client: Client): Promise<{ told: unknown[][]; stop: () => void }> {
  const told: unknown[][] = [];
  const socket = client.socket();
  socket.subscribe(
    { query },
    {
      next: (event) => told.push((event as Event).data?.complianceChanged.query.patronDays.nodes ?? []),
      error: () => undefined,
      complete: () => undefined,
    },
  );
  await until(() => told.length === 1);
  return { told, stop: () => void socket.dispose() };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("It didn't happen in time.");
    await sleep(10);
  }
}

function recordCash(client: Client, playerId: string): Promise<unknown> {
  return client.get(
    "mutation ($input: RecordMtlEntryInput!) { recordMtlEntry(input: $input) { mtlResult { replayed } } }",
    {
      input: {
        playerId,
        direction: "in",
        kind: "chip_purchase",
        area: "cage",
        tender: "currency",
        amount: "9500",
        idempotencyKey: randomUUID(),
      },
    },
  );
}

test("whoever reviews is told of cash with its badges, and of nothing that moves no cash", async () => {
  const player = await enroll(boss);
  await sleep(300); // what enrolling told others is over
  const [officer, cashier, elsewhere] = await Promise.all([
    house.as("compliance_officer").then(watch),
    house.as("cashier").then(watch),
    house.as("compliance_officer", "TWO").then(watch),
  ]);
  await playFor(5, boss, await nextSeat(boss, house), player);
  await reward(boss, player);
  await sleep(400);
  expect(officer.told, "a slip and a reward are no events").toEqual([[]]);

  await recordCash(boss, player);
  await until(() => officer.told.length > 1);
  expect(officer.told.at(-1)).toEqual([{ cashIn: "9500.00", badgeIn: "near" }]);
  await until(() => cashier.told.length > 1);
  expect(cashier.told.at(-1), "no totals without mtl:review").toEqual([]);
  expect(elsewhere.told, "another casino").toEqual([[]]);
  for (const { stop } of [officer, cashier, elsewhere]) stop();
});
