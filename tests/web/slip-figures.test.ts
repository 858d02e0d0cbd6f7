import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { ago, send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { drawer, openDesk, slipOf } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a pause says how long it lasts, and the drawer what the play amounts to so far", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-01", 7, 60);
  const [slip] = await desk.house.sql<{ id: string }>(
    "select rating_slip_id as id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  const ratingSlipId = slip?.id;
  await send(boss, "pauseRatingSlip", { ratingSlipId, idempotencyKey: newKey(), occurredAt: ago(12) });
  await send(boss, "recordBet", { ratingSlipId, averageBet: "150", idempotencyKey: newKey(), occurredAt: ago(2) });
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  const panel = drawer(page);
  await fact(panel, "Paused for")
    .filter({ hasText: /0:12:\d\d/ })
    .waitFor();
  const first = await fact(panel, "Paused for").innerText();
  await expect
    .poll(() => fact(panel, "Paused for").innerText(), { message: "it goes on", timeout: 5_000 })
    .not.toBe(first);
  await fact(panel, "Time played").filter({ hasText: "0:48:00" }).waitFor();
  await fact(panel, "Average bet").filter({ hasText: "$100.00" }).waitFor();
  // 48 minutes of $100 at 2.7 % and 60 decisions an hour.
  await fact(panel, "Theoretical win").filter({ hasText: "$129.60" }).waitFor();
  await slipOf(page, player.name).getByText("paused, time played", { exact: true }).waitFor();
  await check(page, "a paused slip");

  await panel.getByRole("button", { name: "Resume" }).click();
  await fact(panel, "Time in").waitFor();
  expect(await fact(panel, "Paused for").count()).toBe(0);
});

/** A figure with its label. */
function fact(panel: Locator, label: string): Locator {
  return panel.locator("dl > div").filter({ has: panel.page().locator("dt").getByText(label, { exact: true }) });
}
