import { expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

test("a large reward waits for another person, who approves it", async () => {
  const supervisor = await desk.house.as("floor_supervisor");
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("pit_boss");
  await page.goto("/approvals");
  await page.getByText("Nothing to decide").waitFor();

  await send(supervisor, "manualReward", {
    playerId: player.playerId,
    points: "7000",
    reason: "Long delay at the cage",
    idempotencyKey: newKey(),
  });
  const request = page.getByRole("article", { name: `Reward for ${player.name}` });
  await request.getByText("+7,000").waitFor({ timeout: 5_000 });
  await request.getByText(/Asked by floor_supervisor of ONE/).waitFor();
  await request.getByRole("button", { name: "Approve" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Long delay at the cage").waitFor();
  await dialog.getByRole("button", { name: "Approve" }).click();
  await dialog.getByText("+7,000 points recorded.").waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByText("Nothing to decide").waitFor();

  await page.getByRole("radio", { name: "Decided" }).click();
  await request.getByText(/Approved by pit_boss of ONE, .* · entry 1/).waitFor();
  await request.getByRole("link", { name: player.name }).click();
  await page.getByTestId("balance").getByText("7,000").waitFor();
  const rows = await desk.house.sql(
    `select l.points_change, s.username as staff, a.username as approved_by
    from loyalty.loyalty_ledger as l
    join identity.staff as s on s.casino_id = l.casino_id and s.staff_id = l.staff_id
    join identity.staff as a on a.casino_id = l.casino_id and a.staff_id = l.approved_by
    where l.player_id = $1`,
    [player.playerId],
  );
  expect(rows).toEqual([{ points_change: "7000", staff: "floor_supervisor", approved_by: "pit_boss" }]);
});

test("nobody approves what they asked for; another person declines it and says why", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const asking = await desk.sitDown("marketing");
  await asking.goto(`/players/${player.playerId}`);
  await asking.getByRole("button", { name: "Adjust" }).click();
  await asking.getByLabel("Points", { exact: true }).fill("1,200");
  await asking.getByRole("textbox", { name: "Reason" }).fill("Lost in the old system");
  await asking.getByRole("button", { name: "Request the adjustment" }).click();
  await asking.getByText("Sent for approval.").waitFor();
  await asking.getByRole("button", { name: "Done" }).click();

  await asking.getByRole("link", { name: "Approvals" }).click();
  const request = asking.getByRole("article", { name: `Adjustment for ${player.name}` });
  await request.getByText("Asked by you").waitFor();
  await request.getByText("Somebody else decides about what you asked for.").waitFor();
  expect(await request.getByRole("button").count()).toBe(0);

  const deciding = await desk.sitDown("pit_boss");
  await deciding.goto("/approvals");
  const waiting = deciding.getByRole("article", { name: `Adjustment for ${player.name}` });
  await waiting.getByRole("button", { name: "Decline" }).click();
  const dialog = deciding.getByRole("dialog");
  expect(await dialog.getByRole("button", { name: "Decline" }).isDisabled(), "takes a reason").toBe(true);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("No trace of it in the export");
  await dialog.getByRole("button", { name: "Decline" }).click();
  await deciding.getByText("Nothing to decide").waitFor();

  await asking.getByText("Nothing to decide").waitFor({ timeout: 5_000 });
  await asking.getByRole("radio", { name: "Decided" }).click();
  await request.getByText(/Declined by pit_boss of ONE, .*: No trace of it in the export/).waitFor();
  const rows = await desk.house.sql("select from loyalty.loyalty_ledger where player_id = $1", [player.playerId]);
  expect(rows).toEqual([]);
});

test("a request whose time is over is shown as expired", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  await send(await desk.house.hire("floor_supervisor"), "manualReward", {
    playerId: player.playerId,
    points: "6000",
    reason: "Asked and forgotten",
    idempotencyKey: newKey(),
  });
  await desk.house.sql("update loyalty.reward_request set expires_at = now() where player_id = $1", [player.playerId]);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/approvals?show=decided");
  const request = page.getByRole("article", { name: `Reward for ${player.name}` });
  await request.getByText("Expired", { exact: true }).waitFor();
  expect(await request.getByRole("button").count()).toBe(0);
});

test("who may not approve has no queue", async () => {
  const page = await desk.sitDown("cashier");
  await page.goto("/approvals");
  await page.getByText("Not for your role").waitFor();
  expect(await page.getByRole("link", { name: "Approvals" }).count()).toBe(0);
});
