import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openCashEntry } from "./support/cash.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

test("a gaming day that turns over is shown without anything happening", async () => {
  // At any moment the two have different days: they are 25 hours apart.
  const moveTo = (timezone: string) =>
    desk.house.sql(`update identity.casino set timezone = '${timezone}' where code = 'ONE'`);
  await moveTo("Pacific/Pago_Pago");
  try {
    const page = await desk.sitDown("cashier");
    await page.clock.install();
    await openCashEntry(page);
    const before = await page.getByTestId("gaming-day").getAttribute("datetime");
    await moveTo("Pacific/Kiritimati");
    await page.clock.runFor(61_000);
    await expect.poll(() => page.getByTestId("gaming-day").getAttribute("datetime")).not.toBe(before);
  } finally {
    await moveTo("America/Los_Angeles");
  }
});

test("an earlier time is typed after Alt and E; how far back is the database's to say, at the field", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const when = (minutesAgo: number) => {
    const format = { timeZone: "America/Los_Angeles", dateStyle: "short", timeStyle: "short" } as const;
    const time = new Date(Math.floor(Date.now() / 60_000) * 60_000 - minutesAgo * 60_000);
    const part = new Intl.DateTimeFormat("en-US", format).formatToParts(time);
    const of = (type: string) => part.find((each) => each.type === type)?.value.padStart(2, "0") ?? "";
    return {
      time,
      told: new Intl.DateTimeFormat("sv-SE", format).format(time),
      keys: `${of("month")}${of("day")}20${of("year")}${of("hour")}${of("minute")}${of("dayPeriod")[0]}`,
    };
  };
  const enter = async (page: Page, amount: string, keys: string) => {
    await openCashEntry(page, `?player=${player.playerId}`);
    await page.getByRole("textbox", { name: "Amount" }).fill(amount);
    expect(await page.getByRole("group", { name: "When it happened" }).count()).toBe(0);
    await page.keyboard.press("Alt+E");
    await page.locator("[data-type=hour]:focus").waitFor();
    for (let back = 0; back < 3; back += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(keys);
    await page.keyboard.press("Enter");
  };
  const times = async () =>
    (
      await desk.house.sql<{ at: Date }>(
        `select e.occurred_at as at
        from compliance.mtl_entry as e
        join compliance.patron as p using (casino_id, patron_id)
        where p.player_id = $1
        order by e.entry_id`,
        [player.playerId],
      )
    ).map(({ at }) => at.toISOString());

  const page = await desk.sitDown("floor_supervisor");
  const lately = when(5);
  await enter(page, "410", lately.keys);
  await page.getByText(`$410.00 cash in recorded for ${player.name}.`).waitFor();
  expect(await times()).toEqual([lately.time.toISOString()]);
  // The next entry is of now again.
  expect(await page.getByRole("group", { name: "When it happened" }).count()).toBe(0);

  const longAgo = when(180);
  await enter(page, "420", longAgo.keys);
  const field = page.getByRole("group", { name: "When it happened" });
  // In the property's time, as it was typed.
  await page.getByText(`The time ${longAgo.told} cannot be used: more than 15 minutes back needs`).waitFor();
  await field.locator("[data-type=hour]:focus").waitFor();
  expect(await page.getByRole("alert").count(), "said once, at the field").toBe(0);
  expect(await times()).toHaveLength(1);
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await field.waitFor({ state: "detached" });
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(`$420.00 cash in recorded for ${player.name}.`).waitFor();

  const reviewer = await desk.sitDown("compliance_officer");
  await enter(reviewer, "430", longAgo.keys);
  await reviewer.getByText(`$430.00 cash in recorded for ${player.name}.`).waitFor();
  expect((await times())[2]).toBe(longAgo.time.toISOString());
});
