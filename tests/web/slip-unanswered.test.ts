import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a move without an answer goes on naming its seat, and trying again takes that one", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-01", 1, 5);
  const page = await desk.sitDown("pit_boss");
  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("button", { name: "Move", exact: true }).click();
  await freeSeat(page, "BJ-02", 4).click();
  await drawer(page).getByText("BJ-02, seat 4").waitFor();
  await stopOnce(page, "MovePlayer");
  await drawer(page).getByRole("button", { name: "Move here" }).click();
  await drawer(page).getByText("It may have been recorded or not.").waitFor();

  await pressDisabled(freeSeat(page, "BJ-03", 7));
  await drawer(page).getByText("It may have been recorded or not.").waitFor();
  expect(await drawer(page).getByText("BJ-02, seat 4").count()).toBe(1);
  await drawer(page).getByRole("button", { name: "Try again" }).click();
  await drawer(page).getByText("Moved.").waitFor();
  await page.getByRole("article", { name: "Table BJ-02" }).getByText(player.name).waitFor();
  await freeSeat(page, "BJ-03", 7).click();
  await drawer(page).getByRole("heading", { name: "Start a slip" }).waitFor();
});

test("a start without an answer stays at its seat until it is known what became of it", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  await freeSeat(page, "BJ-01", 2).click();
  await drawer(page).getByRole("searchbox", { name: "Player" }).fill(player.lastName);
  await drawer(page).getByRole("option", { name: player.lastName }).click();
  await drawer(page).getByRole("textbox", { name: "Average bet" }).fill("25");
  await stopOnce(page, "StartRatingSlip");
  await drawer(page).getByRole("button", { name: "Start slip" }).click();
  await drawer(page).getByText("It may have been recorded or not.").waitFor();

  await pressDisabled(freeSeat(page, "BJ-03", 7));
  await drawer(page).getByText("BJ-01 · seat 2").waitFor();
  await drawer(page).getByRole("button", { name: "Try again" }).click();
  await drawer(page).getByRole("heading", { name: player.name }).waitFor();
  await page.getByRole("article", { name: "Table BJ-01" }).getByText(player.name).waitFor();
  await freeSeat(page, "BJ-03", 7).click();
  await drawer(page).getByRole("heading", { name: "Start a slip" }).waitFor();
});

/** Cuts the connection before the next operation of this name has left. */
async function stopOnce(page: Page, operationName: string): Promise<void> {
  let isStopped = false;
  await page.route("**/graphql", (route) => {
    if (isStopped || route.request().postDataJSON()?.operationName !== operationName) return route.fallback();
    isStopped = true;
    return route.abort("connectionreset");
  });
}

async function pressDisabled(button: Locator): Promise<void> {
  await expect.poll(() => button.isDisabled()).toBe(true);
  await button.click({ force: true });
}
