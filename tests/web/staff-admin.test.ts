import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";

const desk = openDesk();

/** Presses what opens a dialog, gives the reason, and confirms. */
async function withReason(page: Page, open: string, confirm: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: open, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
  await dialog.getByRole("button", { name: confirm, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

function rowOf(page: Page, name: string) {
  return page.getByRole("row", { name });
}

/** Adds a person and hands the initial password over. */
async function addPerson(page: Page, name: string, username: string): Promise<string> {
  await page.goto("/staff");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await dialog.getByRole("textbox", { name: "User name" }).fill(username);
  await dialog.getByRole("button", { name: "Floor supervisor" }).click();
  await page.getByRole("option", { name: "Cashier" }).click();
  await dialog.getByRole("button", { name: "Add the person" }).click();
  await dialog.getByText("The person is added").waitFor();
  await dialog.getByRole("button", { name: "Make a password" }).click();
  const password = await dialog.getByText(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/).innerText();
  await dialog.getByRole("button", { name: "Done" }).click();
  return password;
}

test("a person is added, replaces the initial password at the first sign-in, and is asked for no more", async () => {
  const admin = await desk.sitDown("admin");
  const initial = await addPerson(admin, "Cleo Cash", "cleo.cash");
  await rowOf(admin, "Cleo Cash").getByText("Initial password").waitFor();

  const page = await desk.visit();
  await page.goto("/");
  await page.getByRole("textbox", { name: "Property code" }).fill("ONE");
  await page.getByRole("textbox", { name: "User name" }).fill("cleo.cash");
  await page.getByRole("textbox", { name: "Password", exact: true }).fill(initial);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("This password was given to you and has to be replaced.").waitFor();
  await check(page, "a password has to be replaced");
  await page.getByRole("textbox", { name: "New password", exact: true }).fill("short");
  await page.getByRole("textbox", { name: "New password again" }).fill("shor");
  await page.getByText("The two aren't the same.").waitFor();
  await page.getByRole("textbox", { name: "New password again" }).fill("short");
  await page.getByRole("button", { name: "Replace it and sign in" }).click();
  await page.getByText(/A password needs 12/).waitFor();
  await page.getByRole("textbox", { name: "New password", exact: true }).fill("four plain words here");
  await page.getByRole("textbox", { name: "New password again" }).fill("four plain words here");
  await page.getByRole("button", { name: "Replace it and sign in" }).click();
  await page.getByText("Cleo Cash").waitFor();
  expect(await page.getByRole("link", { name: "Staff" }).count(), "a cashier manages nobody").toBe(0);
  await page.goto("/staff");
  await page.getByText("Not for your role").waitFor();
});

test("a capability is added and withdrawn with a reason, and who can do something is told", async () => {
  const cashier = await desk.house.hire("cashier");
  const { me } = await cashier.get<{ me: { staffId: string; displayName: string } }>("{ me { staffId displayName } }");
  const page = await desk.sitDown("admin");
  await page.goto(`/staff/${me.staffId}`);
  await withReason(page, "Add: Rate play", "Add", "Covers for the pit tonight");
  const rate = rowOf(page, "Rate play");
  await rate.getByText("Added").waitFor();
  await rate.getByText("Covers for the pit tonight").waitFor();
  await withReason(page, "Withdraw: See the cash log", "Withdraw", "Isn't to see the log for now");
  await rowOf(page, "See the cash log").getByText("Withdrawn").waitFor();

  await page.goto("/staff?show=who&capability=floor:rate");
  await rowOf(page, me.displayName).getByText("Added").waitFor();
  await rowOf(page, "pit_boss of ONE").getByText("Role", { exact: true }).waitFor();
  await page.goto("/staff?show=who&capability=mtl:view");
  await rowOf(page, "cashier of ONE").waitFor();
  expect(await rowOf(page, me.displayName).count(), "who was withdrawn can't").toBe(0);

  await page.goto("/staff?show=review");
  await page.getByRole("region", { name: "Access review" }).last().waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const csv = readFileSync((await (await download).path()) ?? "", "utf8");
  expect(csv).toContain(
    "username,name,role,active,capability,source,held,reason,given_by,since,capability_in_words\r\n",
  );
  expect(csv).toMatch(
    /cashier,yes,mtl:view,withdrawn,no,Isn't to see the log for now,admin of ONE,.*,See the cash log\r\n/,
  );
  expect(csv).toMatch(/cashier,yes,floor:rate,added,yes,Covers for the pit tonight,admin of ONE/);
});

test("a role is changed, an account is deactivated and comes back, and one's own can't be", async () => {
  const supervisor = await desk.house.hire("floor_supervisor");
  const { me } = await supervisor.get<{ me: { staffId: string } }>("{ me { staffId } }");
  const page = await desk.sitDown("admin");
  await page.goto(`/staff/${me.staffId}`);
  await page.getByRole("button", { name: "Change the role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Floor supervisor" }).click();
  await page.getByRole("option", { name: "Pit boss" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("soon");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.getByText("The reason must have at least 10 characters.").waitFor();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Takes over pit two");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("definition").getByText("Pit boss").waitFor();

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("button", { name: "Sign them out" }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).waitFor({ state: "detached" });
  expect((await supervisor.refused("{ me { role } }")).extensions.code).toBe("UNAUTHORIZED");

  await withReason(page, "Deactivate", "Deactivate", "Left the company");
  await page.getByText("Inactive").waitFor();
  await withReason(page, "Reactivate", "Reactivate", "Came back in spring");
  await page.getByText("Active", { exact: true }).waitFor();

  await page.goto("/staff");
  await page.getByRole("searchbox", { name: "Find by name or user name" }).fill("admin");
  await page.getByRole("link", { name: "admin of ONE" }).click();
  await page.getByText("This is your own account.").waitFor();
  expect(await page.getByRole("button", { name: "Deactivate" }).count()).toBe(0);
});

describe.each<Theme>(["dark", "light"])("in the %s theme axe finds nothing", (theme) => {
  const casino = theme === "dark" ? "ONE" : "TWO";

  test("on staff administration and its dialogs", async () => {
    const page = await desk.sitDown("admin", { casino, theme });
    await page.goto("/staff");
    await page.getByRole("link", { name: `cashier of ${casino}` }).waitFor();
    await check(page, "people");
    await page.getByRole("searchbox").fill("nobody at all");
    await page.getByText("Nobody by this name").waitFor();
    await check(page, "nobody");
    await page.getByRole("button", { name: "Add a person" }).click();
    await check(page, "add dialog");
    await page.keyboard.press("Escape");
    await page.goto("/staff?show=who");
    await page.getByRole("link", { name: `pit_boss of ${casino}` }).waitFor();
    await check(page, "who can");
    await page.goto("/staff?show=review");
    await page
      .getByRole("link", { name: `pit_boss of ${casino}` })
      .first()
      .waitFor();
    await check(page, "review");
    await page.goto("/staff");
    await page.getByRole("link", { name: `cashier of ${casino}` }).click();
    await page.getByRole("button", { name: "Add: Rate play" }).waitFor();
    await check(page, "person");
    await page.getByRole("button", { name: "Initial password" }).click();
    await page.getByRole("button", { name: "Make a password" }).click();
    await page.getByText(/it isn't shown again/).waitFor();
    await check(page, "initial password");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Withdraw: Redeem points" }).click();
    await check(page, "reason dialog");
    await page.goto("/staff/abc");
    await page.getByText("There is no such person").waitFor();
    await check(page, "no such person");
  });
});
