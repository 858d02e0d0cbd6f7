import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { nextSeat, playFor } from "./support/floor.ts";
import { openHouse } from "./support/house.ts";

test("a board that has been watched for longer than one operation may take still gets its changes", async () => {
  const house = await openHouse({ executionTimeout: 400 });
  try {
    const boss = await house.as("pit_boss");
    const query = `subscription { pitBoardChanged { query {
      ratingSlips(first: 100) { nodes { ratingSlipId player { lastName } } } } } }`;
    const events: unknown[] = [];
    const socket = boss.socket();
    socket.subscribe({ query }, { next: (event) => events.push(event), error: () => {}, complete: () => {} });
    while (events.length === 0) await sleep(20);
    await sleep(800);
    for (let round = 0; round < 3; round += 1) {
      const slip = await playFor(0, boss, await nextSeat(boss, house));
      const before = events.length;
      while (events.length === before) await sleep(20);
      expect(events.at(-1)).not.toHaveProperty("errors");
      expect(JSON.stringify(events.at(-1))).toContain(slip.ratingSlipId);
      await sleep(200);
    }
    await socket.dispose();
  } finally {
    await house.close();
  }
});
