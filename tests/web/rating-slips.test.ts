import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a player for a slip is picked by keyboard; one who plays already can't be", async () => {
  const boss = await desk.house.as("pit_boss");
  const playing = await seatedPlayer(boss, "BJ-03", 6, 5);
  const player = await newPlayer(boss, "Keyed");
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await freeSeat(page, "BJ-03", 7).click();
  const panel = drawer(page);
  await panel.getByRole("searchbox", { name: "Player" }).fill(playing.lastName);
  await panel.getByRole("option", { name: playing.lastName, disabled: true }).waitFor();
  await page.keyboard.press("Enter");
  expect(await panel.getByRole("textbox", { name: "Average bet" }).count()).toBe(0);
  await panel.getByRole("searchbox", { name: "Player" }).fill("");
  await page.keyboard.type(`keyed ${player.lastName}`);
  // As a swiped card: before the answer is there.
  await page.keyboard.press("Enter");
  await panel.getByRole("textbox", { name: "Average bet" }).waitFor();
  await panel.getByText(player.name).waitFor();
});

test("a slip from a free seat to its completion", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");

  await freeSeat(page, "BJ-01", 3).click();
  const panel = drawer(page);
  await panel.getByRole("searchbox", { name: "Player" }).fill(player.lastName);
  await panel.getByRole("option", { name: player.lastName }).click();
  await panel.getByRole("textbox", { name: "Average bet" }).fill("75");
  await panel.getByRole("button", { name: "+25 dollars" }).click();
  expect(await panel.getByRole("textbox", { name: "Average bet" }).inputValue()).toBe("100");
  await panel.getByRole("button", { name: "Start slip" }).click();

  await panel.getByRole("heading", { name: player.name }).waitFor();
  await slipOf(page, player.name).getByText("bet $100", { exact: true }).waitFor();
  await freeSeat(page, "BJ-01", 3).waitFor({ state: "detached" });
  const timer = panel.getByText(/^0:00:0[1-9]$/);
  await timer.waitFor();

  await panel.getByRole("button", { name: "+500 dollars" }).click();
  await panel.getByRole("button", { name: "Record $600" }).click();
  await panel.getByText("Bet of $600 recorded.").waitFor();
  await slipOf(page, player.name).getByText("bet $600", { exact: true }).waitFor();

  await panel.getByRole("button", { name: "Pause" }).click();
  await panel.getByRole("button", { name: "Resume" }).waitFor();
  const stopped = await timeOf(page, player.name);
  await page.waitForTimeout(1_300);
  expect(await timeOf(page, player.name), "a paused slip's time stands still").toBe(stopped);
  await panel.getByRole("button", { name: "Resume" }).click();
  await panel.getByRole("button", { name: "Pause" }).waitFor();

  await panel.getByRole("button", { name: "Complete slip" }).click();
  await panel.getByRole("button", { name: "Complete", exact: true }).click();
  await panel.getByText("New balance").waitFor();
  await slipOf(page, player.name).waitFor({ state: "detached" });
  await freeSeat(page, "BJ-01", 3).waitFor();
});

test("the completion shows points, balance, tier and progress; completing again gives the same", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-01", 5, 60);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  const panel = drawer(page);
  await panel.getByText(/^1:00:\d\d$/).waitFor();
  await panel.getByRole("button", { name: "Complete slip" }).click();
  await panel.getByRole("button", { name: "Complete", exact: true }).click();

  // An hour of $100 at 2.7 %, 60 decisions an hour, full table: domain.md's first golden vector.
  await panel.getByText("+1,620").waitFor();
  await panel.getByText("1,620", { exact: true }).first().waitFor();
  await panel.getByText("Bronze").first().waitFor();
  await panel.getByText("16%").waitFor();
  await panel.getByText("$162.00").waitFor();

  await page.reload();
  await panel.getByText("This slip is closed.").waitFor();
  await panel.getByRole("button", { name: "Show the award" }).click();
  await panel.getByText("+1,620").waitFor();
  await panel.getByText("Awarded before.").waitFor();
  const [entries] = await desk.house.sql<{ count: string }>(
    "select count(*) from loyalty.loyalty_ledger where player_id = $1",
    [player.playerId],
  );
  expect(entries?.count).toBe("1");
});

test("the quick buttons go up and down, never below 0, and record nothing by themselves", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-02", 6, 5);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  const bet = drawer(page).getByRole("textbox", { name: "Bet" });
  for (const [step, becomes] of [
    ["+5 dollars", "105"],
    ["−25 dollars", "80"],
    ["−1,000 dollars", "0"],
    ["+100 dollars", "100"],
    ["−500 dollars", "0"],
  ] as const) {
    await drawer(page).getByRole("button", { name: step }).click();
    expect(await bet.inputValue(), step).toBe(becomes);
  }
  for (const button of await drawer(page).getByRole("button", { name: "dollars" }).all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await slipOf(page, player.name).getByText("bet $100", { exact: true }).waitFor();
  await drawer(page).getByRole("button", { name: "Undo" }).click();
  expect(await bet.inputValue()).toBe("100");
});

test("a double click on Pause pauses, and doesn't resume", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 7, 5);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  // The second click comes when the first is answered.
  await drawer(page).getByRole("button", { name: "Pause" }).dblclick({ delay: 150 });
  await drawer(page).getByRole("button", { name: "Resume" }).waitFor();
  await page.waitForTimeout(700);
  expect(await eventsOf(player)).toEqual(["opened", "paused"]);

  await drawer(page).getByRole("button", { name: "Resume" }).dblclick({ delay: 150 });
  await drawer(page).getByRole("button", { name: "Pause" }).waitFor();
  await page.waitForTimeout(700);
  expect(await eventsOf(player)).toEqual(["opened", "paused", "resumed"]);
});

async function timeOf(page: Page, player: string): Promise<string | undefined> {
  return /\d+:\d\d:\d\d/.exec(await slipOf(page, player).innerText())?.[0];
}

async function eventsOf(player: { playerId: string }): Promise<string[]> {
  const rows = await desk.house.sql<{ event_type: string }>(
    `select event_type from floor.rating_slip_event join floor.rating_slip using (casino_id, rating_slip_id)
     where player_id = $1 order by event_no`,
    [player.playerId],
  );
  return rows.map((row) => row.event_type);
}
