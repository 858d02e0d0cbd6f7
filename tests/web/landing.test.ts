import { expect, test } from "vitest";
import { password } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";

const desk = openDesk();

test.each([
  ["floor_supervisor", "/board", "Pit board"],
  ["pit_boss", "/board", "Pit board"],
  ["cashier", "/cash/new", "Cash entry"],
  ["compliance_officer", "/compliance", "Compliance"],
  ["marketing", "/liability", "Liability"],
  ["auditor", "/verification", "Verification"],
  ["admin", "/staff", "Staff"],
] as const)("a %s begins at %s, and has only the places of the role", async (role, path, heading) => {
  const page = await desk.visit();
  await page.goto("/");
  await page.getByLabel("Property code").fill("ONE");
  await page.getByLabel("User name").fill(role);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
  const rail = page.getByRole("navigation", { name: "Main" });
  expect(await rail.locator("[aria-current=page]").innerText()).toBe(heading);

  // Each of them is a screen that has something for this role.
  for (const place of await rail.getByRole("link").all()) {
    await place.click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector("main [aria-busy=true]"));
    for (const refusal of ["Not for your role", "This is for compliance review", "isn't yours to do"]) {
      expect(await page.getByText(refusal).count(), `${role}, ${await place.innerText()}`).toBe(0);
    }
  }
});
