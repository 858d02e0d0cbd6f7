import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { check } from "./support/axe.ts";
import { drawer, freeSeat, holdBack, loseAnswerOf, openDesk, slipOf, type Theme } from "./support/client.ts";
import { type Named, newPlayer, seatedPlayer } from "./support/players.ts";

/*
 * Whoever sends something and goes on before the answer comes is told what became of it, wherever
 * they are by then, and stays there.
 */

const desk = openDesk();
const themes: readonly Theme[] = ["dark", "light"];

test.each(themes)("an unanswered reward whose screen was left is offered again, and given once (%s)", async (theme) => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", theme === "dark" ? 1 : 2, 30);
  const page = await desk.sitDown("pit_boss", { theme });
  await page.goto("/players");
  await page.goto("/board");
  await loseAnswerOf(page, "ManualReward");
  await sendReward(page, player);
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await page.goBack();

  const left = page.getByRole("region", { name: "Not confirmed" });
  await left.getByText("Not confirmed: Give a reward").waitFor();
  await check(page, `a command that was left unanswered, ${theme}`);
  await page.getByRole("link", { name: "Players" }).click();
  await left.getByRole("button", { name: "Try again" }).press("Enter");
  await left.getByText("Done once: Give a reward").waitFor();
  expect(await rewardsOf(player)).toBe(1);
  await check(page, `a command that was left and is done, ${theme}`);
  await left.getByRole("button", { name: "Dismiss" }).press("Enter");
  await left.waitFor({ state: "detached" });
});

test("a refusal that comes after its screen was left is told, with where it was sent", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 3, 30);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  const late = await holdBack(page, "PauseRatingSlip");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Pause" }).click();
  await late.asked;
  await page.getByRole("link", { name: "Players" }).click();
  const [slip] = await desk.house.sql<{ id: string }>(
    "select rating_slip_id as id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  const boss = await desk.house.as("pit_boss");
  await boss.get("mutation ($id: UUID!) { completeRatingSlip(input: { ratingSlipId: $id }) { clientMutationId } }", {
    id: slip?.id,
  });
  late.release();
  const left = page.getByRole("region", { name: "Not confirmed" });
  await left.getByText("Not done: Pause a rating slip").waitFor();
  expect(new URL(page.url()).pathname).toBe("/players");
  await left.getByRole("link", { name: "Show where it was sent" }).click();
  await page.waitForURL(`**/board/slips/${slip?.id}`);
});

test("an answer that comes late leads nobody away from where they are by then", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  const other = await seatedPlayer(boss, "BJ-02", 1, 30);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  const late = await holdBack(page, "StartRatingSlip");
  await freeSeat(page, "BJ-02", 2).click();
  const panel = drawer(page);
  await panel.getByRole("searchbox", { name: "Player" }).fill(player.lastName);
  await panel.getByRole("option", { name: player.lastName }).click();
  await panel.getByRole("textbox", { name: "Average bet" }).fill("75");
  await panel.getByRole("button", { name: "Start slip" }).click();
  await late.asked;
  await slipOf(page, other.name).click();
  await panel.getByRole("heading", { name: other.name }).waitFor();
  late.release();
  await slipOf(page, player.name).waitFor();
  await page.waitForTimeout(500);
  expect(await panel.getByRole("heading", { name: other.name }).count()).toBe(1);
  expect(await page.getByRole("region", { name: "Not confirmed" }).count()).toBe(0);
});

test("every command has a name in the field's words", () => {
  const operations = Object.values(
    JSON.parse(readFileSync(join(projectRoot, "graphql/persisted-operations.json"), "utf8")) as Record<string, string>,
  );
  const commands = operations.flatMap((text) => /^mutation (\w+)/.exec(text)?.[1] ?? []).sort();
  expect(commands.length).toBeGreaterThan(40);
  for (const language of ["en", "es"]) {
    const file = join(projectRoot, `web/src/words/${language}/terms.json`);
    const { command } = JSON.parse(readFileSync(file, "utf8")) as { command: Record<string, string> };
    expect(Object.keys(command).sort()).toEqual(commands);
  }
});

async function sendReward(page: Page, player: Named): Promise<void> {
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Give a reward" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Points" }).fill("40");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Spilled drink at table");
  await dialog.getByRole("button", { name: "Give the reward" }).click();
}

async function rewardsOf({ playerId }: Named): Promise<number> {
  const [row] = await desk.house.sql<{ count: string }>(
    "select count(*) from loyalty.loyalty_ledger where player_id = $1 and transaction_type = 'MANUAL_BONUS'",
    [playerId],
  );
  return Number(row?.count);
}
