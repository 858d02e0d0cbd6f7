import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { holdBack, openDesk, type Theme } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

test("points of a period are shown as a chart, as a table and as a file", async () => {
  const boss = await desk.house.as("pit_boss");
  const { playerId } = await newPlayer(boss);
  await send(boss, "manualReward", { playerId, points: "4000", reason: "For the report", idempotencyKey: newKey() });
  await send(boss, "redeem", { playerId, points: "1500", reason: "Dinner", idempotencyKey: newKey() });

  const page = await desk.sitDown("marketing");
  await page.goto("/reports");
  const chart = page.getByRole("application").first();
  await chart.waitFor();
  await chart.focus();
  for (let day = 0; day < 30; day++) await page.keyboard.press("ArrowRight");
  const tip = page.locator(".recharts-tooltip-wrapper").first();
  expect(await tip.innerText(), "the keyboard reads the last day").toMatch(/Issued\s+4,000\s+Redeemed\s+1,500/);

  const title = "Points issued, redeemed and expired";
  await page
    .getByRole("radiogroup", { name: `${title}: shown as` })
    .getByText("Table")
    .click();
  const last = page.getByRole("region", { name: title }).getByRole("row").last();
  expect((await last.getByRole("cell").allInnerTexts()).join(" ")).toBe("0 4,000 1,500 0 0 2,500");

  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: `${title}: CSV` }).click();
  const lines = (await readFile(await (await saving).path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toContain("gaming_day,opening,earned,redeemed,expired,adjusted,closing");
  expect(lines.at(-1)).toMatch(/^\d{4}-\d{2}-\d{2},0,4000,1500,0,0,2500$/);
});

test("each hour of a night when clocks are put back is told apart in the file", async () => {
  const page = await desk.sitDown("compliance_officer");
  await page.goto("/reports?report=cash&to=2025-11-01");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Cash in and out by the hour: CSV" }).click();
  const lines = (await readFile(await (await saving).path(), "utf8")).trim().split("\r\n");
  const hours = lines.slice(1).map((line) => line.split(",")[0]);
  expect(hours).toHaveLength(25);
  expect(hours[0], "in the property's time").toBe("2025-11-01T06:00:00-07:00");
  expect(hours.slice(18, 21)).toEqual([
    "2025-11-02T00:00:00-07:00",
    "2025-11-02T01:00:00-07:00",
    "2025-11-02T01:00:00-08:00",
  ]);
});

test("while another period is awaited, the one before is marked and can't be saved under its name", async () => {
  const page = await desk.sitDown("auditor");
  await page.goto("/reports?report=tiers");
  const csv = page.getByRole("button", { name: "Players by tier: CSV" });
  await csv.waitFor();
  const title = page.getByRole("heading", { name: "Players by tier" });
  const isMarked = () => title.evaluate((each) => each.closest("[aria-busy=true]") !== null);
  expect(await isMarked()).toBe(false);
  const line = await holdBack(page, "TiersReport");
  await page.getByRole("spinbutton", { name: "day, First gaming day" }).press("ArrowUp");
  await page.getByRole("status").getByText("Loading Players by tier…").waitFor({ state: "attached" });
  expect(await isMarked()).toBe(true);
  expect(await csv.evaluate((each) => each.closest("[inert]") !== null), "nobody can use it").toBe(true);
  line.release();
  await expect.poll(isMarked, { message: "the answer to what was asked" }).toBe(false);
});

test("each role has its reports, and an address for each", async () => {
  const officer = await desk.sitDown("compliance_officer");
  await officer.goto("/reports");
  await officer.getByText("Cash in and out by the hour").waitFor();
  await officer.getByText(/^Log floor \$3,000/).waitFor();
  expect(await officer.getByRole("radiogroup", { name: "Report" }).count(), "nothing to choose from").toBe(0);

  const auditor = await desk.sitDown("auditor");
  await auditor.goto("/reports?report=tiers");
  const names = auditor.locator(".recharts-yAxis-tick-labels").first().locator("text");
  await names.nth(3).waitFor();
  expect(await names.allTextContents(), "each bar has its name").toEqual(["Bronze", "Silver", "Gold", "Platinum"]);
  await auditor.getByRole("radiogroup", { name: "Players by tier: shown as" }).getByText("Table").click();
  await auditor
    .getByRole("region", { name: "Players by tier" })
    .getByRole("row", { name: /Platinum/ })
    .waitFor();
  await auditor.getByRole("radiogroup", { name: "Report" }).getByText("Theoretical win").click();
  await auditor.waitForURL(/report=win/);
  await auditor.getByText("Nothing in this period").first().waitFor();

  const cashier = await desk.sitDown("cashier");
  await cashier.goto("/reports");
  await cashier.getByText("Not for your role").waitFor();
});

describe.each<Theme>(["dark", "light"])("in the %s theme axe finds nothing", (theme) => {
  test("on any report", async () => {
    const page = await desk.sitDown("auditor", { theme });
    for (const report of ["points", "win", "tiers", "cash"]) {
      await page.goto(`/reports?report=${report}`);
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      await check(page, report);
      const toTable = page.getByRole("radio", { name: "Table" });
      if (await toTable.count()) await toTable.first().click();
      await check(page, `${report} as a table`);
    }
  });
});
