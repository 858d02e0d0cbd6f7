import { expect, test } from "vitest";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";

const desk = openDesk();

test.each<Theme>([
  "dark",
  "light",
])("a screen whose file can't be loaded says so, and is there when it is tried again (%s)", async (theme) => {
  const page = await desk.sitDown("auditor", { theme });
  const isScreen = (url: URL) => /\/assets\/player-search-.*\.js$/.test(url.pathname);
  let failed = 0;
  await page.route(isScreen, (route) => {
    failed += 1;
    return route.abort();
  });
  await page.goto("/board");
  await page.getByRole("heading", { name: "Pit board" }).waitFor();
  await page.getByRole("link", { name: "Players" }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("This part of PitLedger couldn't be loaded.").waitFor();
  expect(failed, "something was kept back").toBeGreaterThan(0);
  expect(await page.getByRole("navigation", { name: "Main" }).isVisible(), "the rest goes on").toBe(true);
  await check(page, "missing part");
  await page.context().setOffline(true);
  await alert.getByRole("button", { name: "Try again" }).focus();
  await page.keyboard.press("Enter");
  await alert.getByText("This part of PitLedger couldn't be loaded.").waitFor();
  await page.context().setOffline(false);
  await page.unroute(isScreen);
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Players" }).waitFor();
  expect(await alert.count()).toBe(0);
});

test("a part that an update has replaced is there after reloading the page", async () => {
  const page = await desk.sitDown("auditor");
  const isScreen = (url: URL) => /\/assets\/player-search-.*\.js$/.test(url.pathname);
  await page.route(isScreen, (route) => route.fulfill({ status: 404 }));
  await page.goto("/players");
  await page.getByRole("alert").getByText("This part of PitLedger couldn't be loaded.").waitFor();
  await page.unroute(isScreen);
  await page.getByRole("button", { name: "Reload the page" }).click();
  await page.getByRole("heading", { name: "Players" }).waitFor();
});
