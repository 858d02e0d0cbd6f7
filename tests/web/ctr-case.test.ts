import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { Client } from "../api/support/client.ts";
import { holdBack, loseAnswerOf, openDesk } from "./support/client.ts";
import { caseOf, filer, saveIdentification } from "./support/compliance.ts";

const desk = openDesk();
let officer: Client;

beforeAll(async () => {
  await desk.house.load("ONE", { filer });
  officer = await desk.house.as("compliance_officer");
});

async function fillIdentification(page: Page): Promise<void> {
  const fields = {
    "Last name": "Lovelace",
    "First name": "Ada",
    Street: "12 Analytical Way",
    City: "Reno",
    State: "nv",
    "ZIP or postal code": "89501",
    Country: "us",
    "Taxpayer number": "123-45-6780",
    "Document number": "D1234567",
    "Issued by state": "NV",
    "Issued by country": "US",
  };
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole("textbox", { name: label, exact: true }).fill(value);
  }
  await page.getByRole("spinbutton", { name: "month, Date of birth" }).click();
  await page.keyboard.type("12101980");
  await page.getByRole("button", { name: /Document$/ }).click();
  await page.getByRole("option", { name: "Driver's license or state ID" }).click();
}

async function stateOf(caseId: string): Promise<unknown> {
  const rows = await desk.house.sql<{ state: string; bsa_id: string | null; filed_version: number | null }>(
    "select state, bsa_id, filed_version from compliance.ctr_case where case_id = $1",
    [caseId],
  );
  return rows[0];
}

