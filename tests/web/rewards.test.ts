import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Client } from "../api/support/client.ts";
import { complete, send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { drawer, holdBack, loseAnswerOf, openDesk, slipOf } from "./support/client.ts";
import { type Named, newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

async function openReward(page: Page, player: Named): Promise<void> {
  await page.goto(`/players/${player.playerId}`);
  await page.getByRole("heading", { name: player.name }).waitFor();
  await page.getByRole("button", { name: "Give a reward" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Points" }).waitFor();
}

async function openRewardOfSlip(page: Page, player: Named): Promise<Locator> {
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Give a reward" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Points" }).waitFor();
  return dialog;
}

async function completeSlipOf(client: Client, player: Named): Promise<void> {
  const [slip] = await desk.house.sql<{ id: string }>(
    "select rating_slip_id as id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  await complete(client, slip?.id ?? "");
}

async function fill(page: Page, points: string, reason: string): Promise<void> {
  await page.getByRole("textbox", { name: "Points" }).fill(points);
  await page.getByRole("textbox", { name: "Reason" }).fill(reason);
}

async function pointsOf(player: Named): Promise<string[]> {
  const rows = await desk.house.sql<{ points_change: string }>(
    "select points_change from loyalty.loyalty_ledger where player_id = $1 order by entry_no",
    [player.playerId],
  );
  return rows.map((row) => row.points_change);
}

/** What the cash log holds of currency paid to the player. */
async function paidTo(player: Named): Promise<string | undefined> {
  const rows = await desk.house.sql<{ cash_out: string }>(
    "select cash_out from compliance.patron_gaming_day join compliance.patron using (patron_id) where player_id = $1",
    [player.playerId],
  );
  return rows[0]?.cash_out;
}

test("a reward is recorded with its reason, and balance and ledger show it", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("floor_supervisor");
  await openReward(page, player);
  const give = page.getByRole("dialog").getByRole("button", { name: "Give the reward" });
  await fill(page, "250", "Too short");
  await page.getByText("9 / 10").waitFor();
  expect(await give.isDisabled()).toBe(true);
  await fill(page, "250", "Birthday at the tables");
  await give.click();
  await page.getByText("+250 points recorded.").waitFor();
  await page.getByRole("button", { name: "Give another" }).click();
  await fill(page, "1", "One for the road home");
  await give.click();
  await page.getByText("+1 point recorded.").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /Birthday at the tables/ });
  await row.getByText("+250").waitFor();
  await row.getByText("floor_supervisor of ONE").waitFor();
  expect(await page.getByTestId("balance").innerText()).toBe("251");
});

test("a reward whose answer was lost is sent again with its key: nothing is added twice", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown(await desk.house.hire("floor_supervisor"));
  await openReward(page, player);
  await fill(page, "300", "Long wait at the cage");
  await loseAnswerOf(page, "ManualReward");
  await page.getByRole("button", { name: "Give the reward" }).click();
  const alert = page.getByRole("dialog").getByRole("alert");
  await alert.getByText("The server can't be reached.").waitFor();
  await alert.getByText("It may have been recorded or not.").waitFor();
  await check(page, "a reward without an answer");
  expect(
    await page.getByRole("textbox", { name: "Points" }).isDisabled(),
    "what may have happened can't be changed",
  ).toBe(true);

  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Already recorded: nothing was added twice.").waitFor();
  expect(await pointsOf(player)).toEqual(["300"]);
});

test("a reward whose answer was lost can still be sent again when somebody else has completed the slip", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-01", 1, 60);
  const page = await desk.sitDown(await desk.house.hire("floor_supervisor"));
  const dialog = await openRewardOfSlip(page, player);
  await fill(page, "300", "Long wait at the cage");
  await loseAnswerOf(page, "ManualReward");
  await dialog.getByRole("button", { name: "Give the reward" }).click();
  await dialog.getByText("It may have been recorded or not.").waitFor();
  await completeSlipOf(boss, player);
  await slipOf(page, player.name).waitFor({ state: "detached" });
  await page.getByText("This slip is closed.").waitFor();

  await dialog.getByText("It may have been recorded or not.").waitFor();
  await dialog.getByRole("button", { name: "Try again" }).click();
  await dialog.getByText("Already recorded: nothing was added twice.").waitFor();
  expect(await pointsOf(player)).toEqual(["300", "1620"]);
});

test("a reward that is half typed when somebody else completes the slip is given all the same", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-01", 2, 60);
  const page = await desk.sitDown(await desk.house.hire("floor_supervisor"));
  const dialog = await openRewardOfSlip(page, player);
  await fill(page, "40", "Long wait");
  await completeSlipOf(boss, player);
  await page.getByText("This slip is closed.").waitFor();
  expect(await dialog.getByRole("textbox", { name: "Points" }).inputValue()).toBe("40");
  await dialog.getByRole("textbox", { name: "Reason" }).press("End");
  await page.keyboard.type(" at the cage");
  await dialog.getByRole("button", { name: "Give the reward" }).click();
  await dialog.getByText("+40 points recorded.").waitFor();
  expect(await pointsOf(player)).toEqual(["1620", "40"]);
});

