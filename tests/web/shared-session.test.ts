import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { password } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";

// The tabs of a browser share the session's cookie: none may go on as somebody whom it doesn't show.

const desk = openDesk();

const revoke = () => desk.house.sql("update identity.session set revoked_at = now() where revoked_at is null");
const search = (page: Page) => page.getByRole("searchbox", { name: "Find a player" });

async function signIn(page: Page, casino: string, username: string): Promise<void> {
  await page.getByLabel("Property code").fill(casino);
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(`${username} of ${casino}`).waitFor();
}

async function openTab(beside: Page, address: string): Promise<Page> {
  const tab = await beside.context().newPage();
  tab.setDefaultTimeout(15_000);
  await tab.goto(address);
  return tab;
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

test("when somebody else signs in, the other tabs show that person at once", async () => {
  const first = await desk.sitDown("cashier");
  await first.goto("/players");
  await first.getByText("cashier of ONE").waitFor();
  await revoke();
  const second = await openTab(first, "/players");
  await signIn(second, "TWO", "pit_boss");
  await first.getByText("pit_boss of TWO").waitFor();
  await first.getByText("Casino TWO", { exact: true }).waitFor();
  expect(await first.getByText("cashier of ONE").count()).toBe(0);
  await first.getByRole("heading", { level: 1, name: "Pit board" }).waitFor();
  expect(pathOf(first), "where that person's work is").toBe("/board");
  expect(pathOf(second), "where that person wanted to go").toBe("/players");
  await search(second).fill("ada");
  await second.getByText("Nobody found").waitFor();
});

test("a session that ends in one tab has ended in all of them", async () => {
  const first = await desk.sitDown("cashier");
  await first.goto("/players");
  await search(first).waitFor();
  const second = await openTab(first, "/players");
  await search(second).waitFor();
  await revoke();
  await search(second).fill("ada");
  await second.getByText("Your session has ended.").waitFor();
  await first.getByText("Your session has ended.").waitFor();
});

test("a session that was ended goes on at its address for the same person; another one begins at theirs", async () => {
  const page = await desk.sitDown("cashier");
  await page.goto("/players?q=byron");
  await search(page).waitFor();
  await revoke();
  await search(page).fill("ada");
  await page.getByText("Your session has ended.").waitFor();
  await page.reload();
  await signIn(page, "ONE", "cashier");
  await search(page).waitFor();
  expect(new URL(page.url()).search).toBe("?q=ada");

  await revoke();
  await search(page).fill("byron");
  await page.getByText("Your session has ended.").waitFor();
  await page.reload();
  await signIn(page, "ONE", "admin");
  await page.getByRole("heading", { level: 1, name: "Staff" }).waitFor();
  expect(pathOf(page)).toBe("/staff");
});

test("a tab that wasn't told is refused what it asks as the earlier person", async () => {
  const first = await desk.sitDown("cashier");
  await first.context().addInitScript("BroadcastChannel.prototype.postMessage = () => {}");
  await first.goto("/players");
  await first.getByText("cashier of ONE").waitFor();
  await revoke();
  const second = await openTab(first, "/players");
  await signIn(second, "TWO", "pit_boss");
  expect(await first.getByText("cashier of ONE").isVisible()).toBe(true);
  const answered = first.waitForResponse((response) => response.request().postDataJSON()?.variables?.search === "ada");
  await search(first).fill("ada");
  const { data, errors } = (await (await answered).json()) as { data: unknown; errors: { extensions: unknown }[] };
  expect(JSON.stringify(data)).not.toContain("nodes");
  expect(errors[0]?.extensions).toMatchObject({ code: "UNAUTHORIZED" });
  await first.getByText("pit_boss of TWO").waitFor();
});

test("whoever signs in while somebody's signing out isn't answered yet stays signed in", async () => {
  const leaving = await desk.sitDown("cashier");
  await leaving.goto("/players");
  await search(leaving).waitFor();
  const beside = await openTab(leaving, "/players");
  await search(beside).waitFor();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const asked: string[] = [];
  await leaving.context().route("**/auth/*", async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    if (asked.length === 1) await held;
    await route.continue();
  });
  await leaving.getByRole("button", { name: "Sign out" }).click();
  await expect.poll(() => asked).toEqual(["/auth/sign-out"]);
  await revoke();
  await search(beside).fill("ada");
  const signedIn = signIn(beside, "TWO", "pit_boss");
  await beside.locator("button[aria-disabled=true]", { hasText: "Sign in" }).waitFor();
  await beside.waitForTimeout(500);
  expect(asked, "the one waits for the other").toEqual(["/auth/sign-out"]);

  answer();
  await signedIn;
  expect(asked).toEqual(["/auth/sign-out", "/auth/sign-in"]);
  await leaving.getByText("pit_boss of TWO").waitFor();
  await beside.reload();
  await beside.getByText("pit_boss of TWO").waitFor();
});
