import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { complete, documents, ledgerOf, nextSeat, playFor, reason, reward } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { Scrape } from "../api/support/scrape.ts";
import { recordCash } from "./support/cash.ts";
import { openDesk } from "./support/client.ts";
import { stageExport } from "./support/legacy.ts";
import { type Named, newPlayer } from "./support/players.ts";

const desk = openDesk();

function card(page: Page, name: string) {
  return page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });
}

/** What monitoring reads of a casino's last reconciliation; the server asks the database now and then. */
function measured(casino: string) {
  const read = async () => (await Scrape.of(desk.house.url)).value("reconciliation_drift", { casino });
  return expect.poll(read, { timeout: 15_000 });
}

describe("drift", () => {
  let player: Named;
  beforeAll(async () => {
    const boss = await desk.house.as("pit_boss");
    player = await newPlayer(boss);
    await reward(boss, player.playerId, { points: "700" });
    await recordCash(await desk.house.as("cashier"), { playerId: player.playerId, amount: "420" });
  });

  const standing = () =>
    desk.house.sql("select current_balance from loyalty.player_loyalty where player_id = $1", [player.playerId]);

  test("is found, shown and measured, looked at, repaired and then gone; it stays on record", async () => {
    const page = await desk.sitDown("admin");
    await page.goto("/operations");
    await page.getByText("Nothing was reconciled yet").waitFor();
    await page.getByRole("button", { name: "Reconcile now" }).click();
    await page.getByText("Balances, chains and cash totals agree with their entries.").waitFor();
    const runs = card(page, "Reconciliation runs");
    const sound = runs.getByRole("row", { name: /No difference/ });
    await sound.getByText("admin of ONE").waitFor();
    expect((await sound.getByRole("cell").allInnerTexts()).slice(1, 4)).toEqual(["1", "1", "1"]);
    await page.getByText("This run found no difference").waitFor();
    await measured("ONE").toBe(0);

    await desk.house.sql("update loyalty.player_loyalty set current_balance = 7 where player_id = $1", [
      player.playerId,
    ]);
    await desk.house.sql("update compliance.patron_gaming_day set cash_in = 5");
    await page.getByRole("button", { name: "Reconcile now" }).click();
    await runs.getByRole("status").getByText("2 differences").waitFor();
    const found = card(page, "Differences");
    const balance = found.getByRole("row", { name: /Balance/ });
    await balance.getByText("700", { exact: true }).waitFor();
    await balance.getByText("7", { exact: true }).waitFor();
    await balance.getByText("entry 1").waitFor();
    await found
      .getByRole("row", { name: /Cash in/ })
      .getByText("420.00")
      .waitFor();
    await measured("ONE").toBe(2);

    await page.getByRole("button", { name: "Repair" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Repair", exact: true }).count(), "a look comes first").toBe(0);
    await dialog.getByRole("button", { name: "Look what would change" }).click();
    await dialog.getByText("2 differences would be repaired.").waitFor();
    await dialog
      .getByRole("row", { name: new RegExp(player.name) })
      .first()
      .waitFor();
    expect(await standing(), "a look writes nothing").toEqual([{ current_balance: "7" }]);
    await dialog.getByRole("button", { name: "Repair", exact: true }).click();
    await dialog.getByText("2 differences are repaired.").waitFor();
    expect(await standing()).toEqual([{ current_balance: "700" }]);
    await dialog.getByRole("button", { name: "Reconcile now" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Balances, chains and cash totals agree with their entries.").waitFor();
    await page.getByText("This run found no difference").waitFor();
    await measured("ONE").toBe(0);

    await runs.getByRole("radio", { name: "With differences" }).click();
    await runs
      .getByRole("row", { name: /No difference/ })
      .first()
      .waitFor({ state: "detached" });
    await runs.getByRole("button", { name: /\d/ }).first().click();
    await page.waitForURL(/runs=drift/);
    await found.getByRole("link", { name: player.name }).first().waitFor();
    await page.reload();
    await found.getByRole("link", { name: "Audit log" }).first().click();
    const log = card(page, "Audit log");
    await log.getByText("Balance and tier repaired").waitFor();
    await log.getByText("Cash total repaired").waitFor();
    expect(await log.getByRole("row").count(), "a heading and what was done about this player").toBe(3);
    await log.getByRole("link", { name: player.name }).first().click();
    await page.getByRole("heading", { name: player.name }).waitFor();
  });

  test("in the ledger itself isn't repaired over", async () => {
    const trigger = (how: string) =>
      desk.house.sql(`alter table loyalty.loyalty_ledger ${how} trigger loyalty_ledger_is_append_only`);
    await trigger("disable");
    await desk.house.sql("create table public.kept as select * from loyalty.loyalty_ledger");
    await desk.house.sql("delete from loyalty.loyalty_ledger");
    try {
      const page = await desk.sitDown("admin");
      await page.goto("/operations?view=reconciliation");
      await page.getByRole("button", { name: "Reconcile now" }).click();
      await card(page, "Differences").getByText(player.name).first().waitFor();
      await page.getByRole("button", { name: "Repair" }).click();
      await page.getByRole("button", { name: "Look what would change" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Repair", exact: true }).click();
      await page
        .getByRole("dialog")
        .getByRole("alert")
        .getByText(/is broken/)
        .waitFor();
    } finally {
      await desk.house.sql("insert into loyalty.loyalty_ledger select * from public.kept; drop table public.kept");
      await trigger("enable always");
    }
  });
});

test("who may see what: imports, repairs and retries are the administrator's", async () => {
  const views = ["Reconciliation", "Seals", "Jobs", "Audit log"];
  for (const who of ["auditor", "compliance_officer"] as const) {
    const page = await desk.sitDown(who);
    await page.goto("/operations?view=imports");
    await page.getByRole("button", { name: "Reconcile now" }).waitFor();
    const choice = page.getByRole("radiogroup", { name: "What to look at" }).getByRole("radio");
    expect(await choice.allInnerTexts(), who).toEqual(views);
    expect(await page.getByRole("button", { name: "Repair" }).count(), who).toBe(0);
  }
  for (const who of ["pit_boss", "cashier", "marketing", "floor_supervisor"] as const) {
    const page = await desk.sitDown(who);
    await page.goto("/operations?view=audit");
    await page.getByText("Not for your role").waitFor();
    expect(await page.getByRole("link", { name: "Operations" }).count(), who).toBe(0);
  }
});

describe("the audit log", () => {
  test("leads from a correlation id to everything that the request wrote", async () => {
    const boss = await desk.house.as("pit_boss");
    const player = await newPlayer(boss, "Mary");
    const id = randomUUID();
    const input = { playerId: player.playerId, points: "90", reason, idempotencyKey: newKey() };
    await boss.ask(documents.manualReward, { input }, { "x-correlation-id": id });
    const page = await desk.sitDown("auditor");
    await page.goto(`/operations?view=audit&request=${id}`);
    const trace = card(page, "What the request wrote");
    const entry = trace.getByRole("row", { name: /Ledger entry/ });
    await entry.getByText("MANUAL_BONUS +90 points").waitFor();
    await entry.getByText("pit_boss of ONE").waitFor();
    await entry.getByText("entry_no 1").waitFor();
    await entry.getByRole("link", { name: player.name }).click();
    await page.getByRole("row", { name: /90/ }).first().waitFor();

    await page.goto("/operations?view=audit");
    await page.getByLabel("Correlation id", { exact: true }).fill("no-such-request-at-all");
    await page.getByText("The request wrote nothing").waitFor();
    await page.waitForURL(/request=no-such-request-at-all/);
  });

  test("is searched by person, by player and by time, and has who was refused what", async () => {
    const boss = await desk.house.hire("pit_boss");
    const { me } = await boss.get<{ me: { displayName: string } }>("{ me { displayName } }");
    const player = await newPlayer(boss, "Refused");
    const id = randomUUID();
    const input = { playerId: player.playerId, points: "999999", reason, idempotencyKey: newKey() };
    await boss.ask(documents.manualReward, { input }, { "x-correlation-id": id });
    await expect
      .poll(() => desk.house.sql("select from ops.audit_log where correlation_id = $1", [id]))
      .toHaveLength(1);

    const page = await desk.sitDown("compliance_officer");
    await page.goto("/operations?view=audit");
    const log = card(page, "Audit log");
    await page.getByRole("button", { name: /Person/ }).click();
    await page.getByRole("option", { name: me.displayName }).click();
    const line = log.getByRole("row", { name: /Refused/ });
    await line.getByText("manualReward · REWARD_EXCEEDS_LIMIT").waitFor();
    await log.getByRole("row", { name: "admin of ONE" }).first().waitFor({ state: "detached" });
    await line.getByRole("button", { name: "Show" }).click();
    await page.getByRole("dialog").getByText(id).waitFor();
    await page.getByRole("dialog").getByRole("link", { name: "Follow the request" }).click();
    await card(page, "What the request wrote").getByText("refused manualReward REWARD_EXCEEDS_LIMIT").waitFor();
    await page.waitForURL(new RegExp(`request=${id}`));

    await page.goto("/operations?view=audit");
    await log.getByRole("row").nth(1).waitFor();
    await page.getByRole("searchbox", { name: "Player" }).fill(player.lastName);
    await page.getByRole("option", { name: player.lastName }).click();
    await page.getByText("Nothing on record fits").waitFor();
    await page.getByRole("button", { name: "Any player" }).click();
    await log.getByRole("row").nth(1).waitFor();
    await page.getByRole("spinbutton", { name: /month.*Before/ }).focus();
    await page.keyboard.type("0101202012AM00");
    await page.waitForURL(/until=2020-01-01/);
    await page.getByText("Nothing on record fits").waitFor();
  });
});

describe("with a worker", () => {
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
});
