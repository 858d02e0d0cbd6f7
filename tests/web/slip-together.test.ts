import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

// Two people at one table, or at one slip.

const desk = openDesk();

test("a player moves to a seat picked on the board, and a colleague sees it at once", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-02", 2, 60);
  const page = await desk.sitDown("pit_boss");
  const colleague = await desk.sitDown("floor_supervisor");
  await colleague.goto("/board");
  await slipOf(colleague, player.name).waitFor();
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Move", exact: true }).click();
  await page.getByText("Pick a free seat on the board.").waitFor();
  await freeSeat(page, "BJ-03", 6).click();
  await drawer(page).getByText("BJ-03, seat 6").waitFor();
  await drawer(page).getByRole("textbox", { name: "Bet at the new seat" }).fill("250");
  await drawer(page).getByRole("button", { name: "Move here" }).click();

  await drawer(page).getByText("+1,620 points for the play at BJ-02, seat 2.").waitFor();
  for (const each of [page, colleague]) {
    await each.getByRole("article", { name: "Table BJ-03" }).getByText(player.name).waitFor({ timeout: 3_000 });
    await freeSeat(each, "BJ-02", 2).waitFor();
  }
});

test("a seat that somebody else took meanwhile is refused with a sentence and what to do", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await freeSeat(page, "BJ-03", 1).click();
  await drawer(page).getByRole("searchbox", { name: "Player" }).fill(player.lastName);
  await drawer(page).getByRole("option", { name: player.lastName }).click();
  await drawer(page).getByRole("textbox", { name: "Average bet" }).fill("25");
  await seatedPlayer(boss, "BJ-03", 1);
  await drawer(page).getByRole("button", { name: "Start slip" }).click();
  const alert = drawer(page).getByRole("alert");
  await alert.getByText("Seat 1 at table BJ-03 is taken.").waitFor();
  expect(await alert.innerText()).toMatch(/Choose a free seat.*Correlation id/s);
});

test("two people at one slip see each other's changes at once", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 6, 5);
  const [boss, supervisor] = await Promise.all([desk.sitDown("pit_boss"), desk.sitDown("floor_supervisor")]);
  for (const page of [boss, supervisor]) {
    await page.goto("/board");
    await page.getByText("Live", { exact: true }).waitFor();
    await slipOf(page, player.name).click();
    await drawer(page).getByRole("button", { name: "Pause" }).waitFor();
  }

  await drawer(boss).getByRole("button", { name: "+1,000 dollars" }).click();
  await drawer(boss).getByRole("button", { name: "Record $1,100" }).click();
  await drawer(boss).getByText("Bet of $1,100 recorded.").waitFor();
  await drawer(supervisor).getByText("$1,100", { exact: true }).waitFor({ timeout: 3_000 });

  await drawer(supervisor).getByRole("button", { name: "Pause" }).click();
  await drawer(supervisor).getByRole("button", { name: "Resume" }).waitFor();
  await drawer(boss).getByRole("button", { name: "Resume" }).waitFor({ timeout: 3_000 });
});

test("a bet that a colleague changes meanwhile is told; steps count from it, what was typed stays", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-03", 3, 5);
  const [page, colleague] = await Promise.all([desk.sitDown("pit_boss"), desk.sitDown("floor_supervisor")]);
  for (const each of [page, colleague]) {
    await each.goto("/board");
    await each.getByText("Live", { exact: true }).waitFor();
    await slipOf(each, player.name).click();
    await drawer(each).getByRole("button", { name: "Pause" }).waitFor();
  }
  const panel = drawer(page);
  const bet = panel.getByRole("textbox", { name: "Bet" });
  const told = panel.getByRole("status").filter({ hasText: "meanwhile" });
  const record = async (amount: string, shown: string) => {
    await drawer(colleague).getByRole("textbox", { name: "Bet" }).fill(amount);
    await drawer(colleague)
      .getByRole("button", { name: `Record ${shown}` })
      .click();
    await drawer(colleague).getByText(`Bet of ${shown} recorded.`).waitFor();
  };

  await panel.getByRole("button", { name: "+25 dollars" }).click();
  await panel.getByRole("button", { name: "Record $125" }).waitFor();
  await record("1400", "$1,400");
  await told.getByText("The bet was changed to $1,400 meanwhile.").waitFor();
  expect(await bet.inputValue()).toBe("1425");
  await check(page, "a bet that was changed meanwhile");
  await panel.getByRole("button", { name: "Record $1,425" }).click();
  await panel.getByText("Bet of $1,425 recorded.").waitFor();
  expect(await told.count(), "one's own bet is no news").toBe(0);

  await bet.fill("300");
  await record("500", "$500");
  await told.getByText("The bet was changed to $500 meanwhile.").waitFor();
  expect(await bet.inputValue()).toBe("300");
  await panel.getByRole("button", { name: "Undo" }).click();
  expect(await bet.inputValue()).toBe("500");
  await told.waitFor({ state: "detached" });
});
