import { expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

test("a chart's tip comes with the pointer, goes with Escape, and comes again when the pointer does", async () => {
  const boss = await desk.house.hire("pit_boss");
  const { playerId } = await newPlayer(boss);
  await send(boss, "manualReward", { playerId, points: "900", reason: "For the chart", idempotencyKey: newKey() });
  const page = await desk.sitDown("auditor");
  await page.goto("/liability");
  const surface = page.locator(".recharts-wrapper").first();
  const tip = page.locator(".recharts-tooltip-wrapper").first().getByText("Bronze");
  await surface.hover();
  await surface.hover({ position: { x: 300, y: 120 } });
  await tip.waitFor();
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await page.mouse.move(5, 5);
  await page.locator("[data-tip=shown]").first().waitFor();
  await page.waitForTimeout(300); // The chart follows the pointer a little later.
  await surface.hover();
  await surface.hover({ position: { x: 300, y: 120 } });
  await tip.waitFor();
});

test("a correlation id's tip is there for the focus, the pointer may enter it, and Escape closes it", async () => {
  const boss = await desk.house.hire("pit_boss");
  const { playerId } = await newPlayer(boss);
  await send(boss, "manualReward", { playerId, points: "90", reason: "For its id", idempotencyKey: newKey() });
  const page = await desk.sitDown(boss);
  await page.goto(`/players/${playerId}`);
  const button = page.getByRole("button", { name: /^Correlation id/ }).first();
  await button.waitFor();
  await page.mouse.move(5, 5);
  await page.mouse.move(9, 9);
  await button.hover();
  const tip = page.getByRole("tooltip");
  await tip.waitFor();
  await tip.hover();
  await page.waitForTimeout(700);
  expect(await tip.isVisible(), "the pointer is on it").toBe(true);
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await button.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await tip.waitFor();
});
