import { beforeAll, expect, test } from "vitest";
import type { Client } from "../api/support/client.ts";
import { recordCash } from "./support/cash.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();
let officer: Client;

beforeAll(async () => {
  officer = await desk.house.as("compliance_officer");
});

async function evaluate(): Promise<void> {
  await officer.get("mutation { evaluateAlerts(input: {}) { clientMutationId } }");
}

test("an alert appears by itself, and is resolved with a note that stays", async () => {
  const page = await desk.sitDown("compliance_officer");
  await page.goto("/alerts");
  await page.getByText("Nothing to review").waitFor();

  const player = await newPlayer(await desk.house.as("pit_boss"));
  await recordCash(officer, { playerId: player.playerId, amount: "8000" });
  await evaluate();
  const alert = page.getByRole("article", { name: `Chips bought, hardly played, ${player.name}` });
  await alert.getByText("$8,000.00").waitFor({ timeout: 5_000 });
  await alert.getByRole("button", { name: "Resolve" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByRole("button", { name: "Resolve" }).isDisabled(), "takes a note").toBe(true);
  await dialog.getByRole("textbox", { name: "What did the review show?" }).fill("Bought for a tournament");
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await page.getByText("Nothing to review").waitFor();

  await page.getByRole("radio", { name: "Resolved" }).click();
  await page.getByText("Bought for a tournament").waitFor();
  await page.getByText(/^compliance_officer of ONE, /).waitFor();
  await evaluate();
  await page.getByRole("radio", { name: "To review" }).click();
  await page.getByText("Nothing to review").waitFor();
  const rows = await desk.house.sql("select rule, resolution from compliance.compliance_alert");
  expect(rows).toEqual([{ rule: "chip_walk", resolution: "Bought for a tournament" }]);

  await page.getByRole("radio", { name: "Resolved" }).click();
  await page.getByRole("link", { name: player.name }).click();
  await page.getByRole("complementary").getByRole("heading", { name: player.name }).waitFor();
});
