import { expect, test } from "vitest";
import { ago, send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a player is found by name or card, and the search is still there when going back", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss, "Grace");
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/players");
  await page.getByText("Find a player by card or name").waitFor();
  await page.getByRole("searchbox", { name: "Find a player" }).fill(`grace ${player.lastName.toLowerCase()}`);
  await page.getByRole("option", { name: player.lastName }).click();
  await page.getByRole("heading", { name: player.name }).waitFor();
  await page.getByText("No entries yet").waitFor();
  const card = await page.getByText(/^W[0-9a-f-]{12}$/).innerText();

  await page.goBack();
  await page.getByRole("option", { name: player.lastName }).waitFor();
  await page.getByRole("searchbox", { name: "Find a player" }).fill(card);
  await page.getByRole("option", { name: card }).waitFor();
  await page.getByRole("searchbox", { name: "Find a player" }).fill("nobody has this name");
  await page.getByText("Nobody found").waitFor();
});

test("the arrows move through the players that are found, and Enter opens one", async () => {
  const boss = await desk.house.as("pit_boss");
  const players = [await newPlayer(boss, "Arrowed"), await newPlayer(boss, "Arrowed")];
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/players");
  await page.getByRole("searchbox", { name: "Find a player" }).focus();
  await page.keyboard.type("arrowed");
  const options = page.getByRole("option");
  await options.nth(1).waitFor();
  const second = await options.nth(1).innerText();
  await page.locator("[role=option]").first().and(page.locator("[data-focused]")).waitFor();
  await page.keyboard.press("ArrowDown");
  await options.nth(1).and(page.locator("[data-focused]")).waitFor();
  await page.keyboard.press("Enter");
  const chosen = players.find(({ lastName }) => second.includes(lastName));
  await page.getByRole("heading", { name: chosen?.name ?? "nobody" }).waitFor();
});

test("a long ledger comes page by page, and what is new appears on top by itself", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const { playerId } = player;
  const people = await Promise.all([0, 1, 2].map(() => desk.house.hire("floor_supervisor")));
  const give = (client: (typeof people)[number] | undefined, points: string) => {
    if (!client) throw new Error("Nobody was hired.");
    const reason = `Entry worth ${points} points`;
    return send(client, "manualReward", { playerId, points, reason, idempotencyKey: newKey() });
  };
  for (let points = 1; points <= 28; points += 1) await give(people[points % 3], String(points));

  const page = await desk.sitDown("pit_boss");
  await page.goto(`/players/${playerId}`);
  const rows = page.getByRole("region", { name: "Ledger" }).locator("tbody tr");
  await rows.first().getByText("+28").waitFor();
  expect(await rows.count()).toBe(25);
  await page.getByRole("button", { name: "Load more" }).click();
  await rows.nth(27).getByText("Entry worth 1 points").waitFor();
  expect(await page.getByRole("button", { name: "Load more" }).count()).toBe(0);

  await give(people[2], "77");
  await rows.first().getByText("+77").waitFor({ timeout: 5_000 });
  expect(await rows.count(), "what was read stays").toBe(29);
  expect(await page.getByTestId("balance").innerText()).toBe("483");

  // The reversal itself isn't in a ledger that is narrowed down to rewards.
  const marketing = await desk.sitDown("marketing");
  await marketing.goto(`/players/${playerId}?type=MANUAL_BONUS`);
  const rewards = marketing.getByRole("region", { name: "Ledger" }).locator("tbody tr");
  await rewards.first().getByText("+77").waitFor();
  await marketing.getByRole("button", { name: "Load more" }).click();
  const oldest = rewards.nth(28);
  await oldest.getByRole("button", { name: "Reverse entry 1" }).waitFor();
  const reason = "Given to the wrong player";
  await send(await desk.house.as("marketing"), "reverseEntry", {
    playerId,
    entryNo: "1",
    reason,
    idempotencyKey: newKey(),
  });
  await oldest.getByText("Reversed").waitFor();
  expect(await oldest.getByRole("button", { name: "Reverse entry 1" }).count(), "offered again").toBe(0);
  await rows.first().getByText("-1").waitFor();
  await rows.nth(29).getByText("Reversed").waitFor();
});

