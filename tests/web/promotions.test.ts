import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openDesk } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

/** Types a moment into a field of a dialog: "01022026", "0600", "AM". */
async function typeMoment(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("group", { name: label }).getByRole("spinbutton").first().click();
  await page.keyboard.type(text);
}

test("a promotion is drafted, published by another person, gives points, and is stopped", async () => {
  const page = await desk.sitDown("marketing");
  await page.goto("/promotions");
  await page.getByText("No promotion yet").waitFor();
  await page.getByRole("button", { name: "New promotion" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Double Bronze");
  await typeMoment(page, "From", "01012026" + "0600AM");
  await typeMoment(page, "Until", "01012040" + "0600AM");
  await dialog.getByRole("textbox", { name: "Factor" }).fill("2");
  await dialog.getByRole("textbox", { name: "Budget in points" }).fill("1,000,000");
  await dialog.getByText("Blackjack", { exact: true }).click();
  await dialog.getByText("Bronze", { exact: true }).click();
  await dialog.getByRole("button", { name: "Save the draft" }).click();

  const campaign = page.getByRole("article", { name: "Double Bronze" });
  await campaign.getByText("Draft", { exact: true }).waitFor();
  await campaign.getByText("Blackjack · All tables · Bronze").waitFor();
  await campaign.getByText("Somebody else publishes it: nobody decides on their own draft.").waitFor();
  await campaign.getByRole("button", { name: "Discard" }).waitFor();
  expect(await campaign.getByRole("button", { name: "Publish" }).count(), "its author isn't offered to").toBe(0);

  const second = await desk.sitDown(await desk.house.hire("marketing"));
  await second.goto("/promotions");
  const published = second.getByRole("article", { name: "Double Bronze" });
  await published.getByRole("button", { name: "Publish" }).click();
  await second.getByRole("button", { name: "Publish it" }).click();
  await published.getByText("Running").waitFor();
  await published.getByText(/Published by hired_/).waitFor();

  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-01", 1, 12);
  const [slip] = await desk.house.sql<{ rating_slip_id: string }>(
    "select rating_slip_id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  const floor = await desk.sitDown("floor_supervisor");
  await floor.goto(`/board/slips/${slip?.rating_slip_id}`);
  const panel = floor.getByRole("complementary");
  await panel.getByRole("button", { name: "Complete slip" }).click();
  await panel.getByRole("button", { name: "Complete", exact: true }).click();
  await panel.getByText("New balance").waitFor();
  const entries = await desk.house.sql<{ transaction_type: string; points_change: string }>(
    "select transaction_type, points_change from loyalty.loyalty_ledger where player_id = $1 order by entry_no",
    [player.playerId],
  );
  expect(entries.map((entry) => entry.transaction_type)).toEqual(["GAMEPLAY", "PROMOTION"]);
  const given = Number(entries[1]?.points_change).toLocaleString("en-US");
  await panel.getByText(`and +${given} from Double Bronze`).waitFor();
  await published.getByText(`${given} of 1,000,000 points`).waitFor({ timeout: 5_000 });

  await published.getByRole("button", { name: "Stop" }).click();
  const stop = second.getByRole("dialog");
  expect(await stop.getByRole("button", { name: "Stop it" }).isDisabled(), "takes a reason").toBe(true);
  await stop.getByRole("textbox", { name: "Reason" }).fill("The tournament is over");
  await stop.getByRole("button", { name: "Stop it" }).click();
  await published.getByText(/Stopped by hired_.*: The tournament is over/).waitFor();
  await published.getByText("Ended", { exact: true }).waitFor();
  expect(await published.getByRole("button").count()).toBe(0);
});

test("a promotion that makes no sense is refused in a sentence, and a draft is discarded", async () => {
  const page = await desk.sitDown("marketing", { casino: "TWO" });
  await page.goto("/promotions");
  await page.getByRole("button", { name: "New promotion" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Backwards");
  await typeMoment(page, "From", "01022026" + "0600AM");
  await typeMoment(page, "Until", "01012026" + "0600AM");
  await dialog.getByRole("textbox", { name: "Factor" }).fill("1.5");
  await dialog.getByRole("textbox", { name: "Budget in points" }).fill("500");
  await dialog.getByRole("button", { name: "Save the draft" }).click();
  await dialog.getByText("The promotion can't be used: it ends before it begins.").waitFor();
  await typeMoment(page, "Until", "01012041" + "0600AM");
  await dialog.getByRole("button", { name: "Save the draft" }).click();
  const campaign = page.getByRole("article", { name: "Backwards" });
  await campaign.getByText("All games · All tables · All tiers").waitFor();
  await campaign.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("A mistake");
  await page.getByRole("button", { name: "Discard it" }).click();
  await campaign.getByText("Discarded", { exact: true }).waitFor();
});

test("an auditor sees promotions and starts none", async () => {
  const page = await desk.sitDown("auditor", { casino: "TWO" });
  await page.goto("/promotions");
  await page.getByRole("heading", { name: "Promotions" }).waitFor();
  expect(await page.getByRole("button", { name: "New promotion" }).count()).toBe(0);
});
