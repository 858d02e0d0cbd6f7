import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { correctCash, openCashEntry, recordCash } from "./support/cash.ts";
import { drawer, openDesk } from "./support/client.ts";
import { glance } from "./support/pictures.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();
const sizes = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
  { width: 400, height: 860 },
];

/** How many pixels of what is inside lie beside it. */
const beside = (box: Locator) =>
  box.evaluate((outer) => {
    const { left, right } = outer.getBoundingClientRect();
    const inside = [...outer.querySelectorAll("button, td, th, td span")].map((each) => each.getBoundingClientRect());
    const shown = inside.filter(({ width }) => width > 0);
    return Math.round(Math.max(0, ...shown.map((each) => Math.max(each.right - right, left - each.left))));
  });

/** On how many lines a part of what somebody reads is. */
const linesOf = (element: Locator, part: string) =>
  element.evaluate((outer, sought) => {
    const text = outer.firstChild;
    const start = text?.textContent?.indexOf(sought) ?? -1;
    if (!text || start < 0) return 0;
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, start + sought.length);
    return range.getClientRects().length;
  }, part);

test.each([
  "en",
  "es",
])("in %s cash and its log have room at every size, and no name or figure breaks", async (language) => {
  const player = await newPlayer(await desk.house.as("pit_boss"), "Montserrat");
  const officer = await desk.house.as("compliance_officer");
  const entryId = await recordCash(officer, { playerId: player.playerId, amount: "150" });
  await recordCash(officer, {
    playerId: player.playerId,
    amount: "12150.50",
    direction: "out",
    kind: "chip_redemption",
  });
  await correctCash(officer, await recordCash(officer, { playerId: player.playerId, amount: "11250" }), "1125");
  const page = await desk.sitDown("compliance_officer");
  await page.addInitScript((chosen) => localStorage.setItem("pitledger.language", chosen), language);
  for (const size of sizes) {
    const where = `${language} ${size.width}`;
    await page.setViewportSize(size);
    const log = page.getByRole("grid");
    for (const path of [`/cash/log/${entryId}`, "/cash/log"]) {
      await page.goto(path);
      await log.getByText(player.name).first().waitFor();
      if (path !== "/cash/log") await drawer(page).getByText(player.name).first().waitFor();
      await glance(page, `cash-room/${where}${path === "/cash/log" ? "" : " drawer"}`);
      const isCovered = path !== "/cash/log" && size.width < 736;
      if (isCovered) continue;
      expect(await beside(log.locator("..")), `${where} ${path}: beside the table`).toBe(0);
      const filter = page.getByRole("radiogroup").first();
      expect(await beside(filter), `${where} ${path}: beside the filter`).toBe(0);
      for (const [text, part] of [
        [player.name, player.firstName],
        [player.name, player.lastName],
        ["-$11,250.00", "-$11,250.00"],
      ] as const) {
        expect(await linesOf(log.getByText(text).first(), part), `${where} ${path}: lines of ${part}`).toBe(1);
      }
    }
    await openCashEntry(page);
    await glance(page, `cash-room/${where} entry`);
    expect(await beside(page.getByRole("radiogroup").first()), `${where}: beside the direction`).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${where}: the form`).toBe(size.width);
  }
});
