import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("the whole path works with the keyboard alone", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await freeSeat(page, "BJ-02", 7).focus();
  await page.keyboard.press("Enter");
  await drawer(page).locator("input:focus").waitFor();
  await page.keyboard.type(player.lastName);
  await drawer(page).getByRole("option", { name: player.lastName }).and(page.locator("[data-focused]")).waitFor();
  await page.keyboard.press("Enter");
  await drawer(page).locator("input[inputmode=decimal]:focus").waitFor();
  await page.keyboard.type("40");
  await page.keyboard.press("Enter");
  await drawer(page).getByRole("heading", { name: player.name }).waitFor();
  await page.keyboard.press("Escape");
  await drawer(page).waitFor({ state: "detached" });
  await slipOf(page, player.name).getByText("bet $40", { exact: true }).waitFor();
});

test("every action on a slip has its key", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-03", 5, 5);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await slipOf(page, player.name).focus();
  await page.keyboard.press("Enter");
  const panel = drawer(page);
  await panel.getByRole("button", { name: "Pause" }).waitFor();

  await page.keyboard.press("Alt+b");
  await page.keyboard.type("175");
  await page.keyboard.press("Enter");
  await panel.getByText("Bet of $175 recorded.").waitFor();
  await page.keyboard.press("Alt+p");
  await panel.getByRole("button", { name: "Resume" }).waitFor();
  await page.keyboard.press("Alt+p");
  await panel.getByRole("button", { name: "Pause" }).waitFor();
  await page.keyboard.press("Alt+r");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Alt+m");
  await page.locator("[data-free-seat]:focus").waitFor();
  await page.keyboard.press("Enter");
  await panel.getByRole("button", { name: "Move here" }).waitFor();
  await page.keyboard.press("Escape");
  await panel.getByRole("button", { name: "Pause" }).waitFor();
  await page.keyboard.press("Alt+c");
  await page.keyboard.press("Enter");
  await panel.getByText("New balance").waitFor();
});

test("bets are typed one after the other: the field keeps the focus, whatever records or undoes them", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-03", 4, 5);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  const panel = drawer(page);
  const bet = panel.getByRole("textbox", { name: "Bet" });
  await bet.waitFor();
  await page.keyboard.press("Alt+b");
  for (const amount of ["175", "225"]) {
    await page.keyboard.type(amount);
    await page.keyboard.press("Enter");
    await panel.getByText(`Bet of $${amount} recorded.`).waitFor();
    await expectFocus(bet);
  }
  await page.keyboard.type("250");
  await panel.getByRole("button", { name: "Record $250" }).press("Space");
  await panel.getByText("Bet of $250 recorded.").waitFor();
  await expectFocus(bet);
  await page.keyboard.type("275");
  await panel.getByRole("button", { name: "Undo" }).press("Enter");
  await expectFocus(bet);
  expect(await bet.inputValue()).toBe("250");
});

test("completing and thinking better of it leave the focus where somebody goes on", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-02", 5, 5);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  const panel = drawer(page);
  await panel.getByRole("button", { name: "Complete slip" }).press("Enter");
  await panel.getByRole("button", { name: "Keep running" }).press("Enter");
  await expectFocus(panel.getByRole("button", { name: "Complete slip" }));
  await page.keyboard.press("Enter");
  await expectFocus(panel.getByRole("button", { name: "Complete", exact: true }));
  await page.keyboard.press("Enter");
  await panel.getByText("New balance").waitFor();
  await expectFocus(panel.getByRole("button", { name: "Done" }));
});

test("a seat picked with the keyboard leads to its bet, from which Enter moves and Escape stays", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 2, 5);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await slipOf(page, player.name).press("Enter");
  const panel = drawer(page);
  await panel.getByRole("button", { name: "Pause" }).waitFor();
  const bet = panel.getByRole("textbox", { name: "Bet at the new seat" });
  for (const end of ["Escape", "Enter"]) {
    await page.keyboard.press("Alt+m");
    await page.locator("[data-free-seat]:focus").waitFor();
    await freeSeat(page, "BJ-03", 2).press("Enter");
    await expectFocus(bet);
    await page.keyboard.type("350");
    expect(await bet.inputValue()).toBe("350");
    await page.keyboard.press(end);
    await panel.getByRole("button", { name: "Pause" }).waitFor();
    await expectFocus(panel.getByRole("heading", { level: 2 }));
  }
  await page.getByRole("article", { name: "Table BJ-03" }).getByText(player.name).waitFor();
  await slipOf(page, player.name).getByText("bet $350", { exact: true }).waitFor();
});

/** It has the focus now or in a moment. */
async function expectFocus(target: Locator): Promise<void> {
  await expect
    .poll(() => target.evaluate((element) => element === document.activeElement), { timeout: 5_000 })
    .toBe(true);
}
