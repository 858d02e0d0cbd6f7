import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test.each<Theme>([
  "dark",
  "light",
])("compact shows more at once, stays on the device, and is undone (%s)", async (theme) => {
  const boss = await desk.house.hire("pit_boss");
  await seatedPlayer(boss, theme === "dark" ? "BJ-01" : "BJ-02", 1, 60);
  const page = await desk.sitDown(boss, { theme });
  await page.goto("/board");
  await page.locator("[data-slip]").first().waitFor();
  const roomy = await heights(page);
  expect(roomy.target, "for a thumb").toBeGreaterThanOrEqual(44);

  await page.getByRole("button", { name: "Density: comfortable. Switch to compact" }).press("Enter");
  const switched = page.getByRole("button", { name: "Density: compact. Switch to comfortable" });
  await switched.and(page.locator(":focus")).waitFor();
  const compact = await heights(page);
  expect(compact.slip).toBeLessThan(roomy.slip);
  expect(compact.card).toBeLessThan(roomy.card);
  expect(compact.target, "a mouse hits it, and WCAG 2.2 would be content").toBeGreaterThanOrEqual(24);
  await check(page, "compact board");

  await page.reload();
  await page.locator("[data-slip]").first().waitFor();
  expect(await page.locator("html").getAttribute("data-density")).toBe("compact");
  expect(await heights(page)).toEqual(compact);
  await switched.click();
  expect(await heights(page)).toEqual(roomy);
  await page.reload();
  await page.locator("[data-slip]").first().waitFor();
  expect(await page.locator("html").getAttribute("data-density")).toBeNull();
});

async function heights(page: Page): Promise<{ slip: number; card: number; target: number }> {
  await page.locator("[data-slip]").getByText("theo win").first().waitFor();
  const of = async (selector: string) => (await page.locator(selector).first().boundingBox())?.height ?? 0;
  return { slip: await of("[data-slip]"), card: await of("article"), target: await of("[data-free-seat]") };
}