test("a case goes from open to ready, filed and acknowledged", async () => {
  const { player, caseId, gamingDay } = await caseOf(desk.house, 2);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance?day=${gamingDay}`);
  await page.getByRole("region", { name: "Cases to be filed" }).getByRole("link", { name: player.name }).click();
  await page.getByRole("heading", { level: 1, name: player.name }).waitFor();
  await page.getByText("CTR case", { exact: true }).waitFor();
  const [clock] = await desk.house.sql<{ days: number }>(
    "select due_on - (now() at time zone 'America/Los_Angeles')::date as days from compliance.ctr_case where case_id = $1",
    [caseId],
  );
  await page.getByText(`${clock?.days} days left`).waitFor();
  const report = page.getByRole("region", { name: "The report" });
  await report.getByText("$12,500.25").waitFor();
  await report.getByText("Reportable").waitFor();
  await page.getByText("In $0.00 → $12,500.25").waitFor();

  await page.getByRole("button", { name: "Prepare" }).click();
  await page.getByRole("alert").getByText("The identification is incomplete").waitFor();
  expect(await stateOf(caseId)).toMatchObject({ state: "open" });

  const identification = page.getByRole("region", { name: "Identification" });
  await identification.getByRole("button", { name: "Write it down" }).click();
  await fillIdentification(page);
  await page.getByRole("textbox", { name: "City", exact: true }).fill("UNKNOWN");
  await identification.getByRole("button", { name: "Save" }).click();
  await identification.getByText("A report can't use this.").waitFor();
  expect(await page.getByRole("textbox", { name: "City", exact: true }).getAttribute("aria-invalid")).toBe("true");
  expect(await page.getByRole("textbox", { name: "Street", exact: true }).getAttribute("aria-invalid")).toBeNull();
  await page.getByRole("textbox", { name: "City", exact: true }).fill("Reno");
  await identification.getByRole("button", { name: "Save" }).click();
  await identification.getByText("Complete", { exact: true }).waitFor();
  await identification.getByText("Dec 10, 1980").waitFor();

  await page.getByRole("button", { name: "Prepare" }).click();
  await page.getByRole("button", { name: "Mark as filed" }).waitFor();
  await page.getByRole("textbox", { name: "New note" }).fill("ID seen at the cage");
  await page.getByRole("button", { name: "Add the note" }).click();
  await page.getByText("ID seen at the cage").waitFor();

  await page.getByRole("button", { name: "Export" }).click();
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Make the file" }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe(`ctr-${gamingDay}-${gamingDay}.xml`);
  const xml = await readFile(await download.path(), "utf8");
  expect(xml).toContain("<fc2:RawEntityIndividualLastName>Lovelace</fc2:RawEntityIndividualLastName>");
  expect(xml).toContain("12501");
  await page.getByRole("button", { name: "Done" }).click();

  await page.getByRole("button", { name: "Mark as filed" }).click();
  await page.getByRole("button", { name: "It is filed" }).click();
  await page.getByRole("region", { name: "Filed versions" }).getByText("$12,500.25 in").waitFor();
  expect(await stateOf(caseId)).toEqual({ state: "filed", bsa_id: null, filed_version: 1 });

  await page.getByRole("button", { name: "Acknowledge" }).click();
  const bsaId = page.getByRole("textbox", { name: "BSA identifier" });
  await bsaId.fill("123");
  await page.getByRole("dialog").getByRole("button", { name: "Acknowledge" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await bsaId.fill("31000000000123");
  await page.getByRole("dialog").getByRole("button", { name: "Acknowledge" }).click();
  await page.getByText("31000000000123").waitFor();
  expect(await stateOf(caseId)).toEqual({ state: "acknowledged", bsa_id: "31000000000123", filed_version: 1 });
  expect(await page.getByRole("button", { name: /^(Prepare|Mark as filed|Acknowledge)$/ }).count()).toBe(0);
});

test("a correction after filing makes an amendment due; what was filed stays as filed", async () => {
  const { caseId, patronId } = await caseOf(desk.house, 3);
  await saveIdentification(officer, patronId);
  for (const step of ["prepareCtr", "fileCtr"]) {
    await officer.get(`mutation ($caseId: UUID!) { ${step}(input: { caseId: $caseId }) { clientMutationId } }`, {
      caseId,
    });
  }
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Correct $12,500.25, Chips bought" }).click();
  await page.getByRole("textbox", { name: "Right amount" }).fill("11000");
  await page.getByRole("textbox", { name: "Reason" }).fill("Counted again");
  await page.getByRole("button", { name: "Correct it" }).click();
  await page.getByText("Corrected to $11,000.00.").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("The totals have changed since it was filed").waitFor();
  await page.getByText("In $12,500.25 → $0.00").waitFor();
  await page.getByText("Reason: Counted again").first().waitFor();
  const filed = page.getByRole("region", { name: "Filed versions" });
  await filed.getByText("$12,500.25 in").waitFor();

  await page.getByRole("button", { name: "Mark the amendment as filed" }).click();
  await page.getByRole("button", { name: "It is filed" }).click();
  await filed.getByText("Amendment 1").waitFor();
  await filed.getByText("$11,000.00 in").waitFor();
  await filed.getByText("$12,500.25 in").waitFor();
  expect(await stateOf(caseId)).toMatchObject({ state: "filed", filed_version: 2 });
});

test("a report that was sent is filed, even when its case has closed meanwhile", async () => {
  const { caseId, patronId, gamingDay } = await caseOf(desk.house, 7);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Prepare" }).click();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: "Make the file" }).click();
  await page.getByText(`ctr-${gamingDay}-${gamingDay}.xml was made.`).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Correct $12,500.25, Chips bought" }).click();
  await page.getByRole("textbox", { name: "Right amount" }).fill("9000");
  await page.getByRole("textbox", { name: "Reason" }).fill("Counted again");
  await page.getByRole("button", { name: "Correct it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("This case is closed").waitFor();

  await page.getByRole("button", { name: "Mark as filed" }).click();
  await page.getByText("What was exported last is what is filed").waitFor();
  await page.getByRole("button", { name: "It is filed" }).click();
  await page.getByRole("region", { name: "Filed versions" }).getByText("$12,500.25 in").waitFor();
  await page.getByRole("button", { name: "Mark the amendment as filed" }).waitFor();
  expect(await stateOf(caseId)).toMatchObject({ state: "filed", filed_version: 1 });
});

test("an incomplete case keeps the file from being made, and is named", async () => {
  const { player, gamingDay, caseId } = await caseOf(desk.house, 4);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance?day=${gamingDay}`);
  await page.getByRole("button", { name: "CTR file" }).click();
  await page.getByRole("button", { name: "Make the file" }).click();
  const incomplete = page.getByRole("list", { name: "Incomplete cases" });
  await incomplete.getByText(/Last name, First name, Date of birth/).waitFor();
  await incomplete.getByRole("link", { name: `${player.name}, gaming day ` }).click();
  await page.getByRole("region", { name: "The report" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/compliance/cases/${caseId}`);
});

test("the file begins with the days that are over and have cases that wait, whatever day is looked at", async () => {
  await caseOf(desk.house, 11);
  await caseOf(desk.house, 12);
  const running = await caseOf(desk.house, 0);
  const [days] = await desk.house.sql<{ first: string; last: string }>(
    `select min(gaming_day)::text as first, max(gaming_day)::text as last
    from compliance.ctr_case where (state in ('open', 'ready') or amendment_due) and gaming_day < $1`,
    [running.gamingDay],
  );
  const page = await desk.sitDown("compliance_officer");
  const line = await holdBack(page, "DaysToFile");
  await page.goto("/compliance");
  await page.getByRole("region", { name: "Cases to be filed" }).getByText(running.player.name).waitFor();
  await page.getByRole("button", { name: "CTR file" }).click();
  await line.asked;
  expect(await page.getByRole("dialog").count(), "as long as it isn't known which they are").toBe(0);
  line.release();
  const asking = page.waitForRequest(/ctr\/batch\.xml/);
  await page.getByRole("button", { name: "Make the file" }).click();
  const asked = new URL((await asking).url()).searchParams;
  expect({ first: asked.get("from"), last: asked.get("to") }).toEqual(days);
});

test("while no case waits, the file has no days but those that somebody types", async () => {
  const page = await desk.sitDown("compliance_officer", { casino: "TWO" });
  await page.goto("/compliance");
  await page.getByRole("button", { name: "CTR file" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("No case of a gaming day that is over is waiting.").waitFor();
  expect(await dialog.getByRole("button", { name: "Make the file" }).isDisabled()).toBe(true);
  for (const label of ["From", "To"]) {
    await dialog.getByRole("spinbutton", { name: `month, ${label}` }).click();
    await page.keyboard.type("01022026");
  }
  await dialog.getByRole("button", { name: "Make the file" }).click();
  await dialog.getByText("No case from 2026-01-02 to 2026-01-02 waits to be filed.").waitFor();
});

test("while no answer has come, nothing but trying again sends what a dialog does", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 13);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Prepare" }).click();
  let sent = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/graphql") && request.postDataJSON()?.operationName === "FileCtr") sent++;
  });
  await loseAnswerOf(page, "FileCtr");
  await page.getByRole("button", { name: "Mark as filed" }).click();
  const dialog = page.getByRole("dialog");
  const submit = dialog.getByRole("button", { name: "It is filed" });
  expect(await submit.isDisabled()).toBe(false);
  await submit.click();
  await dialog.getByText("It may have been recorded or not.").waitFor();
  expect(await submit.isDisabled()).toBe(true);
  // As a key or an extension of the browser would, whatever the button says.
  await dialog.locator("form").evaluate((form: HTMLFormElement) => form.requestSubmit());
  await page.waitForTimeout(500);
  expect(sent).toBe(1);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(sent).toBe(2);
  expect(await stateOf(caseId)).toMatchObject({ state: "filed", filed_version: 1 });
});

test("an auditor reviews and prepares, but doesn't file", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 6);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("auditor");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Prepare" }).click();
  await page.getByRole("listitem").filter({ hasText: "Ready" }).and(page.locator("[aria-current]")).waitFor();
  expect(await page.getByRole("button", { name: /^(File|Export|Acknowledge)$/ }).count()).toBe(0);
  expect(await page.getByRole("button", { name: /^Correct/ }).count()).toBe(0);
  await page.getByRole("textbox", { name: "New note" }).fill("Reviewed");
  await page.getByRole("button", { name: "Add the note" }).click();
  await page.getByText("Reviewed", { exact: true }).waitFor();
});

test("a case is printed with all that is known of it, and nothing to press or fill in", async () => {
  const { player, patronId, caseId } = await caseOf(desk.house, 8);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByText("In $0.00 → $12,500.25").waitFor();
  await page.getByText("Lovelace").first().waitFor();
  await page.getByRole("button", { name: "Print" }).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.getByText("*****6780").waitFor();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Show the taxpayer number" }).click();
  await page.emulateMedia({ media: "print" });
  const paper = page.getByText(/^CTR case · Casino ONE · gaming day /);
  expect(await paper.isVisible(), "what the sheet is").toBe(true);
  for (const said of [player.name, "$12,500.25", "Lovelace", "123456780", "In $0.00 → $12,500.25"]) {
    expect(await page.getByText(said).first().isVisible(), said).toBe(true);
  }
  for (const role of ["button", "textbox", "navigation", "banner"] as const) {
    expect(await page.getByRole(role).count(), role).toBe(0);
  }
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
});

test("there is no such case", async () => {
  const page = await desk.sitDown("compliance_officer");
  for (const caseId of ["abc", randomUUID()]) {
    await page.goto(`/compliance/cases/${caseId}`);
    await page.getByText("There is no such case").waitFor();
  }
});
