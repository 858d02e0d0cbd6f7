import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { openCashEntry } from "./support/cash.ts";
import { drawer, openDesk, slipOf } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

/** Every shortcut that the eye sees is said by what it is beside or in. */
async function said(within: Locator): Promise<{ seen: string[]; said: string[] }> {
  const letters = (texts: string[]) => [...new Set(texts)].sort();
  const seen = (await within.locator("kbd").allInnerTexts()).map((text) => text.replace(/^(Alt|⌥)\s*/, ""));
  const shortcuts = within.locator("[aria-keyshortcuts]");
  const names = await shortcuts.evaluateAll((all) => all.map((each) => each.getAttribute("aria-keyshortcuts") ?? ""));
  return { seen: letters(seen), said: letters(names.map((name) => name.replace("Alt+", ""))) };
}

test("shortcuts of a slip and of cash entry are said by what they reach", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 2, 5);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Pause" }).waitFor();
  const ofSlip = await said(drawer(page));
  expect(ofSlip.seen).toEqual(["B", "C", "K", "M", "P", "R"]);
  expect(ofSlip.said).toEqual(ofSlip.seen);

  const cashier = await desk.sitDown("cashier");
  await openCashEntry(cashier);
  const ofEntry = await said(cashier.getByRole("main"));
  expect(ofEntry.seen).toEqual(["A", "B", "E", "I", "K", "N", "O", "P", "U"]);
  expect(ofEntry.said).toEqual(ofEntry.seen);
});
