import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { glance } from "./support/pictures.ts";
import { seatedPlayer } from "./support/players.ts";

/*
 * 1280 pixels zoomed in to 200 % are 640, to 400 % they are 320: there is no room for the drawer beside the
 * board.
 */

const desk = openDesk();
const doubled = { width: 640, height: 400 };

test.each([
  { width: 640, height: 400, seat: 1 },
  { width: 640, height: 800, seat: 2 },
  { width: 320, height: 640, seat: 3 },
])("at $width × $height a player is moved to a seat that is pressed", async ({ seat, ...size }) => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", seat, 5);
  const page = await desk.sitDown("pit_boss");
  await page.setViewportSize(size);
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Move", exact: true }).click();
  await page.getByText("Pick a free seat on the board.").waitFor();
  await glance(page, `zoomed/pick-${size.width}-${size.height}`);
  expect(await boardHeight(page), "there is a board to pick from").toBeGreaterThan(size.height / 4);
  await freeSeat(page, "BJ-03", seat).click();
  await drawer(page).getByText(`BJ-03, seat ${seat}`).waitFor();
  await glance(page, `zoomed/picked-${size.width}-${size.height}`);
  expect(await boardHeight(page), "another seat can be picked").toBeGreaterThan(size.height / 5);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
  await check(page, "a seat is picked");
  await drawer(page).getByRole("textbox", { name: "Bet at the new seat" }).fill("250");
  await drawer(page).getByRole("button", { name: "Move here" }).click();
  await drawer(page).getByText("Moved.").waitFor();
  await drawer(page).getByRole("button", { name: "Close panel" }).click();
  await page.getByRole("article", { name: "Table BJ-03" }).getByText(player.name).waitFor();
});

test("a player is moved by keyboard, and nothing lies over what has the focus", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 4, 5);
  const page = await desk.sitDown("pit_boss");
  await page.setViewportSize(doubled);
  await page.goto("/board");
  await slipOf(page, player.name).focus();
  await page.keyboard.press("Enter");
  await drawer(page).getByRole("button", { name: "Pause" }).waitFor();
  for (let stops = 0; stops < 40; stops++) {
    await page.keyboard.press("Tab");
    expect(await hidden(page), "under the drawer").toBeNull();
  }
  await page.keyboard.press("Alt+m");
  await page.locator("[data-free-seat]:focus").waitFor();
  await tabTo(page, freeSeat(page, "BJ-02", 6));
  await page.keyboard.press("Enter");
  await drawer(page).getByText("BJ-02, seat 6").waitFor();
  await tabTo(page, drawer(page).getByRole("button", { name: "Move here" }));
  await page.keyboard.press("Enter");
  await drawer(page).getByText("Moved.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("article", { name: "Table BJ-02" }).getByText(player.name).waitFor();
});

test.each([
  { reducedMotion: "reduce" as const, table: "BJ-01", seatNo: 5 },
  { reducedMotion: "no-preference" as const, table: "BJ-03", seatNo: 4 },
])("with motion $reducedMotion the board waits under the drawer, and has the focus again afterwards", async (each) => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), each.table, each.seatNo, 5);
  const page = await desk.sitDown("pit_boss");
  await page.emulateMedia({ reducedMotion: each.reducedMotion });
  await page.setViewportSize(doubled);
  await page.goto("/board");
  const seat = slipOf(page, player.name);
  const isWaiting = () => seat.evaluate((each) => each.closest("[inert]") !== null);
  await seat.focus();
  await page.keyboard.press("Enter");
  await drawer(page).getByRole("button", { name: "Pause" }).waitFor();
  await expect.poll(isWaiting).toBe(true);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(isWaiting, { message: "beside each other both can be used" }).toBe(false);
  await page.setViewportSize(doubled);
  await expect.poll(isWaiting).toBe(true);
  await page.keyboard.press("Escape");
  await drawer(page).waitFor({ state: "detached" });
  await expect.poll(isWaiting).toBe(false);
  await expect.poll(() => seat.evaluate((each) => each === document.activeElement)).toBe(true);
});

test.each([
  400, 320,
])("at %i pixels the property and the gaming day stay in view beside an open drawer", async (width) => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-03", width === 400 ? 5 : 6, 5);
  const page = await desk.sitDown("pit_boss");
  await page.setViewportSize({ width, height: 640 });
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Pause" }).waitFor();
  const banner = page.getByRole("banner");
  for (const shown of [banner.getByText("Casino ONE"), banner.locator("time"), banner.getByText("Live")]) {
    expect(await shown.evaluate(isSeen), `${shown}`).toBe(true);
  }
  await glance(page, `zoomed/drawer-${width}`);
  await check(page, "an open drawer");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await drawer(page).getByRole("button", { name: "Close panel" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Pit board" }).waitFor();
});

test("where the places don't fit, the one that is shown is in view", async () => {
  const page = await desk.sitDown("compliance_officer");
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/verification");
  const place = page.getByRole("navigation").getByRole("link", { name: "Verification" });
  await place.and(page.locator("[aria-current=page]")).waitFor();
  await expect.poll(() => place.evaluate(isSeen)).toBe(true);
});

/** Whether the middle of it is what is seen there. */
function isSeen(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return seen !== null && (element.contains(seen) || seen.contains(element));
}

test("a double click on a seat opens its slip, and presses nothing that comes under the pointer", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-02", 3, 5);
  const page = await desk.sitDown("pit_boss");
  await page.setViewportSize(doubled);
  await page.goto("/board");
  await slipOf(page, player.name).waitFor();
  const atFirst = page.evaluate(canBePressedAtFirst);
  await slipOf(page, player.name).click();
  expect(await atFirst).toBe(false);
  await drawer(page).getByRole("button", { name: "Pause" }).click();
  await drawer(page).getByRole("button", { name: "Resume" }).waitFor();
});

/** Whether the drawer takes a press in the moment in which it comes. */
function canBePressedAtFirst(): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const panel = document.querySelector("aside");
      if (!panel) return requestAnimationFrame(look);
      const { left, top, width, height } = panel.getBoundingClientRect();
      resolve(panel.contains(document.elementFromPoint(left + width / 2, top + height / 2)));
    };
    look();
  });
}

/** What is seen of the board between the bars and the drawer. */
function boardHeight(page: Page): Promise<number> {
  return page
    .locator("main > div > div")
    .first()
    .evaluate((board) => board.clientHeight);
}

/** By key; every stop on the way is seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    if (await target.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press("Tab");
    expect(await hidden(page)).toBeNull();
  }
  throw new Error("The focus never gets there.");
}

/** What has the focus and isn't what is seen at its place. */
function hidden(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return seen && (focused.contains(seen) || seen.contains(focused)) ? null : focused.outerHTML.slice(0, 200);
  });
}
