import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a slip from a free seat to its completion", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");

  await freeSeat(page, "BJ-01", 3).click();
  const panel = drawer(page);
  await panel.getByLabel("Player").fill(player.lastName);
  await panel.getByRole("button", { name: player.lastName }).click();
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
  await drawer(page).getByLabel("Player").fill(player.lastName);
  await drawer(page).getByRole("button", { name: player.lastName }).click();
  await drawer(page).getByRole("textbox", { name: "Average bet" }).fill("25");
  await seatedPlayer(boss, "BJ-03", 1);
  await drawer(page).getByRole("button", { name: "Start slip" }).click();
  const alert = drawer(page).getByRole("alert");
  await alert.getByText("Seat 1 at table BJ-03 is taken.").waitFor();
  expect(await alert.innerText()).toMatch(/Choose a free seat.*Correlation id/s);
});

test("the whole path works with the keyboard alone", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await freeSeat(page, "BJ-02", 7).focus();
  await page.keyboard.press("Enter");
  await drawer(page).locator("input:focus").waitFor();
  await page.keyboard.type(player.lastName);
  await drawer(page).getByRole("button", { name: player.lastName }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await drawer(page).locator("input[inputmode=decimal]:focus").waitFor();
  await page.keyboard.type("40");
  await page.keyboard.press("Enter");
  await drawer(page).getByRole("heading", { name: player.name }).waitFor();
  await page.keyboard.press("Escape");
  await drawer(page).waitFor({ state: "detached" });
  await slipOf(page, player.name).getByText("bet $40", { exact: true }).waitFor();
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

test("a move without an answer goes on naming its seat, and trying again takes that one", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 1, 5);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Move", exact: true }).click();
  await freeSeat(page, "BJ-02", 4).click();
  await drawer(page).getByText("BJ-02, seat 4").waitFor();
  await stopOnce(page, "MovePlayer");
  await drawer(page).getByRole("button", { name: "Move here" }).click();
  await drawer(page).getByText("It may have been recorded or not.").waitFor();

  await pressDisabled(freeSeat(page, "BJ-03", 7));
  await drawer(page).getByText("It may have been recorded or not.").waitFor();
  expect(await drawer(page).getByText("BJ-02, seat 4").count()).toBe(1);
  await drawer(page).getByRole("button", { name: "Try again" }).click();
  await drawer(page).getByText("Moved.").waitFor();
  await page.getByRole("article", { name: "Table BJ-02" }).getByText(player.name).waitFor();
  await freeSeat(page, "BJ-03", 7).click();
  await drawer(page).getByRole("heading", { name: "Start a slip" }).waitFor();
});

test("a start without an answer stays at its seat until it is known what became of it", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await freeSeat(page, "BJ-01", 2).click();
  await drawer(page).getByLabel("Player").fill(player.lastName);
  await drawer(page).getByRole("button", { name: player.lastName }).click();
  await drawer(page).getByRole("textbox", { name: "Average bet" }).fill("25");
  await stopOnce(page, "StartRatingSlip");
  await drawer(page).getByRole("button", { name: "Start slip" }).click();
  await drawer(page).getByText("It may have been recorded or not.").waitFor();

  await pressDisabled(freeSeat(page, "BJ-03", 7));
  await drawer(page).getByText("BJ-01 · seat 2").waitFor();
  await drawer(page).getByRole("button", { name: "Try again" }).click();
  await drawer(page).getByRole("heading", { name: player.name }).waitFor();
  await page.getByRole("article", { name: "Table BJ-01" }).getByText(player.name).waitFor();
  await freeSeat(page, "BJ-03", 7).click();
  await drawer(page).getByRole("heading", { name: "Start a slip" }).waitFor();
});

/** Cuts the connection before the next operation of this name has left. */
async function stopOnce(page: Page, operationName: string): Promise<void> {
  let isStopped = false;
  await page.route("**/graphql", (route) => {
    if (isStopped || route.request().postDataJSON()?.operationName !== operationName) return route.fallback();
    isStopped = true;
    return route.abort("connectionreset");
  });
}

async function pressDisabled(button: Locator): Promise<void> {
  await expect.poll(() => button.isDisabled()).toBe(true);
  await button.click({ force: true });
}

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
