import { expect, test } from "vitest";
import { drawer, openDesk, slipOf } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("an award that can't be worked out yet is pending, and is made once when it is retried", async () => {
  // A property whose file names no policy: the play counts, but not yet for how much.
  await desk.house.load("LATE", { policy: undefined });
  const boss = await desk.house.as("pit_boss", "LATE");
  const player = await seatedPlayer(boss, "BJ-01", 1, 60);
  const page = await desk.sitDown("floor_supervisor", { casino: "LATE" });
  await page.goto("/board");
  await slipOf(page, player.name).click();
  const panel = drawer(page);
  await panel.getByRole("button", { name: "Complete slip" }).click();
  await panel.getByRole("button", { name: "Complete", exact: true }).click();
  await panel.getByText("Slip closed, award pending").waitFor();
  const [failure] = await desk.house.sql<{ correlation_id: string }>(
    "select correlation_id from floor.rating_slip_event where event_type = 'closed' order by event_id desc limit 1",
  );
  await panel.getByText(failure?.correlation_id ?? "no id").waitFor();

  await panel.getByRole("button", { name: "Retry award" }).click();
  await panel.getByText("Slip closed, award pending").waitFor();

  await desk.house.load("LATE", { policy: "pt1" });
  await panel.getByRole("button", { name: "Retry award" }).click();
  await panel.getByText("+1,620").waitFor();
  const entries = await desk.house.sql("select from loyalty.loyalty_ledger where player_id = $1", [player.playerId]);
  expect(entries).toHaveLength(1);
});