test("a mistyped address is no player, not an error", async () => {
  const page = await desk.sitDown("auditor");
  await page.goto("/players/abc");
  await page.getByText("There is no such player").waitFor();
});

test("the page leads to the slip that is running", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-03", 2, 10);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto(`/players/${player.playerId}`);
  await page.getByRole("link", { name: "BJ-03 · seat 2" }).click();
  await page.getByRole("complementary").getByRole("heading", { name: player.name }).waitFor();
});

test("a cashier redeems but neither rates nor rewards", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("cashier");
  await page.goto(`/players/${player.playerId}`);
  await page.getByRole("button", { name: "Redeem" }).waitFor();
  expect(await page.getByRole("button", { name: "Give a reward" }).count()).toBe(0);
  await page.goto("/board");
  await page.getByRole("article", { name: "Table BJ-01" }).waitFor();
  expect(await page.locator("button[data-free-seat]").count()).toBe(0);
});

test("the ledger is narrowed down by type and period, and the address remembers it", async () => {
  const boss = await desk.house.hire("pit_boss");
  const { playerId } = await newPlayer(boss);
  await send(boss, "manualReward", { playerId, points: "90", reason: "A good evening", idempotencyKey: newKey() });
  await send(boss, "redeem", { playerId, points: "40", reason: "A dinner", idempotencyKey: newKey() });
  const page = await desk.sitDown(boss);
  await page.goto(`/players/${playerId}`);
  const rows = page.getByRole("region", { name: "Ledger" }).locator("tbody tr");
  await rows.nth(1).getByText("A good evening").waitFor();

  await page.getByRole("button", { name: "Type" }).click();
  await page.getByRole("option", { name: "Redemption" }).click();
  await page.getByText("A good evening").waitFor({ state: "detached" });
  await rows.first().getByText("A dinner").waitFor();
  expect(await rows.count()).toBe(1);
  await page.reload();
  await rows.first().getByText("A dinner").waitFor();
  expect(await rows.count(), "after a reload").toBe(1);

  await page.goto(`/players/${playerId}?to=2020-01-31`);
  await page.getByText("No such entries").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await rows.nth(1).getByText("A good evening").waitFor();
});

test("play over time is drawn slip by slip, with its pauses and its table; notes are added and stay", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-02", 3, 90);
  const [slip] = await desk.house.sql<{ rating_slip_id: string }>(
    "select rating_slip_id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  const ratingSlipId = slip?.rating_slip_id;
  const happens = (command: "recordBet" | "pauseRatingSlip" | "resumeRatingSlip", minutes: number, more = {}) =>
    send(boss, command, { ratingSlipId, idempotencyKey: newKey(), occurredAt: ago(minutes), ...more });
  await happens("recordBet", 60, { averageBet: "350" });
  await happens("pauseRatingSlip", 40);
  await happens("resumeRatingSlip", 20);

  for (const theme of ["dark", "light"] satisfies Theme[]) {
    const page = await desk.sitDown("floor_supervisor", { theme });
    await page.goto(`/players/${player.playerId}`);
    await page.locator(".recharts-line").waitFor();
    await page.locator(".recharts-reference-area").waitFor();
    await check(page, `the page with its chart in the ${theme} theme`);
    await page.getByRole("radiogroup", { name: "Play over time: shown as" }).getByText("Table").click();
    const events = page.getByRole("region", { name: "Play over time" }).locator("tbody tr");
    await events.nth(3).waitFor();
    expect(await events.allInnerTexts()).toEqual([
      expect.stringMatching(/BJ-02 · seat 3\s+Opened\s+\$100/),
      expect.stringMatching(/Bet changed\s+\$350/),
      expect.stringMatching(/Paused\s+\$350/),
      expect.stringMatching(/Resumed\s+\$350/),
    ]);
    const note = `Prefers the ${theme} room`;
    await page.getByLabel("New note").fill(note);
    await page.getByRole("button", { name: "Add the note" }).click();
    await page.getByRole("region", { name: "Notes" }).getByText(note).waitFor();
    await check(page, `the page with a note in the ${theme} theme`);
  }
  const cashier = await desk.sitDown("cashier");
  await cashier.goto(`/players/${player.playerId}`);
  await cashier.getByRole("heading", { name: "Play over time" }).waitFor();
  expect(await cashier.getByRole("region", { name: "Notes" }).count()).toBe(0);
});
