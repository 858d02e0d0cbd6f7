import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { password } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";

// Whoever signs out is gone from the screen at once, and knows when the server hasn't done it yet.

const desk = openDesk();

const open = () =>
  desk.house
    .sql<{ open: string }>("select count(*) as open from identity.session where revoked_at is null")
    .then(([row]) => Number(row?.open));

function addressOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

async function refuseSigningOut(page: Page): Promise<void> {
  await page.context().route("**/auth/sign-out", (route) =>
    route.fulfill({
      status: 503,
      json: { error: { code: "UNAVAILABLE", message: "The database can't be reached.", hint: "Try again soon." } },
    }),
  );
}

test.each<Theme>(["dark", "light"])("without the network it says so until it has worked (%s)", async (theme) => {
  const page = await desk.sitDown("cashier", { theme });
  await page.goto("/players");
  await page.getByRole("searchbox", { name: "Find a player" }).waitFor();
  const before = await open();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Sign out" }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("You are still signed in").waitFor();
  expect(await alert.innerText()).toMatch(/The server can't be reached\.[\s\S]*Correlation id/);
  expect(await page.getByText("cashier of ONE").count(), "the screens are gone").toBe(0);
  await check(page, "still signed in");

  await page.context().setOffline(false);
  await page.waitForTimeout(1_500);
  expect(await page.getByText("cashier of ONE").count(), "and stay away").toBe(0);
  expect(await open()).toBe(before);
  await page.keyboard.press("Enter");
  await page.getByLabel("Property code").waitFor();
  expect(await open()).toBe(before - 1);
});

test("what the server couldn't do is tried again after a reload, and in a new tab, before anything is shown", async () => {
  const page = await desk.sitDown("cashier");
  await page.goto("/players");
  await page.getByRole("searchbox", { name: "Find a player" }).waitFor();
  const beside = await page.context().newPage();
  await beside.goto("/players");
  await beside.getByRole("searchbox", { name: "Find a player" }).waitFor();
  await refuseSigningOut(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  const stuck = (tab: Page) => tab.getByRole("alert").getByText("You are still signed in").waitFor({ timeout: 10_000 });
  await stuck(page);
  await stuck(beside);
  await page.getByRole("button", { name: "Try again" }).click();
  await stuck(page);
  await page.reload();
  await stuck(page);
  expect(await page.getByText("cashier of ONE").count()).toBe(0);

  await page.context().unroute("**/auth/sign-out");
  const before = await open();
  const fresh = await page.context().newPage();
  await fresh.goto("/players");
  for (const tab of [fresh, page, beside]) await tab.getByLabel("Property code").waitFor({ timeout: 10_000 });
  expect(await open()).toBe(before - 1);
  await fresh.reload();
  await fresh.getByLabel("Property code").waitFor();
});

test("whoever comes after somebody that signed out begins at the front, in every tab", async () => {
  const page = await desk.sitDown("cashier");
  await page.goto("/players?q=byron");
  await page.getByRole("searchbox", { name: "Find a player" }).waitFor();
  const beside = await page.context().newPage();
  await beside.goto("/cash/log");
  await beside.getByText("cashier of ONE").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  for (const tab of [page, beside]) {
    await tab.getByLabel("Property code").waitFor();
    await expect.poll(() => addressOf(tab)).toBe("/");
  }
  await page.getByLabel("Property code").fill("ONE");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  for (const tab of [page, beside]) {
    await tab.getByRole("heading", { level: 1, name: "Staff" }).waitFor();
    expect(addressOf(tab)).toBe("/staff");
  }
});
