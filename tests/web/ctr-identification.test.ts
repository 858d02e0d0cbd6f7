import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { Client } from "../api/support/client.ts";
import { password } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";
import { caseOf, filer, saveIdentification } from "./support/compliance.ts";
import type { Named } from "./support/players.ts";

const desk = openDesk();
let officer: Client;

beforeAll(async () => {
  await desk.house.load("ONE", { filer });
  officer = await desk.house.as("compliance_officer");
});

async function leaveAndComeBack(page: Page, player: Named): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Compliance" }).click();
  await page.getByRole("heading", { level: 1, name: "Compliance" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: player.name }).waitFor();
}

async function latest(patronId: string): Promise<unknown> {
  const [row] = await desk.house.sql(
    `select version, occupation, taxpayer_number, taxpayer_unknown, city
    from compliance.patron_identification where patron_id = $1 order by version desc limit 1`,
    [patronId],
  );
  return row;
}

const saved = { version: 2, occupation: "Mathematician", taxpayer_unknown: false, city: "Reno" };

test("an identification that wasn't saved is still there when one comes back to it", async () => {
  const { player, caseId } = await caseOf(desk.house, 2);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Write it down" }).click();
  const lastName = page.getByRole("textbox", { name: "Last name", exact: true });
  expect(await lastName.evaluate((input) => input === document.activeElement), "the first field").toBe(true);
  await lastName.fill("Lovelace");
  await leaveAndComeBack(page, player);
  await page.getByText("Not saved yet.").waitFor();
  expect(await lastName.inputValue()).toBe("Lovelace");
  await page.getByRole("button", { name: "Cancel" }).click();
  await leaveAndComeBack(page, player);
  await page.getByRole("button", { name: "Write it down" }).waitFor();
});

test("an identification that wasn't saved is gone when its person signs out", async () => {
  const { player } = await caseOf(desk.house, 3);
  const page = await desk.sitDown("compliance_officer");
  const link = page.getByRole("region", { name: "Cases to be filed" }).getByRole("link", { name: player.name });
  await page.goto("/compliance");
  await link.click();
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByRole("textbox", { name: "Last name", exact: true }).fill("Lovelace");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Property code").fill("ONE");
  await page.getByLabel("User name").fill("compliance_officer");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Compliance" }).waitFor();
  await link.click();
  await page.getByRole("heading", { level: 1, name: player.name }).waitFor();
  await page.getByRole("button", { name: "Write it down" }).waitFor();
  expect(await page.getByText("Not saved yet.").count()).toBe(0);
});

test("what keeps a case from being prepared is said in the words of the form", async () => {
  const { caseId } = await caseOf(desk.house, 4);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Prepare" }).click();
  await page
    .getByRole("alert")
    .getByText(
      "The identification is incomplete. Missing: Last name, First name, Date of birth, Street, City, State, " +
        "ZIP or postal code, Country, Taxpayer number, Document, Document number, Issued by country.",
      { exact: true },
    )
    .waitFor();
});

test("what keeps a case from being filed is said in the words of the form", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 5);
  await saveIdentification(officer, patronId);
  await officer.get("mutation ($caseId: UUID!) { prepareCtr(input: { caseId: $caseId }) { clientMutationId } }", {
    caseId,
  });
  await saveIdentification(officer, patronId, { city: "", idNumber: "" });
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Mark as filed" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "It is filed" }).click();
  await dialog
    .getByRole("alert")
    .getByText("The identification is incomplete. Missing: City, Document number.", { exact: true })
    .waitFor();
});

test("an auditor sees the end of the taxpayer number only, and writes nothing", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 6);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("auditor");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByText("*****6780").waitFor();
  expect(await page.getByRole("button", { name: /^(Show the taxpayer number|Change it)$/ }).count()).toBe(0);
});

test("who files sees the whole taxpayer number once they ask for it, and only as long as that", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 7);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByText("*****6780").waitFor();
  expect(await page.getByText("123456780").count(), "until it is asked for").toBe(0);
  const show = page.getByRole("button", { name: "Show the taxpayer number" });
  await show.click();
  await page.getByText("123456780").waitFor();
  expect(await show.getAttribute("aria-pressed")).toBe("true");
  await show.click();
  await page.getByText("*****6780").waitFor();
  expect(await page.getByText("123456780").count()).toBe(0);
});

test("the form doesn't show a taxpayer number that the page hides; left empty it stays as it was", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 8);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Change it" }).click();
  const number = page.getByRole("textbox", { name: "Taxpayer number" });
  expect(await number.inputValue()).toBe("");
  await page.getByText("Known: *****6780. Leave empty to keep it.", { exact: true }).waitFor();
  await page.getByRole("textbox", { name: "Occupation" }).fill("Mathematician");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Mathematician").waitFor();
  expect(await latest(patronId)).toEqual({ ...saved, taxpayer_number: "123456780" });

  await page.getByRole("button", { name: "Change it" }).click();
  await number.fill("123-45-6781");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("*****6781").waitFor();
  expect(await latest(patronId)).toEqual({ ...saved, version: 3, taxpayer_number: "123456781" });
});

test("a taxpayer number that is shown is there in the form, until its page was left", async () => {
  const { player, patronId, caseId } = await caseOf(desk.house, 9);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Show the taxpayer number" }).click();
  await page.getByRole("button", { name: "Change it" }).click();
  const number = page.getByRole("textbox", { name: "Taxpayer number" });
  expect(await number.inputValue()).toBe("123456780");
  expect(await page.getByText("Leave empty to keep it").count(), "empty takes it away").toBe(0);
  await page.getByRole("textbox", { name: "Occupation" }).fill("Mathematician");
  await leaveAndComeBack(page, player);
  await page.getByText("Not saved yet.").waitFor();
  expect(await number.inputValue()).toBe("");
  await page.getByText("Known: *****6780. Leave empty to keep it.", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Mathematician").waitFor();
  expect(await latest(patronId)).toEqual({ ...saved, taxpayer_number: "123456780" });
});

test("who writes it down but doesn't file needn't know the taxpayer number to change the rest", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 10);
  await saveIdentification(officer, patronId);
  const clerk = await desk.house.hire("compliance_officer");
  const { me } = await clerk.get<{ me: { staffId: string } }>("{ me { staffId } }");
  await desk.house.sql(
    `insert into identity.staff_permission (casino_id, staff_id, capability, granted)
    select casino_id, staff_id, 'ctr:file', false from identity.staff where staff_id = $1`,
    [me.staffId],
  );
  const page = await desk.sitDown(clerk);
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByText("*****6780", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Show the taxpayer number" }).count()).toBe(0);
  await page.getByRole("button", { name: "Change it" }).click();
  expect(await page.getByRole("textbox", { name: "Taxpayer number" }).inputValue()).toBe("");
  await page.getByText("Known: *****6780. Leave empty to keep it.", { exact: true }).waitFor();
  await page.getByRole("textbox", { name: "Occupation" }).fill("Mathematician");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Mathematician").waitFor();
  expect(await latest(patronId)).toEqual({ ...saved, taxpayer_number: "123456780" });
});

test("a person without a taxpayer number is said to have none", async () => {
  const { patronId, caseId } = await caseOf(desk.house, 11);
  await saveIdentification(officer, patronId);
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Change it" }).click();
  await page.getByRole("textbox", { name: "Occupation" }).fill("Mathematician");
  await page.getByText("The person has none, or won't tell it").click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Mathematician").waitFor();
  expect(await latest(patronId)).toEqual({ ...saved, taxpayer_number: null, taxpayer_unknown: true });
});
