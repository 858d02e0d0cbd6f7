import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { openDesk, slipOf } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a lost connection shows at once and heals without a reload, with all that happened meanwhile", async () => {
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.evaluate("window.neverReloaded = true");

  await page.context().setOffline(true);
  await page.getByText("Connection lost, reconnecting…").waitFor({ timeout: 2_000 });
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 4);
  await page.waitForTimeout(500);
  expect(await slipOf(page, player.name).count()).toBe(0);
  await check(page, "connection lost");

  await page.context().setOffline(false);
  await page.getByText("Connected again").waitFor({ timeout: 10_000 });
  await slipOf(page, player.name).waitFor();
  await page.getByText("Live", { exact: true }).waitFor({ timeout: 8_000 });
  expect(await page.evaluate("window.neverReloaded")).toBe(true);
});
