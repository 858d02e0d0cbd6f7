import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { documents, reason, reward } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { Scrape } from "../api/support/scrape.ts";
import { recordCash } from "./support/cash.ts";
import { card, openDesk } from "./support/client.ts";
import { type Named, newPlayer } from "./support/players.ts";

const desk = openDesk();

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
    await entry.getByText("Manual bonus · +90 points").waitFor();
    await entry.getByText("pit_boss of ONE").waitFor();
    await entry.getByText("Entry number 1").waitFor();
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
    await line.getByText("Give a reward · REWARD_EXCEEDS_LIMIT").waitFor();
    await log.getByRole("row", { name: "admin of ONE" }).first().waitFor({ state: "detached" });
    await line.getByRole("button", { name: "Show" }).click();
    await page.getByRole("dialog").getByText(id).waitFor();
    await page.getByRole("dialog").getByRole("link", { name: "Follow the request" }).click();
    await card(page, "What the request wrote").getByText("Refused · Give a reward · REWARD_EXCEEDS_LIMIT").waitFor();
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
