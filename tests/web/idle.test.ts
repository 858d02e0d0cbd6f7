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
  await page.getByLabel("Find a player").waitFor();
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
  expect(await page.getByLabel("Find a player").isVisible()).toBe(true);
});

test("without an answer it ends, and says that it has", async () => {
  await idleTimeout("ONE", "8 seconds");
  const page = await desk.sitDown("cashier");
  await page.goto("/players");
  await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
  await page.getByText("Your session has ended.").waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});
