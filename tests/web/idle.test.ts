import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";

const desk = openDesk();

/** Sessions that are opened from now on live unused for this long. */
async function idleTimeout(casino: string, timeout: string): Promise<void> {
  await desk.house.sql("update identity.casino set session_idle_timeout = $2 where code = $1", [casino, timeout]);
}

test.each<[Theme, string]>([
  ["dark", "ONE"],
  ["light", "TWO"],
])("a session that nobody uses says so in time, and can be kept (%s)", async (theme, casino) => {
  await idleTimeout(casino, "125 seconds");
  const page = await desk.sitDown("cashier", { theme, casino });
  await page.goto("/players");
  await page.getByRole("searchbox", { name: "Find a player" }).waitFor();
  const dialog = page.getByRole("dialog", { name: "Are you still there?" });
  await dialog.waitFor();
  await dialog.getByText(/^0:0[01]:\d\d$/).waitFor();
  await check(page, "idle");
  const seen = () =>
    desk.house.sql<{ at: Date }>("select max(last_seen_at) as at from identity.session as s").then(([row]) => row?.at);
  await page.waitForTimeout(11_000); // A session is marked as used every 15 seconds at most.
  const before = await seen();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(seen).not.toEqual(before);
  expect(await page.getByRole("searchbox", { name: "Find a player" }).isVisible()).toBe(true);
});

test("without an answer it ends, and says that it has", async () => {
  await idleTimeout("ONE", "8 seconds");
  const page = await desk.sitDown("cashier");
  await page.goto("/players");
  await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
  await page.getByText("Your session has ended.").waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("use in one tab counts in the others", async () => {
  await idleTimeout("ONE", "123 seconds");
  const page = await desk.sitDown("cashier");
  await page.goto("/players");
  const dialog = page.getByRole("dialog", { name: "Are you still there?" });
  await dialog.waitFor();
  const beside = await page.context().newPage();
  await beside.goto("/players");
  await beside.getByRole("searchbox", { name: "Find a player" }).waitFor();
  await dialog.waitFor({ state: "detached" });
});

test.each([
  ["floor_supervisor", "/board", "Pit board", "RunningPlay"],
  ["cashier", "/cash/new", "Cash entry", "GamingDayLive"],
  ["admin", "/operations?view=jobs", "Operations", "Jobs"],
  ["admin", "/operations?view=imports", "Operations", "Imports"],
  ["cashier", "/players", "Players", undefined],
] as const)("for %s, %s asks for nothing when nobody uses it", async (who, address, heading, again) => {
  await idleTimeout("ONE", "30 minutes");
  const page = await desk.sitDown(who);
  const asked = operationsOf(page);
  await page.clock.install();
  await page.goto(address);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.mouse.move(200, 200);
  asked.length = 0;
  await pass(page, 4.5);
  if (again !== undefined) expect(asked, "as long as it may be in use").toContain(again);
  await pass(page, 1);
  asked.length = 0;
  await pass(page, 6);
  expect(asked, "afterwards").toEqual([]);
  if (again === undefined) return;
  await page.mouse.move(240, 240);
  await expect.poll(() => asked[0], { message: "and when somebody comes back" }).toBe(again);
});

/** The operations that a page sends from now on; of what it watches, what it begins anew on the same line. */
function operationsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/graphql")) asked.push(request.postDataJSON()?.operationName);
  });
  page.on("websocket", (socket) => {
    const watched = new Set<string>();
    socket.on("framesent", ({ payload }) => {
      const { type, payload: operation } = JSON.parse(String(payload));
      if (type !== "subscribe") return;
      if (watched.has(operation.operationName)) asked.push(operation.operationName);
      watched.add(operation.operationName);
    });
  });
  return asked;
}

/** Has the page's clock go on, in steps that leave its live connection time to answer. */
async function pass(page: Page, minutes: number): Promise<void> {
  for (let at = 0; at < minutes * 60; at += 3) {
    await page.clock.fastForward(3_000);
    await page.waitForTimeout(15);
  }
}
