import { describe, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { drawer, freeSeat, openDesk, slipOf, type Theme } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

describe.each<Theme>(["dark", "light"])("in the %s theme axe finds nothing", (theme) => {
  const seat = theme === "dark" ? 2 : 4;

  test("on the sign-in screen", async () => {
    const page = await desk.visit({ theme });
    await page.goto("/");
    await page.getByLabel("Property code").fill("ONE");
    await check(page, "empty form");
    await page.getByLabel("User name").fill("nobody");
    await page.getByLabel("Password", { exact: true }).fill("nothing");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await check(page, "refused");
  });

  test("on the board and in each of its panels", async () => {
    const boss = await desk.house.as("pit_boss");
    const player = await seatedPlayer(boss, "BJ-01", seat, 30);
    const paused = await seatedPlayer(boss, "BJ-02", seat, 30);
    const page = await desk.sitDown("pit_boss", { theme });
    await page.goto("/board");
    await slipOf(page, paused.name).click();
    await drawer(page).getByRole("button", { name: "Pause" }).click();
    await drawer(page).getByRole("button", { name: "Resume" }).waitFor();
    await check(page, "paused slip");
    await slipOf(page, player.name).click();
    await drawer(page).getByRole("heading", { name: player.name }).waitFor();
    await drawer(page).getByRole("button", { name: "+25 dollars" }).click();
    await check(page, "slip with a changed bet");
    await drawer(page).getByRole("button", { name: "Give a reward" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Points" }).waitFor();
    await check(page, "reward dialog");
    await page.keyboard.press("Escape");
    await drawer(page).getByRole("button", { name: "Move", exact: true }).click();
    await freeSeat(page, "BJ-03", seat).click();
    await check(page, "move");
    await drawer(page).getByRole("button", { name: "Move here" }).click();
    await drawer(page).getByText("Moved.").waitFor();
    await drawer(page).getByRole("button", { name: "Complete slip" }).click();
    await check(page, "question before completing");
    await drawer(page).getByRole("button", { name: "Complete", exact: true }).click();
    await drawer(page).getByText("New balance").waitFor();
    await check(page, "completion");
    await freeSeat(page, "BJ-03", 7).click();
    await drawer(page).getByRole("searchbox", { name: "Player" }).fill("zzz");
    await drawer(page).getByText("Nobody found").waitFor();
    await check(page, "start, nobody found");
    await page.goto(`/board/slips/${newKey()}`);
    await drawer(page).getByText("There is no such slip").waitFor();
    await check(page, "no such slip");
    await page.goto("/nowhere");
    await page.getByText("There is no such page").waitFor();
    await check(page, "no such page");
  });

  test("on an award that is pending", async () => {
    const casino = theme === "dark" ? "LATD" : "LATL";
    await desk.house.load(casino, { policy: undefined });
    const player = await seatedPlayer(await desk.house.as("pit_boss", casino), "BJ-01", seat, 30);
    const page = await desk.sitDown("floor_supervisor", { casino, theme });
    await page.goto("/board");
    await slipOf(page, player.name).click();
    await drawer(page).getByRole("button", { name: "Complete slip" }).click();
    await drawer(page).getByRole("button", { name: "Complete", exact: true }).click();
    await drawer(page).getByText("Slip closed, award pending").waitFor();
    await check(page, "pending award");
  });

  test("on the pages of players", async () => {
    const boss = await desk.house.hire("pit_boss");
    const player = await newPlayer(boss);
    const page = await desk.sitDown(boss, { theme });
    await page.goto("/players");
    await check(page, "search");
    await page.getByRole("searchbox", { name: "Find a player" }).fill(player.lastName);
    await page.getByRole("option", { name: player.lastName }).waitFor();
    await check(page, "found");
    await page.getByRole("option", { name: player.lastName }).click();
    await page.getByText("No entries yet").waitFor();
    await check(page, "player without entries");
    const reason = "Birthday at the tables";
    await send(boss, "manualReward", { playerId: player.playerId, points: "90", reason, idempotencyKey: newKey() });
    await page.getByRole("row", { name: new RegExp(reason) }).waitFor();
    await check(page, "player with a ledger");
    await page.getByRole("button", { name: "Redeem" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Points" }).fill("91");
    await check(page, "redeem dialog");
    await page.getByRole("textbox", { name: "Points" }).fill("10");
    await page.getByRole("dialog").getByLabel("Reason").fill("A coffee");
    await page.getByRole("dialog").getByRole("button", { name: "Redeem" }).click();
    await page.getByText("-10 points recorded.").waitFor();
    await check(page, "redeemed");
    const marketing = await desk.sitDown("marketing", { theme });
    await marketing.goto(`/players/${player.playerId}`);
    await marketing.getByRole("button", { name: "Reverse entry 2" }).click();
    await marketing.getByRole("dialog").waitFor();
    await check(marketing, "reverse dialog");
    await page.goto(`/players/${newKey()}`);
    await page.getByText("There is no such player").waitFor();
    await check(page, "no such player");
  });

  test("when the server fails", async () => {
    const page = await desk.sitDown("pit_boss", { theme });
    await page.goto("/players");
    await page.getByRole("heading", { name: "Players" }).waitFor();
    await page.route("**/graphql", (route) => route.abort());
    await page.getByRole("searchbox", { name: "Find a player" }).fill("ada");
    await page.getByRole("alert").getByText("The server can't be reached.").waitFor();
    await check(page, "error");
  });
});