test("the limit is the database's, and from the threshold on a reward becomes a request", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown(await desk.house.hire("pit_boss"));
  await openReward(page, player);
  await fill(page, "10001", "More than anybody may give");
  await page.getByText("A single reward may be at most 10,000 points.").waitFor();
  expect(await page.getByRole("button", { name: "Give the reward" }).isDisabled()).toBe(true);

  const standing = await holdBack(page, "RewardStanding", "5000");
  await page.getByRole("textbox", { name: "Points" }).fill("5000");
  await standing.asked;
  const button = page.getByRole("dialog").locator("button[type=submit]");
  expect(await button.isDisabled(), "until it is known what it would be").toBe(true);
  standing.release();
  await page.getByText("This will be a request.").waitFor();
  await page.getByRole("button", { name: "Request the reward" }).click();
  await page.getByText("Sent for approval.").waitFor();
  expect(await pointsOf(player)).toEqual([]);
});

test("after the last reward of the minute the dialog counts the seconds to wait", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const client = await desk.house.hire("floor_supervisor");
  const page = await desk.sitDown(client);
  await openReward(page, player);
  await page.getByText("10 of 10 rewards left").waitFor();
  for (let given = 0; given < 10; given += 1) {
    const reason = `Reward number ${given} of many`;
    await send(client, "manualReward", {
      playerId: player.playerId,
      points: "1",
      reason,
      idempotencyKey: newKey(),
    });
  }
  await fill(page, "5", "One reward too many");
  await page.getByRole("button", { name: "Give the reward" }).click();
  const notice = page.getByRole("status").filter({ hasText: "That was the last reward for this minute." });
  await notice
    .getByText(/You can give the next one in \d+ seconds/)
    .last()
    .waitFor();
  const [seen, said] = [await notice.innerText(), await notice.ariaSnapshot()];
  expect(said).toMatch(/You can give the next one in \d+ seconds\.$/);
  const wait = page.getByRole("button", { name: /^Wait \d+ s$/ });
  const before = await wait.innerText();
  expect(await wait.isDisabled()).toBe(true);
  await page.waitForTimeout(1_300);
  expect(await wait.innerText()).not.toBe(before);
  expect(await notice.innerText(), "it counts").not.toBe(seen);
  expect(await notice.ariaSnapshot(), "and is announced once").toBe(said);
  await check(page, "too many rewards");
  expect(await pointsOf(player)).toHaveLength(10);
});

test("points are redeemed, and whoever may reverse an entry does it once", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const reason = "Invitation for the weekend";
  await send(boss, "manualReward", { playerId: player.playerId, points: "400", reason, idempotencyKey: newKey() });

  const page = await desk.sitDown("pit_boss");
  await page.goto(`/players/${player.playerId}`);
  await page.getByRole("button", { name: "Redeem" }).click();
  await fill(page, "500", "Dinner for two");
  await page.getByRole("dialog").getByRole("button", { name: "Redeem" }).click();
  await page.getByText("The balance is short by 100 points.").waitFor();
  await page.getByRole("textbox", { name: "Points" }).fill("150");
  await page.getByRole("textbox", { name: "Paid in cash" }).fill("0");
  await page.getByText("An amount above 0 in dollars, with at most two decimals.").waitFor();
  const redeem = page.getByRole("dialog").getByRole("button", { name: "Redeem" });
  expect(await redeem.isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "Paid in cash" }).fill("1,025.50");
  await redeem.click();
  await page.getByText("-150 points recorded.").waitFor();
  expect(await paidTo(player)).toBe("1025.50");
  await page.getByRole("button", { name: "Done" }).click();
  expect(await page.getByTestId("balance").innerText()).toBe("250");
  expect(await page.getByRole("button", { name: "Reverse entry 2" }).count(), "not a pit boss's").toBe(0);

  const marketing = await desk.sitDown("marketing");
  await marketing.goto(`/players/${player.playerId}`);
  await marketing.getByRole("button", { name: "Reverse entry 2" }).click();
  await marketing.getByRole("textbox", { name: "Reason" }).fill("The dinner was cancelled");
  await marketing.getByRole("button", { name: "Reverse it" }).click();
  await marketing.getByText("+150 points recorded.").waitFor();
  await marketing.getByRole("button", { name: "Done" }).click();
  await marketing.getByText("Reversal of entry 2").waitFor();
  await marketing.getByText("Reversed", { exact: true }).waitFor();
  expect(await pointsOf(player)).toEqual(["400", "-150", "150"]);
  expect(await paidTo(player)).toBe("0.00");
});
