import { readFile } from "node:fs/promises";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { correctCash, loggedCash, recordCash } from "./support/cash.ts";
import { drawer, openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

async function openEntry(page: Page, name: string): Promise<void> {
  await page.goto("/cash/log");
  await page.getByRole("row", { name }).first().click();
  await drawer(page).getByRole("heading", { name }).waitFor();
}

test("a correction shows both entries, with its reason, and the totals follow for who may see them", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss);
  await recordCash(await desk.house.as("cashier"), { playerId: player.playerId, amount: "4100" });
  const page = await desk.sitDown("compliance_officer");
  await openEntry(page, player.name);
  const panel = drawer(page);
  await panel.getByRole("button", { name: "Correct" }).click();
  const dialog = page.getByRole("dialog", { name: "Correct an entry" });
  await dialog.getByRole("textbox", { name: "Right amount" }).fill("4100.00");
  await dialog.getByText("That is what was recorded.").waitFor();
  await dialog.getByRole("textbox", { name: "Right amount" }).fill("1400");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Digits were swapped");
  await dialog.getByRole("button", { name: "Correct it" }).click();
  await dialog.getByText("Corrected to $1,400.00.").waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();

  await panel.getByRole("heading", { name: "Entry and corrections" }).waitFor();
  const steps = panel.getByRole("listitem");
  await steps.nth(2).waitFor();
  const chain = await steps.allInnerTexts();
  expect(chain[0]).toContain("$4,100.00 in");
  expect(chain[1]).toMatch(/-\$4,100.00 in.*Offset.*Digits were swapped/s);
  expect(chain[2]).toMatch(/\$1,400.00 in.*Replacement.*Counts/s);

  // With the panel closed there is room for everything.
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Total after" }).waitFor();
  const rows = page.getByRole("grid", { name: "Cash log" }).getByRole("row", { name: player.name });
  await rows.nth(2).waitFor();
  const log = await rows.allInnerTexts();
  expect(log.filter((row) => row.includes("Corrected"))).toHaveLength(1);
  expect(log.find((row) => row.includes("Replacement"))).toContain("$1,400.00");
  expect(await loggedCash(desk.house, player.playerId)).toEqual([
    "original in chip_purchase 4100.00",
    "offset in chip_purchase 4100.00",
    "replacement in chip_purchase 1400.00",
  ]);
});

test("0 voids an entry, which stays in the log", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const cashier = await desk.house.hire("cashier");
  await recordCash(cashier, { playerId: player.playerId, amount: "500" });
  const page = await desk.sitDown(cashier);
  await openEntry(page, player.name);
  await drawer(page).getByRole("button", { name: "Correct" }).click();
  const dialog = page.getByRole("dialog", { name: "Correct an entry" });
  await dialog.getByRole("textbox", { name: "Right amount" }).fill("0");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Wrong person");
  await dialog.getByRole("button", { name: "Void the entry" }).click();
  await dialog.getByText("The entry is void.").waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();
  await drawer(page).getByText("The entry is void: nothing of it counts.").waitFor();
  expect(await drawer(page).getByRole("button", { name: "Correct" }).count()).toBe(0);
});

test("a colleague's entry is corrected by who may review, so that others aren't offered it", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  await recordCash(await desk.house.as("cashier"), { playerId: player.playerId, amount: "820" });
  const page = await desk.sitDown(await desk.house.hire("cashier"));
  await openEntry(page, player.name);
  expect(await drawer(page).getByRole("button", { name: "Correct" }).count()).toBe(0);
});

test("a note stays with its entry", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  await recordCash(await desk.house.as("cashier"), { playerId: player.playerId, amount: "333" });
  const page = await desk.sitDown("cashier");
  await openEntry(page, player.name);
  await drawer(page).getByRole("textbox", { name: "New note" }).fill("Counted twice, by two people");
  await drawer(page).getByRole("button", { name: "Add the note" }).click();
  await drawer(page).getByRole("listitem").getByText("Counted twice, by two people").waitFor();
  expect(await drawer(page).getByRole("textbox", { name: "New note" }).inputValue()).toBe("");

  const auditor = await desk.sitDown("auditor");
  await openEntry(auditor, player.name);
  await drawer(auditor).getByText("Counted twice, by two people").waitFor();
  expect(await drawer(auditor).getByRole("button").allInnerTexts(), "an auditor reads").toEqual([""]);
});

test("the log is live, and narrowed by direction and gaming day through its address", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"), "Live");
  const cashier = await desk.house.as("cashier");
  const page = await desk.sitDown("pit_boss");
  await page.goto("/cash/log?direction=out");
  await page.getByRole("heading", { name: "Cash log" }).waitFor();
  await recordCash(cashier, { playerId: player.playerId, amount: "210", direction: "out", kind: "chip_redemption" });
  await page.getByRole("row", { name: player.name }).waitFor({ timeout: 5_000 });
  await page.getByRole("radio", { name: "Cash in", exact: true }).click();
  await page.getByRole("row", { name: player.name }).waitFor({ state: "detached" });
  expect(new URL(page.url()).search).toBe("?direction=in");
  await page.goto("/cash/log?day=2020-01-01");
  await page.getByText("No cash logged on this gaming day").waitFor();
});

