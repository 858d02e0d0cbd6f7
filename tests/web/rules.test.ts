import { expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { openDesk } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

/** Somebody has played for a while, and was awarded points. */
async function closedSlip(table: string, seatNo: number): Promise<void> {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, table, seatNo, 12);
  const [slip] = await desk.house.sql<{ rating_slip_id: string }>(
    "select rating_slip_id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  await send(boss, "completeRatingSlip", { ratingSlipId: slip?.rating_slip_id ?? "" });
}

test("rules are drafted, previewed on what was played, and published by a second person", async () => {
  await closedSlip("BJ-01", 1);
  const [played] = await desk.house.sql<{ points: string }>(
    "select sum(points_change) as points from loyalty.loyalty_ledger where transaction_type = 'GAMEPLAY'",
  );
  const page = await desk.sitDown("marketing");
  await page.goto("/rules");
  await page.getByText("Nobody has drafted other rules.").waitFor();
  const inForce = page.getByRole("region", { name: "Policy in force" });
  await inForce.getByText("pt1, version 1").waitFor();
  await page.getByRole("link", { name: "New draft" }).click();
  const save = page.getByRole("button", { name: "Save the draft" });
  await page.getByRole("textbox", { name: "Why" }).fill("Twice the floor's rewards");
  expect(await save.isDisabled(), "nothing is changed").toBe(true);
  await page.getByLabel("Most points of one reward").fill("20,000");
  await page.getByLabel("Points per player and gaming day").fill("30000");
  await page.getByRole("group", { name: "Tier 1" }).getByLabel("Factor").fill("3");
  await save.click();

  await page.getByRole("heading", { name: "Twice the floor's rewards" }).waitFor();
  const changes = page.getByRole("region", { name: "Changes of the policy" });
  await changes.getByRole("row", { name: "Most points of one reward 10,000 20,000" }).waitFor();
  await changes.getByRole("row", { name: "Points per player and gaming day No limit 30,000" }).waitFor();
  expect(await changes.getByRole("row").count(), "and nothing else").toBe(3);
  const before = Number(played?.points);
  const preview = page.getByRole("region", { name: "Preview", exact: true });
  await preview
    .getByRole("status")
    .getByText(`would have cost ${(before * 3).toLocaleString("en-US")} points instead of`)
    .waitFor();
  await preview.getByRole("row", { name: /^Blackjack Bronze 1 / }).waitFor();

  await page.getByText("Somebody else publishes it: nobody decides on their own draft.").waitFor();
  await page.getByRole("button", { name: "Withdraw" }).waitFor();
  expect(await page.getByRole("button", { name: "Publish" }).count(), "its author isn't offered to").toBe(0);

  const second = await desk.sitDown(await desk.house.hire("marketing"));
  await second.goto("/rules");
  await second.getByRole("link", { name: "Twice the floor's rewards" }).click();
  await second.getByRole("button", { name: "Publish" }).click();
  await second.getByRole("button", { name: "Publish it" }).click();
  await second.getByText("Published by").waitFor();
  expect(await second.getByRole("button", { name: "Publish" }).count()).toBe(0);
  await second.getByRole("link", { name: "Rules" }).click();
  await second.reload();
  const now = second.getByRole("region", { name: "Policy in force" });
  await now.getByText("pt1, version 2").waitFor();
  await now.getByText("20,000").waitFor();
  await second.getByRole("row", { name: "Bronze 0 × 3" }).waitFor();
  await second.getByText(/drafted by marketing of ONE, published by hired_/).waitFor();
});

test("a draft is withdrawn with a reason, and what makes no sense is refused", async () => {
  const page = await desk.sitDown("marketing", { casino: "TWO" });
  await page.goto("/rules/new");
  await page.getByLabel("Share never redeemed").fill("2");
  await page.getByRole("textbox", { name: "Why" }).fill("Nobody redeems anything");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByText(/These rules can't be used/).waitFor();
  await page.getByLabel("Share never redeemed").fill("0.2");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("row", { name: "Share never redeemed 0% 20%" }).waitFor();
  await page.getByText("No slip was closed in these gaming days.").waitFor();
  await page.getByText(/^The gaming days from \w+ \d+, \d+ to .* would have cost the same: 0 points\.$/).waitFor();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("Too bold");
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await page.getByText("Too bold").waitFor();
  await page.getByText("Withdrawn by").waitFor();
  await page.goto("/rules");
  await page.getByText("Nobody has drafted other rules.").waitFor();
  await page.getByRole("region", { name: "Decided drafts" }).getByText("Withdrawn").waitFor();
});

test("an auditor reads the rules and changes none; a supervisor doesn't see them", async () => {
  const auditor = await desk.sitDown("auditor", { casino: "TWO" });
  await auditor.goto("/rules");
  await auditor.getByRole("region", { name: "Policy in force" }).waitFor();
  expect(await auditor.getByRole("link", { name: "New draft" }).count()).toBe(0);
  await auditor.goto("/rules/new");
  await auditor.getByText("Not for your role").waitFor();
  const supervisor = await desk.sitDown("floor_supervisor", { casino: "TWO" });
  await supervisor.goto("/rules");
  await supervisor.getByText("Not for your role").waitFor();
});

test("a mistyped address is no draft, not an error", async () => {
  const page = await desk.sitDown("auditor");
  await page.goto("/rules/drafts/abc");
  await page.getByText("There is no such draft").waitFor();
});
