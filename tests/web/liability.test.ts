import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

test("nothing is owed at first", async () => {
  const page = await desk.sitDown("marketing", { casino: "TWO" });
  await page.goto("/liability");
  await page.getByText("No points are outstanding").waitFor();
  await page.getByText("No points expire", { exact: true }).waitFor();
  await page.getByText("The balances tie to the ledger, to the point.").waitFor();
});

test("what is owed is shown by age and tier and day by day, as a chart and as a table", async () => {
  const boss = await desk.house.as("pit_boss");
  const [one, two] = [await newPlayer(boss), await newPlayer(boss, "Grace")];
  const give = (playerId: string, points: string) =>
    send(boss, "manualReward", { playerId, points, reason: "For the liability", idempotencyKey: newKey() });
  for (const points of ["4000", "4000", "4000"]) await give(one.playerId, points);
  await give(two.playerId, "500");
  await send(boss, "redeem", { playerId: one.playerId, points: "2000", reason: "Dinner", idempotencyKey: newKey() });

  const page = await desk.sitDown("auditor");
  await page.goto("/liability");
  const totals = page.getByRole("region", { name: "Outstanding points", exact: true });
  await totals.getByText("10,500", { exact: true }).waitFor();
  await totals.getByText("$105.00").first().waitFor();
  await page.getByText("The balances tie to the ledger, to the point.").waitFor();

  await page.getByRole("application").nth(1).waitFor();
  await page.locator(".recharts-bar-rectangle path").nth(1).waitFor();
  expect(await page.locator(".recharts-bar-rectangle path").count(), "a bar for each tier").toBe(2);
  await page.getByRole("application").first().focus();
  await page.keyboard.press("ArrowRight");
  const tip = page.locator(".recharts-tooltip-wrapper").first();
  await tip.getByText("10,000").waitFor();
  expect(await tip.innerText(), "the keyboard reads it too").toMatch(/0–30 days\s+Bronze\s+500\s+Silver\s+10,000/);
  await page.getByRole("radiogroup", { name: "By age and tier: shown as" }).getByText("Table").click();
  const ages = page.getByRole("table").first();
  await ages.getByRole("row", { name: /^Bronze .* 500 \$5\.00/ }).waitFor();
  await ages.getByRole("row", { name: /^Silver .* 10,000 \$100\.00/ }).waitFor();

  await page.getByRole("radiogroup", { name: "Day by day: shown as" }).getByText("Table").click();
  const days = page.getByRole("region", { name: "Outstanding points day by day" });
  const today = days.getByRole("row").nth(1);
  expect((await today.getByRole("cell").allInnerTexts()).join(" ")).toBe("0 12,500 2,000 0 0 10,500");
  expect(await days.getByRole("row").count(), "30 days and the heading").toBe(31);
});

test("points that expire soon are listed, and the list is saved for letters", async () => {
  await desk.house.sql(
    `insert into loyalty.loyalty_policy (
      casino_id, name, version, effective_from, round_decisions, apply_tier_multiplier, seat_bonus_rate, volume_bonus,
      rounding, points_valid_days
    )
    select casino_id, 'pt1', 2, now() - interval '2 days', true, true, 0.05, 1.1, 'half_up', 20
    from identity.casino where code = 'ONE'`,
  );
  const page = await desk.sitDown("marketing");
  await page.goto("/liability");
  const list = page.getByRole("region", { name: "Players whose points expire" });
  await list.getByRole("row").nth(1).getByText("10,000").first().waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toBe("player,card_no,tier,expires_on,points,balance");
  expect(lines.slice(1).map((line) => line.split(",").slice(-2).join(" "))).toEqual(["10000 10000", "500 500"]);
});

test("the liability isn't for the floor", async () => {
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/liability");
  await page.getByText("Not for your role").waitFor();
  expect(await page.getByRole("link", { name: "Liability" }).count()).toBe(0);
});