test("the CSV has every entry of the day and direction, not only the page, and no formula", async () => {
  const occurredAt = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const officer = await desk.house.as("compliance_officer");
  const cash = { playerId: player.playerId, occurredAt };
  await recordCash(officer, { ...cash, amount: "999.5", direction: "out", kind: "chip_redemption" });
  for (let dollars = 1; dollars <= 104; dollars++) await recordCash(officer, { ...cash, amount: String(dollars) });
  await recordCash(officer, { ...cash, amount: "105", note: "=1+1" });
  await correctCash(officer, await recordCash(officer, { ...cash, amount: "600" }), "60.5");
  const [row] = await desk.house.sql<{ day: string }>(
    "select gaming_day::text as day from compliance.mtl_entry order by occurred_at limit 1",
  );

  const saved = async (who: "compliance_officer" | "pit_boss") => {
    const page = await desk.sitDown(who);
    await page.goto(`/cash/log?day=${row?.day}&direction=in`);
    await page.getByText("1–50 of 108").waitFor();
    const arriving = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    const download = await arriving;
    expect(download.suggestedFilename()).toBe(`cash-in-${row?.day}.csv`);
    const text = (await readFile(await download.path(), "utf8")).replace("\uFEFF", "");
    return Papa.parse<Record<string, string>>(text, { header: true }).data;
  };
  const rows = await saved("compliance_officer");
  const amounts = rows.map(({ amount }) => Number(amount));
  expect(amounts.toSorted((a, b) => a - b)).toEqual(
    [-600, 60.5, 600, ...Array.from({ length: 105 }, (_, index) => index + 1)].toSorted((a, b) => a - b),
  );
  const [total] = await desk.house.sql<{ cash_in: string }>(
    `select cash_in
    from compliance.patron_gaming_day join compliance.patron using (casino_id, patron_id)
    where player_id = $1`,
    [player.playerId],
  );
  expect(amounts.reduce((sum, amount) => sum + amount).toFixed(2), "it adds up to the log's total").toBe(
    total?.cash_in,
  );
  expect(rows.at(-1)?.cash_in_after).toBe(total?.cash_in);
  expect(rows.filter(({ counts }) => counts === "no").map(({ entry_role, amount }) => [entry_role, amount])).toEqual([
    ["original", "600.00"],
    ["offset", "-600.00"],
  ]);
  const [told] = await desk.house.sql<{ at: string }>(
    `select to_char($1::timestamptz at time zone 'America/Los_Angeles', 'YYYY-MM-DD"T"HH24:MI:SS') as at`,
    [occurredAt],
  );
  expect(rows[0]?.occurred_at?.startsWith(told?.at ?? "-"), "in the property's time").toBe(true);
  expect(rows.find(({ amount }) => amount === "105.00")).toMatchObject({
    gaming_day: row?.day,
    patron: player.name,
    direction: "in",
    kind: "chip_purchase",
    entry_role: "original",
    counts: "yes",
    note: "'=1+1",
    cash_in_after: "5565.00",
  });
  expect(Object.keys((await saved("pit_boss"))[0] ?? {}), "totals are for reviewers").not.toContain("cash_in_after");
});

test("totals and badges are for reviewers; a supervisor has no log", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  await recordCash(await desk.house.as("cashier"), { playerId: player.playerId, amount: "6100" });
  await recordCash(await desk.house.as("cashier"), { playerId: player.playerId, amount: "37" });
  const officer = await desk.sitDown("compliance_officer");
  await openEntry(officer, player.name);
  await drawer(officer).getByText("$6,137.00").waitFor();
  await officer.getByText("Over floor").first().waitFor();

  const cashier = await desk.sitDown("cashier");
  const answers: string[] = [];
  cashier.on("response", async (response) => {
    if (response.url().endsWith("/graphql")) answers.push(await response.text().catch(() => ""));
  });
  await openEntry(cashier, player.name);
  await cashier.keyboard.press("Escape");
  await drawer(cashier).waitFor({ state: "detached" });
  expect(await cashier.getByRole("columnheader", { name: "Total after" }).count()).toBe(0);
  expect(await cashier.locator("body").innerText()).not.toContain("6,137");
  expect(await cashier.getByText("Over floor").count()).toBe(0);
  // As a figure of its own: ids and times have digits too.
  expect(answers.join("\n")).not.toMatch(/(?<![\w.,:-])6137(?![\w:-])/);

  const supervisor = await desk.sitDown("floor_supervisor");
  await supervisor.goto("/cash/log");
  await supervisor.getByText("The log isn't yours to read").waitFor();
  expect(await supervisor.getByRole("navigation").getByRole("link", { name: "Cash log" }).count()).toBe(0);
});

test("an entry that isn't there is no error", async () => {
  const page = await desk.sitDown("auditor");
  await page.goto("/cash/log/abc");
  await drawer(page).getByText("There is no such entry").waitFor();
});
