import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { openDesk, slipOf, type Theme } from "./support/client.ts";
import { reportableCash } from "./support/compliance.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

async function openPalette(page: Page, letters: string) {
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Go to" });
  await dialog.locator("input:focus").waitFor();
  await page.keyboard.type(letters);
  return dialog;
}

test("a few letters lead to a player, by name and by card", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss, "Grace");
  const [row] = await desk.house.sql<{ card_no: string }>("select card_no from floor.player where player_id = $1", [
    player.playerId,
  ]);
  const page = await desk.sitDown("floor_supervisor");
  for (const letters of [player.lastName.toLowerCase(), row?.card_no ?? ""]) {
    await page.goto("/board");
    await page.getByRole("heading", { name: "Pit board" }).waitFor();
    const dialog = await openPalette(page, letters);
    await dialog.getByRole("option", { name: player.name }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: player.name }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/players/${player.playerId}`);
  }
});

test("a table is shown and has the focus, and the next stop is at it; going there again does it again", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-03", 4, 5);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/players");
  await page.getByRole("heading", { name: "Players" }).waitFor();
  for (const round of [1, 2]) {
    const dialog = await openPalette(page, "bj-03");
    await dialog.getByRole("option", { name: "BJ-03" }).waitFor();
    await page.keyboard.press("Enter");
    const card = page.getByRole("article", { name: "Table BJ-03" });
    await card.and(page.locator(":focus")).waitFor();
    const outline = await card.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, `it shows, the ${round}. time`).toBe("solid");
    expect(await card.evaluate(isInSight)).toBe(true);
    await page.keyboard.press("Tab");
    await slipOf(page, player.name).and(page.locator(":focus")).waitFor();
  }
  // What is opened from there doesn't lead back to the table.
  await page.keyboard.press("Enter");
  await page.getByRole("complementary").getByRole("heading", { name: player.name }).waitFor();
  expect(new URL(page.url()).searchParams.get("table")).toBeNull();
  expect(new URL(page.url()).searchParams.get("pit")).toBe("Pit 2");
});

test("places are those of the role, and cases are found by whoever reviews", async () => {
  const officer = await desk.house.as("compliance_officer");
  const player = await newPlayer(await desk.house.as("pit_boss"), "Inga");
  const { caseId } = await reportableCash(officer, { playerId: player.playerId });
  const reviewing = await desk.sitDown("compliance_officer");
  await reviewing.goto("/alerts");
  await reviewing.getByRole("heading", { name: "Alerts" }).waitFor();
  const dialog = await openPalette(reviewing, player.lastName);
  await dialog.getByRole("option", { name: /Case/ }).click();
  await reviewing.getByRole("region", { name: "The report" }).waitFor();
  expect(new URL(reviewing.url()).pathname).toBe(`/compliance/cases/${caseId}`);

  const cashier = await desk.sitDown("cashier");
  await cashier.goto("/players");
  await cashier.getByRole("heading", { name: "Players" }).waitFor();
  const found = await openPalette(cashier, player.lastName);
  await found.getByRole("option", { name: /Player/ }).waitFor();
  expect(await found.getByRole("option").count(), "the player, no case").toBe(1);
  await cashier.keyboard.press("Control+A");
  await cashier.keyboard.type("e");
  await found.getByRole("option", { name: "Cash entry" }).waitFor();
  expect(await found.getByRole("option", { name: /^(Compliance|Operations|Verification)/ }).count()).toBe(0);
});

test("a case that somebody else opened is found without a reload, by name, gaming day and id", async () => {
  const officer = await desk.house.as("compliance_officer");
  const player = await newPlayer(await desk.house.as("pit_boss"), "Nora");
  const page = await desk.sitDown("compliance_officer");
  await page.goto("/players");
  await page.getByRole("heading", { name: "Players" }).waitFor();
  const before = await openPalette(page, player.lastName);
  await before.getByRole("option", { name: /Player/ }).waitFor();
  expect(await before.getByRole("option", { name: /Case/ }).count(), "there is none yet").toBe(0);
  await page.keyboard.press("Escape");

  const { caseId, gamingDay } = await reportableCash(officer, { playerId: player.playerId });
  for (const letters of [player.lastName, gamingDay, caseId]) {
    const dialog = await openPalette(page, letters);
    await dialog.getByRole("option", { name: new RegExp(`^${player.name}, .*Case`) }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  }
});

test("a correlation id leads auditors to what the request wrote; nothing that fits is said", async () => {
  const page = await desk.sitDown("auditor");
  await page.goto("/players");
  await page.getByRole("heading", { name: "Players" }).waitFor();
  const id = randomUUID();
  const dialog = await openPalette(page, id);
  await dialog.getByRole("option", { name: "Follow this request" }).waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("zzzz");
  await dialog.getByText("Nothing fits").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(id);
  await dialog.getByRole("option", { name: "Follow this request" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Operations" }).waitFor();
  expect(new URL(page.url()).searchParams.get("request")).toBe(id);
});

test.each<Theme>([
  "dark",
  "light",
])("it opens with its button, says its shortcut and closes to where one was (%s)", async (theme) => {
  const page = await desk.sitDown("pit_boss", { theme });
  await page.goto("/players");
  const button = page.getByRole("button", { name: "Go anywhere: Control and K" });
  expect(await button.getAttribute("aria-keyshortcuts")).toBe("Control+K Meta+K");
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Go to" });
  await dialog.getByRole("option").first().waitFor();
  await check(page, "palette");
  await page.keyboard.press("Control+K");
  expect(await page.getByRole("dialog").count(), "not twice").toBe(1);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await button.and(page.locator(":focus")).waitFor();
});

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
