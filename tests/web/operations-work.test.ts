import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { complete, ledgerOf, nextSeat, playFor } from "../api/support/floor.ts";
import { Scrape } from "../api/support/scrape.ts";
import { card, openDesk } from "./support/client.ts";
import { stageExport } from "./support/legacy.ts";

// The operations screen while a worker works.

const desk = openDesk();

/** How many entries imports have written, as monitoring reads it; the server asks the database now and then. */
function written(kind: "posted" | "reversed") {
  const read = async () => (await Scrape.of(desk.house.url)).value("import_entries", { casino: "ONE", kind });
  return expect.poll(read, { timeout: 15_000 });
}

test("an import is followed, a row is corrected and posted, and all of it is rolled back", async () => {
  const last = `Legacy${randomUUID().slice(0, 6)}`;
  const cards = [`L1${last}`, `L2${last}`];
  await stageExport(desk.house, "ONE", "/srv/export", {
    players: cards.map((card, index) => `${card},Ida${index},${last},1970-01-01,2024-01-01T00:00:00Z`),
    history: [
      `${last}-1,${cards[0]},CREDIT,500,Dinner show,,2024-02-01T00:00:00Z`,
      `${last}-2,${cards[0]},DEBIT,100,Buffet,,2024-02-02T00:00:00Z`,
      `${last}-3,NOBODY,CREDIT,50,Lost,,2024-02-03T00:00:00Z`,
      `${last}-4,${cards[1]},CREDIT,seventy,Brunch,,2024-02-04T00:00:00Z`,
    ],
    balances: [`${cards[0]},450,500`],
  });
  const points = async () => {
    const rows = await desk.house.sql<{ points: string }>(
      `select coalesce(l.current_balance, 0) as points
      from floor.player as p left join loyalty.player_loyalty as l using (casino_id, player_id)
      where p.last_name = $1 order by p.card_no`,
      [last],
    );
    return rows.map((row) => row.points);
  };
  const page = await desk.sitDown("admin");
  await page.goto("/operations?view=imports");
  const imports = card(page, "Imports");
  await imports.getByText("Posting").waitFor();
  await imports.getByRole("meter", { name: "Rows" }).getByText("0 of 2").waitFor();
  expect(await page.getByRole("button", { name: "Roll back" }).count(), "not while it runs").toBe(0);
  await desk.house.work();
  await imports.getByText("Finished").waitFor();
  await imports.getByRole("meter", { name: "Rows" }).getByText("2 of 2").waitFor();
  expect(await points()).toEqual(["400", "0"]);
  const mismatch = card(page, "Balances that differ from what the old system claimed").getByRole("row").last();
  await mismatch.getByText("400", { exact: true }).waitFor();
  expect(await mismatch.innerText()).toMatch(/450\s+400\s+50/);

  const quarantine = card(page, "Quarantine");
  await quarantine.getByRole("row", { name: "NOBODY" }).getByText("No player has this card").waitFor();
  await quarantine.getByRole("button", { name: `Correct ${last}-4` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("No whole number of points · not tried again yet").waitFor();
  await dialog.getByRole("textbox", { name: "points" }).fill("70.5");
  expect(await dialog.getByRole("button", { name: "Post it" }).isDisabled(), "a correction takes a note").toBe(true);
  await dialog.getByRole("textbox", { name: "Note" }).fill("From the paper file");
  await dialog.getByRole("button", { name: "Post it" }).click();
  await dialog.getByText("It stays in quarantine: No whole number of points").waitFor();
  await dialog.getByRole("textbox", { name: "points" }).fill("70");
  await dialog.getByRole("button", { name: "Post it" }).click();
  await quarantine.getByText(`${last}-4 is posted.`).waitFor();
  await quarantine.getByRole("button", { name: `Correct ${last}-4` }).waitFor({ state: "detached" });
  expect(await points()).toEqual(["400", "70"]);
  const notes = await desk.house.sql("select note, outcome from ops.import_retry order by retry_no");
  expect(notes).toEqual([
    { note: "From the paper file", outcome: "quarantined" },
    { note: "From the paper file", outcome: "settled" },
  ]);
  await quarantine.getByRole("button", { name: "Retry all" }).click();
  await quarantine.getByText("1 row still waits for a correction.").waitFor();

  await page.getByRole("button", { name: "Roll back" }).click();
  await dialog.getByText("Each of its 3 entries gets a compensating one.").waitFor();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Wrong");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await dialog.getByText("The reason must have at least 10 characters.").waitFor();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The wrong year's export");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await imports.getByText("Rolled back", { exact: true }).waitFor();
  await page.getByText("3 entries were reversed.").waitFor();
  await written("posted").toBe(3);
  await written("reversed").toBe(3);
  expect(await points()).toEqual(["0", "0"]);
  expect(await quarantine.getByRole("button").count(), "nothing is left to do").toBe(0);
});

test("a job that was given up is retried once its cause is gone", async () => {
  await desk.house.load("GIVEN", { policy: undefined });
  const boss = await desk.house.as("pit_boss", "GIVEN");
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  expect(await complete(boss, slip.ratingSlipId)).toMatchObject({ outcome: "pending" });
  const task = "loyalty/recover_accruals";
  const page = await desk.sitDown("admin", { casino: "GIVEN" });
  await page.goto("/operations?view=jobs");
  const row = page.getByRole("row", { name: task });
  await row.getByText("Failed, is tried again").waitFor();
  await row.getByText("AWARD_PENDING").waitFor();
  await desk.house.sql(
    `update graphile_worker._private_jobs set attempts = max_attempts
    where payload ->> 'rating_slip_id' = $1 and locked_at is null and attempts > 0`,
    [slip.ratingSlipId],
  );
  await row.getByText("Given up").waitFor();
  await row.getByText("25 / 25").waitFor();
  const auditor = await desk.sitDown("auditor", { casino: "GIVEN" });
  await auditor.goto("/operations?view=jobs");
  await auditor.getByRole("row", { name: task }).getByText("Given up").waitFor();
  expect(await auditor.getByRole("button", { name: `Retry ${task}` }).count(), "reads only").toBe(0);

  await desk.house.load("GIVEN");
  await page.getByRole("button", { name: `Retry ${task}` }).press("Enter");
  await page.getByText(`${task} runs again.`).waitFor();
  await row.waitFor({ state: "detached" });
  expect(await ledgerOf(boss, slip.playerId)).toHaveLength(1);
  await page.goto("/operations?view=audit");
  const retried = card(page, "Audit log").getByRole("row", { name: /Job retried/ });
  await retried.getByRole("button", { name: "Show" }).click();
  await page.getByRole("dialog").getByText("AWARD_PENDING").waitFor();
});
