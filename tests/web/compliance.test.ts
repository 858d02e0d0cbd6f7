import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { Client } from "../api/support/client.ts";
import { recordCash } from "./support/cash.ts";
import { drawer, openDesk } from "./support/client.ts";
import { describePatron, filer, reportableCash, saveIdentification } from "./support/compliance.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();
let officer: Client;
let boss: Client;

beforeAll(async () => {
  await desk.house.load("ONE", { filer });
  officer = await desk.house.as("compliance_officer");
  boss = await desk.house.as("pit_boss");
});

/** Each test has a gaming day of its own. */
function at(daysAgo: number): string {
  return new Date(Date.now() - daysAgo * 86_400_000).toISOString();
}

async function dayOf(occurredAt: string): Promise<string> {
  const [row] = await desk.house.sql<{ day: string }>(
    `select identity._gaming_day(timezone, gaming_day_start, $1)::text as day from identity.casino where code = 'ONE'`,
    [occurredAt],
  );
  return row?.day ?? "";
}

function rowOf(page: Page, name: string) {
  return page.getByRole("grid", { name: "Patron-days" }).getByRole("row", { name });
}

test("patron-days have a badge for each direction, which changes by itself", async () => {
  const player = await newPlayer(boss);
  const cash = { playerId: player.playerId, occurredAt: at(1) };
  await recordCash(officer, { ...cash, amount: "9500" });
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance?day=${await dayOf(cash.occurredAt)}`);
  const row = rowOf(page, player.name);
  await row.getByText("Near").waitFor();
  await row.getByText("$9,500.00").waitFor();
  expect(await row.getByText("Watch").count()).toBe(0);

  await recordCash(officer, { ...cash, amount: "3000", direction: "out", kind: "chip_redemption", area: "pit" });
  await row.getByText("Watch").waitFor({ timeout: 5_000 });
  await recordCash(officer, { ...cash, amount: "500.01", area: "sportsbook" });
  await row.getByText("Reportable").waitFor({ timeout: 5_000 });
  await row.getByText("Open").waitFor();
  const totals = page.getByRole("region", { name: "Totals of the gaming day" });
  await totals.getByText("$10,000.01").waitFor();
  await totals.getByText("$3,000.00").waitFor();
  await totals.getByText("1 reportable").waitFor();
});

test("no letter of a search is lost, however fast it is typed; people nobody knows are found by description", async () => {
  const occurredAt = at(6);
  const unknown = await describePatron(officer, { description: "Red coat, gold glasses" });
  await recordCash(officer, { patronId: unknown, amount: "3200", occurredAt });
  await recordCash(officer, { playerId: (await newPlayer(boss)).playerId, amount: "75", occurredAt });
  const [day, page] = await Promise.all([dayOf(occurredAt), desk.sitDown("compliance_officer")]);
  await page.goto(`/compliance?day=${day}`);
  const rows = page.getByRole("grid", { name: "Patron-days" }).getByRole("row");
  await rows.nth(2).waitFor();
  const search = page.getByRole("searchbox", { name: "Patron" });
  await search.focus();
  await page.keyboard.type("gold glasses");
  await rows.nth(2).waitFor({ state: "detached" });
  expect(await search.inputValue()).toBe("gold glasses");
  await rowOf(page, "Red coat").waitFor();
});

test("filters are in the address, and the CSV has what they leave, formulas escaped", async () => {
  const occurredAt = at(2);
  const ada = await newPlayer(boss, "Ada");
  const alan = await newPlayer(boss, "Alan");
  const formula = await describePatron(officer, { description: 'Said "=1+1"', knownName: "=HYPERLINK(1)" });
  await recordCash(officer, { playerId: ada.playerId, amount: "4000.5", occurredAt });
  await recordCash(officer, { playerId: ada.playerId, amount: "20", area: "pit", occurredAt });
  await recordCash(officer, { patronId: formula, amount: "120", area: "pit", occurredAt });
  await recordCash(officer, {
    playerId: alan.playerId,
    amount: "75",
    direction: "out",
    kind: "bet_payment",
    occurredAt,
  });
  const [day, page] = await Promise.all([dayOf(occurredAt), desk.sitDown("auditor")]);
  await page.goto(`/compliance?day=${day}`);
  await rowOf(page, alan.name).waitFor();
  const rows = page.getByRole("grid", { name: "Patron-days" }).getByRole("row");
  expect(await rows.count(), "a heading and three people").toBe(4);

  await page.getByRole("radio", { name: "Cash in" }).click();
  await rowOf(page, alan.name).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /Area/ }).click();
  await page.getByRole("option", { name: "Pit" }).click();
  await page.waitForURL(/area=pit/);
  expect(await rows.count()).toBe(3);
  await page.getByRole("columnheader", { name: "Patron" }).click();
  await page.getByRole("columnheader", { name: "Patron" }).and(page.locator("[aria-sort=ascending]")).waitFor();

  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const csv = await readFile(await (await arriving).path(), "utf8");
  const [card] = await desk.house.sql<{ card_no: string }>("select card_no from floor.player where player_id = $1", [
    ada.playerId,
  ]);
  expect(csv.replace("\uFEFF", "").split("\r\n")).toEqual([
    "gaming_day,patron,card_no,description,cash_in,entries_in,badge_in,cash_out,entries_out,badge_out,areas,ctr_state,ctr_due_on",
    `${day},"'=HYPERLINK(1)",,"Said ""=1+1"", female, about 50, grey",120.00,1,none,0.00,0,none,pit,,`,
    `${day},${ada.name},${card?.card_no},,4020.50,2,watch,0.00,0,none,cage pit,,`,
  ]);

  await page.getByLabel("Patron", { exact: true }).fill("hyperlink");
  await rowOf(page, ada.name).waitFor({ state: "detached" });
  await page.reload();
  await rowOf(page, "=HYPERLINK(1)").waitFor();
  expect(await rows.count(), "the address says it all").toBe(2);
  await page.getByLabel("Patron", { exact: true }).fill("nobody at all");
  await page.getByText("Nobody fits these filters").waitFor();
});

/** What the worker does every hour: notes the cases that are nearly due, or overdue. */
async function noteDueCases(): Promise<void> {
  await desk.house.sql("select graphile_worker.add_job('ops/queue_recurring_job', $1)", [
    JSON.stringify({ task: "compliance/ctr_due" }),
  ]);
  await desk.house.work();
  await expect
    .poll(() => desk.house.sql("select from compliance.ctr_due_notice"), { timeout: 30_000 })
    .not.toHaveLength(0);
}

test("a gaming day is signed off once none of its cases is open or ready; overdue ones come first", async () => {
  const late = await newPlayer(boss, "Late");
  const player = await newPlayer(boss, "Grace");
  const soon = await newPlayer(boss, "Soon");
  await reportableCash(officer, { playerId: late.playerId, occurredAt: at(40) });
  await reportableCash(officer, { playerId: soon.playerId, occurredAt: at(12) });
  const { caseId, patronId, gamingDay } = await reportableCash(officer, {
    playerId: player.playerId,
    occurredAt: at(3),
  });
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance?day=${gamingDay}`);
  const signOff = page.getByRole("region", { name: "Sign-off" });
  await signOff.getByText("1 case blocks it").waitFor();
  await signOff.getByRole("link", { name: player.name }).waitFor();
  expect(await page.getByRole("button", { name: "Sign off" }).count()).toBe(0);
  const first = page.getByRole("region", { name: "Cases to be filed" }).getByRole("listitem").first();
  await first.getByText(late.name).waitFor();
  await first.getByText("days overdue").waitFor();
  await noteDueCases();
  await page.reload();
  const toFile = page.getByRole("region", { name: "Cases to be filed" });
  await toFile.getByText("1 overdue", { exact: true }).waitFor();
  await first.getByText(/^Noted as overdue /).waitFor();
  await toFile.getByText("1 due soon", { exact: true }).waitFor();
  await toFile
    .getByRole("listitem")
    .filter({ hasText: soon.name })
    .getByText(/^Noted as due soon /)
    .waitFor();
  expect(await toFile.getByText(/^Noted as/).count(), "a case that has time isn't noted").toBe(2);

  await saveIdentification(officer, patronId);
  for (const step of ["prepareCtr", "fileCtr"]) {
    await officer.get(`mutation ($caseId: UUID!) { ${step}(input: { caseId: $caseId }) { clientMutationId } }`, {
      caseId,
    });
  }
  await signOff.getByText("Nothing blocks it").waitFor({ timeout: 5_000 });
  await page.getByRole("button", { name: "Sign off" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Drop and log agree");
  await page.getByRole("dialog").getByRole("button", { name: "Sign off" }).click();
  await signOff.getByText("Signed off by compliance_officer of ONE").waitFor();
  await signOff.getByText("Drop and log agree").waitFor();
  expect(await page.getByRole("button", { name: "Sign off" }).count(), "once").toBe(0);
  const signed = await desk.house.sql("select note from compliance.gaming_day_sign_off where gaming_day = $1", [
    gamingDay,
  ]);
  expect(signed).toEqual([{ note: "Drop and log agree" }]);

  await page.goto("/compliance");
  await page.getByText("The gaming day isn't over yet").waitFor();
});

test("an unknown person is identified as a player, which opens the case, and that is undone with a note", async () => {
  const occurredAt = at(4);
  const player = await newPlayer(boss, "Edsger");
  const unknown = await describePatron(officer, { description: "Blue suit" });
  await recordCash(officer, { patronId: unknown, amount: "6000", occurredAt });
  await recordCash(officer, { playerId: player.playerId, amount: "5000", occurredAt });
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance?day=${await dayOf(occurredAt)}`);
  await rowOf(page, "Blue suit").click();
  await drawer(page).getByText("Not identified").waitFor();
  await drawer(page).getByRole("button", { name: "Identify as a player" }).click();
  await page.getByRole("searchbox", { name: "Player" }).fill(player.lastName);
  await page.getByRole("option", { name: player.lastName }).click();
  await page.getByRole("textbox", { name: "How do you know?" }).fill("Showed the card");
  await page.getByRole("button", { name: "Identify", exact: true }).click();

  await drawer(page).getByRole("heading", { name: player.name }).waitFor();
  await drawer(page).getByText("$11,000.00", { exact: true }).waitFor();
  await drawer(page).getByText("Reportable").waitFor();
  await rowOf(page, "Blue suit").waitFor({ state: "detached" });
  await drawer(page).getByRole("link", { name: "CTR case Open" }).waitFor();

  await drawer(page).getByRole("button", { name: "Undo the identification of Blue suit" }).click();
  const undo = page.getByRole("dialog");
  expect(await undo.getByRole("button", { name: "Undo it" }).isDisabled(), "takes a note").toBe(true);
  await undo.getByRole("textbox", { name: "Why was it wrong?" }).fill("Somebody else's card");
  await undo.getByRole("button", { name: "Undo it" }).click();
  await rowOf(page, "Blue suit").getByText("$6,000.00").waitFor();
  await rowOf(page, player.name).getByText("$5,000.00").waitFor();
  await rowOf(page, player.name).getByText("Closed").waitFor();
  const links = await desk.house.sql(
    "select note, undo_note from compliance.patron_link where unknown_patron_id = $1",
    [unknown],
  );
  expect(links).toEqual([{ note: "Showed the card", undo_note: "Somebody else's card" }]);
});

test("an auditor looks at everything, but neither signs off nor makes the file", async () => {
  const occurredAt = at(5);
  const player = await newPlayer(boss);
  await recordCash(officer, { playerId: player.playerId, amount: "100", occurredAt });
  const page = await desk.sitDown("auditor");
  await page.goto(`/compliance?day=${await dayOf(occurredAt)}`);
  await page.getByText("Nothing blocks it").waitFor();
  await rowOf(page, player.name).waitFor();
  expect(await page.getByRole("button", { name: /^(Sign off|CTR file)$/ }).count()).toBe(0);
  await page.getByRole("button", { name: "CSV" }).waitFor();
});

test.each(["cashier", "pit_boss", "floor_supervisor"] as const)("a %s sees no totals, cases or alerts", async (who) => {
  const player = await newPlayer(boss);
  const found = await reportableCash(officer, { playerId: player.playerId });
  const page = await desk.sitDown(who);
  for (const path of [
    "/compliance",
    `/compliance/patrons/${found.patronId}`,
    `/compliance/cases/${found.caseId}`,
    "/alerts",
  ]) {
    await page.goto(path);
    await page.getByText("This is for compliance review").waitFor();
    expect(await page.getByText("12,500.25").count()).toBe(0);
  }
  const main = page.getByRole("navigation", { name: "Main" });
  expect(await main.getByRole("link", { name: /Compliance|Alerts/ }).count()).toBe(0);
});

test("a long list of cases to be filed ends with a whole row", async () => {
  for (let count = 0; count < 8; count++) {
    const player = await newPlayer(boss, "Many");
    await reportableCash(officer, { playerId: player.playerId, occurredAt: at(8) });
  }
  const page = await desk.sitDown("compliance_officer");
  await page.goto("/compliance");
  const list = page.getByRole("list", { name: "Cases to be filed" });
  await list.getByRole("listitem").nth(7).waitFor();
  const ends = await list.evaluate((each) => {
    const bottom = each.getBoundingClientRect().bottom;
    const cut = [...each.children].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.top < bottom - 1 && box.bottom > bottom + 1;
    });
    return { cut: cut.length, scrolls: each.scrollHeight > each.clientHeight };
  });
  expect(ends).toEqual({ cut: 0, scrolls: true });
});
