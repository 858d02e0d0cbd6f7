import { randomUUID } from "node:crypto";
import { describe, test } from "vitest";
import { check } from "./support/axe.ts";
import { recordCash } from "./support/cash.ts";
import { drawer, openDesk, type Theme } from "./support/client.ts";
import { describePatron, reportableCash, saveIdentification } from "./support/compliance.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

describe.each<Theme>(["dark", "light"])("in the %s theme axe finds nothing", (theme) => {
  const casino = theme === "dark" ? "ONE" : "TWO";

  test("on the compliance dashboard and its drawer", async () => {
    const officer = await desk.house.as("compliance_officer", casino);
    const page = await desk.sitDown("compliance_officer", { casino, theme });
    await page.goto("/compliance");
    await page.getByText("No cash logged on this gaming day").waitFor();
    await check(page, "empty day");
    const player = await newPlayer(await desk.house.as("pit_boss", casino));
    await reportableCash(officer, { playerId: player.playerId });
    await recordCash(officer, { playerId: player.playerId, direction: "out", kind: "chip_redemption", amount: "9400" });
    const unknown = await describePatron(officer);
    await recordCash(officer, { patronId: unknown, amount: "3100" });
    await page.getByRole("row", { name: player.name }).click();
    await drawer(page).getByText("In $0.00 → $12,500.25").waitFor();
    await check(page, "player's day");
    await page.keyboard.press("Escape");
    await page.getByRole("row", { name: /Red jacket/ }).click();
    await drawer(page).getByRole("button", { name: "Identify as a player" }).click();
    await page.getByRole("searchbox", { name: "Player" }).fill(player.lastName);
    await page.getByRole("option", { name: player.lastName }).waitFor();
    await check(page, "identify dialog");
    await page.getByRole("option", { name: player.lastName }).click();
    await page.getByRole("button", { name: "Identify", exact: true }).click();
    await drawer(page).getByRole("button", { name: /^Undo/ }).click();
    await check(page, "undo dialog");
    await page.keyboard.press("Escape");
    await drawer(page).getByRole("button", { name: "Close panel" }).click();
    await page.getByRole("button", { name: "Open the calendar" }).click();
    await page.getByRole("button", { name: "Previous month" }).first().waitFor();
    await check(page, "calendar");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "CTR file" }).click();
    await page.getByText("No case of a gaming day that is over is waiting.").waitFor();
    await check(page, "no days to file");
    for (const label of ["From", "To"]) {
      await page.getByRole("spinbutton", { name: `month, ${label}` }).click();
      await page.keyboard.type("01022026");
    }
    await page.getByRole("button", { name: "Make the file" }).click();
    await page.getByRole("dialog").getByRole("alert").waitFor();
    await check(page, "refused file");
    await page.keyboard.press("Escape");
    await page.goto("/compliance?patron=nobody");
    await page.getByText("Nobody fits these filters").waitFor();
    await check(page, "nobody");
    await page.goto("/compliance?day=2026-01-01");
    await page.getByRole("button", { name: "Sign off" }).click();
    await page.getByRole("dialog").waitFor();
    await check(page, "sign-off dialog");
  });

  test("on the page of a case", async () => {
    const officer = await desk.house.as("compliance_officer", casino);
    const player = await newPlayer(await desk.house.as("pit_boss", casino));
    const { caseId, patronId } = await reportableCash(officer, { playerId: player.playerId });
    const page = await desk.sitDown("compliance_officer", { casino, theme });
    await page.goto(`/compliance/cases/${caseId}`);
    await page.getByText("Nothing is written down yet").waitFor();
    await page.getByRole("button", { name: "Prepare" }).click();
    await page.getByRole("alert").waitFor();
    await check(page, "not identified");
    await page.getByRole("button", { name: "Write it down" }).click();
    await page.getByRole("textbox", { name: "Last name" }).fill("XX");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("A report can't use this.").waitFor();
    await check(page, "refused identification");
    await page.getByRole("button", { name: "Cancel" }).click();
    await saveIdentification(officer, patronId);
    await page.reload();
    await page.getByText("Complete", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "New note" }).fill("Seen");
    await page.getByRole("button", { name: "Add the note" }).click();
    await page.getByText("Seen", { exact: true }).last().waitFor();
    await check(page, "identified");
    await page.getByRole("button", { name: "Prepare" }).click();
    await page.getByRole("button", { name: "Mark as filed" }).click();
    await page.getByRole("dialog").waitFor();
    await check(page, "file dialog");
    await page.goto(`/compliance/cases/${randomUUID()}`);
    await page.getByText("There is no such case").waitFor();
    await check(page, "no such case");
  });

  test("on the alerts, and for whoever may not review", async () => {
    const officer = await desk.house.as("compliance_officer", casino);
    const player = await newPlayer(await desk.house.as("pit_boss", casino));
    await recordCash(officer, { playerId: player.playerId, amount: "8000" });
    await officer.get("mutation { evaluateAlerts(input: {}) { clientMutationId } }");
    const page = await desk.sitDown("compliance_officer", { casino, theme });
    await page.goto("/alerts?show=resolved");
    await page.getByText("Nothing was resolved yet").waitFor();
    await check(page, "nothing resolved");
    await page.goto("/alerts");
    await check(page, "alerts");
    await page
      .getByRole("article", { name: new RegExp(player.name) })
      .getByRole("button", { name: "Resolve" })
      .click();
    await page.getByRole("dialog").waitFor();
    await check(page, "resolve dialog");
    const cashier = await desk.sitDown("cashier", { casino, theme });
    await cashier.goto("/alerts");
    await cashier.getByText("This is for compliance review").waitFor();
    await check(cashier, "not for a cashier");
  });
});
