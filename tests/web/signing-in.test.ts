import { expect, test } from "vitest";
import { password } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { openDesk } from "./support/client.ts";

const desk = openDesk();

test("a wrong password is refused with a sentence, a hint and an id; the right one leads to the board", async () => {
  const page = await desk.visit();
  await page.goto("/players");
  await page.getByLabel("Property code").fill("one");
  await page.getByLabel("User name").fill("floor_supervisor");
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("Property code, user name and password don't match.").waitFor();
  expect(await alert.innerText()).toMatch(/Correlation id/);
  await check(page, "a wrong password");
  expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");

  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Casino ONE", { exact: true }).waitFor();
  await page.getByText("floor_supervisor of ONE").waitFor();
  expect(new URL(page.url()).pathname, "where the person wanted to go").toBe("/players");
});

test("it works with the keyboard alone, and signing out comes back, in every tab", async () => {
  const page = await desk.visit();
  await page.goto("/");
  await page.getByLabel("Property code").waitFor();
  await page.keyboard.type("ONE");
  await page.keyboard.press("Tab");
  await page.keyboard.type("pit_boss");
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Pit board" }).waitFor();

  const otherTab = await page.context().newPage();
  await otherTab.goto("/board");
  await otherTab.getByRole("heading", { name: "Pit board" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await otherTab.getByText("Your session has ended.").waitFor();
  expect(await page.getByLabel("Property code").inputValue(), "remembered on this device").toBe("ONE");
  await page.reload();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
});

test("after repeated failures the account is locked, and the time that is left runs down", async () => {
  const page = await desk.visit();
  await page.goto("/");
  await page.getByLabel("Property code").fill("ONE");
  await page.getByLabel("User name").fill("auditor");
  const locked = page.getByText("This account is locked");
  for (let attempt = 0; attempt < 6 && !(await locked.isVisible()); attempt += 1) {
    await page.getByLabel("Password", { exact: true }).fill(`wrong ${attempt}`);
    const answered = page.waitForResponse("**/auth/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await answered;
    await page.getByRole("alert").waitFor();
  }
  await locked.waitFor();
  const alert = page.getByRole("alert");
  expect(await alert.innerText()).toMatch(/You can try again at \d{1,2}:\d{2}/);
  const before = await alert.innerText();
  await page.waitForTimeout(1_200);
  expect(await alert.innerText()).not.toBe(before);
  await check(page, "a locked account");
});

test("a session that ends says so, and signing in goes on in the same place", async () => {
  const page = await desk.visit();
  await page.goto("/players?q=byron");
  await page.getByLabel("Property code").fill("ONE");
  await page.getByLabel("User name").fill("cashier");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Players" }).waitFor();

  await desk.house.sql("update identity.session set revoked_at = now()");
  await page.getByRole("searchbox", { name: "Find a player" }).fill("ada");
  await page.getByText("Your session has ended.").waitFor();
  await check(page, "a session that has ended");
  await page.getByLabel("User name").fill("cashier");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Players" }).waitFor();
  expect(new URL(page.url()).search).toBe("?q=ada");
});
