import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choosePatron, loggedCash, openCashEntry, recordCash } from "./support/cash.ts";
import { drawer, holdBack, loseAnswerOf, openDesk, slipOf } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("a whole entry takes less than ten seconds with the keyboard alone, and so does the next", async () => {
  const boss = await desk.house.as("pit_boss");
  const first = await newPlayer(boss, "Grace");
  const second = await newPlayer(boss, "Alan");
  const page = await desk.sitDown("cashier");
  await openCashEntry(page);
  const keys = (text: string) => page.keyboard.type(text, { delay: 100 });

  const began = performance.now();
  await keys(first.lastName.toLowerCase());
  await page.getByRole("option", { name: first.name }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await keys("5000");
  await page.keyboard.press("Enter");
  await page.getByText(`$5,000.00 cash in recorded for ${first.name}.`).waitFor();
  expect(performance.now() - began, "milliseconds for cash in").toBeLessThan(10_000);

  // The form is ready: the focus is in the empty search again.
  await page.locator("input[type=search]:focus").waitFor();
  const beganAgain = performance.now();
  await page.keyboard.press("Alt+O");
  await page.keyboard.press("Alt+K");
  await keys("check");
  await page.keyboard.press("Alt+P");
  await keys(second.lastName);
  await page.getByRole("option", { name: second.name }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await keys("1200.50");
  await page.keyboard.press("Enter");
  await page.getByText(`$1,200.50 cash out recorded for ${second.name}.`).waitFor();
  expect(performance.now() - beganAgain, "milliseconds for another kind, out").toBeLessThan(10_000);

  expect(await loggedCash(desk.house, first.playerId)).toEqual(["original in chip_purchase 5000.00"]);
  expect(await loggedCash(desk.house, second.playerId)).toEqual(["original out check_cashed 1200.50"]);
});

test("the gaming day is the property's, and the kinds are the database's for the direction", async () => {
  const page = await desk.sitDown("cashier");
  await openCashEntry(page);
  const [today] = await desk.house.sql<{ day: string }>(
    "select identity.gaming_day(c, now())::text as day from identity.casino as c where code = 'ONE'",
  );
  expect(await page.getByTestId("gaming-day").getAttribute("datetime")).toBe(today?.day);

  for (const direction of ["in", "out"]) {
    await page.getByRole("radio", { name: `Cash ${direction}` }).click();
    const kinds = await desk.house.sql<{ label: string }>(
      "select label from compliance.mtl_kind where direction in ($1, 'both') order by sort_no",
      [direction],
    );
    const offered = page.getByRole("listbox", { name: "Kind" }).getByRole("option");
    expect(await offered.allInnerTexts()).toEqual(kinds.map((kind) => kind.label));
  }
});

test("who leaves a table with a money play is told what rode, and bets anew", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("floor_supervisor");
  await openCashEntry(page);
  const leaves = page.getByRole("button", { name: "Leaves the table" });
  expect(await leaves.count(), "of no other kind").toBe(0);
  await page.getByRole("option", { name: "Money play" }).click();
  await leaves.click();
  await page.getByText("Find the person, or describe them.").waitFor();
  await choosePatron(page, player.lastName);
  await page.keyboard.press("Alt+L");
  await page.getByText("Which table?").waitFor();
  // The focus is in the list of tables.
  await page.keyboard.type("BJ-02");
  await page.getByRole("button", { name: /BJ-02 Table/ }).waitFor();
  await page.keyboard.press("Alt+L");
  await page.getByText(`Nothing was riding for ${player.name} at BJ-02.`).waitFor();
  await page.locator("input[inputmode=decimal]:focus").waitFor();

  const bet = async (amount: string) => {
    await page.getByRole("textbox", { name: "Amount" }).fill(amount);
    await page.keyboard.press("Enter");
  };
  await bet("500");
  await page.getByText(`$500.00 cash in recorded for ${player.name}.`).waitFor();
  await choosePatron(page, player.lastName);
  await loseAnswerOf(page, "LeavesTable");
  await page.keyboard.press("Alt+L");
  const alert = page.getByRole("alert");
  await alert.getByText("It may have been recorded or not.").waitFor();
  expect(await page.getByRole("textbox", { name: "Amount" }).isDisabled()).toBe(true);
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByText(`$500.00 no longer rides for ${player.name} at BJ-02.`).waitFor();

  await bet("600");
  await page.getByText(`$600.00 cash in recorded for ${player.name}.`).waitFor();
  await choosePatron(page, player.lastName);
  await bet("700");
  await page.getByText(`$100.00 cash in recorded for ${player.name}.`).waitFor();
});

test("no bet is recorded before it is known whether somebody has left, and nobody leaves before a bet is", async () => {
  const page = await desk.sitDown("floor_supervisor");
  const [bj02] = await desk.house.sql<{ id: string }>(
    "select table_id as id from floor.gaming_table where label = 'BJ-02'",
  );
  const sent = countSent(page, ["RecordMtlEntry", "LeavesTable"]);
  const record = page.getByRole("button", { name: "Record $600.00 in" });
  const leaves = page.getByRole("button", { name: "Leaves the table" });
  const enter = async (amount: string) => {
    const player = await newPlayer(await desk.house.as("pit_boss"));
    await recordCash(await desk.house.as("floor_supervisor"), {
      playerId: player.playerId,
      kind: "money_play",
      area: "pit",
      tableId: bj02?.id,
      amount: "500",
    });
    await openCashEntry(page, `?player=${player.playerId}&table=${bj02?.id}`);
    await page.getByRole("option", { name: "Money play" }).click();
    await page.getByRole("textbox", { name: "Amount" }).fill(amount);
    return player;
  };

  const player = await enter("600");
  const departure = await holdBack(page, "LeavesTable");
  await page.keyboard.press("Alt+L");
  await departure.asked;
  expect(await record.isDisabled(), "while it isn't known").toBe(true);
  await record.click({ force: true });
  expect(sent.RecordMtlEntry).toBe(0);
  departure.release();
  await page.getByText(`$500.00 no longer rides for ${player.name} at BJ-02.`).waitFor();
  await page.waitForTimeout(200);
  expect(sent.RecordMtlEntry, "by what was pressed before").toBe(0);
  await record.click();
  await page.getByText(`$600.00 cash in recorded for ${player.name}.`).waitFor();

  // The time keeps the focus meanwhile, and Enter there is as good as the button.
  const late = await enter("600");
  await page.keyboard.press("Alt+E");
  await page.locator("[data-type=hour]:focus").waitFor();
  const lateDeparture = await holdBack(page, "LeavesTable");
  await page.keyboard.press("Alt+L");
  await lateDeparture.asked;
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(() => record.isDisabled()).toBe(true);
  expect(sent.RecordMtlEntry, "with Enter").toBe(1);
  lateDeparture.release();
  await page.getByText(`$500.00 no longer rides for ${late.name} at BJ-02.`).waitFor();
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(`$600.00 cash in recorded for ${late.name}.`).waitFor();

  const raised = await enter("700");
  const bet = await holdBack(page, "RecordMtlEntry");
  await page.keyboard.press("Enter");
  await bet.asked;
  expect(await leaves.isDisabled()).toBe(true);
  await page.keyboard.press("Alt+L");
  await leaves.click({ force: true });
  bet.release();
  await page.getByText(`$200.00 cash in recorded for ${raised.name}.`).waitFor();
  expect(sent).toEqual({ RecordMtlEntry: 3, LeavesTable: 2 });
});

/** How often the page has sent each of these operations. */
function countSent<Name extends string>(page: Page, names: readonly Name[]): Record<Name, number> {
  const sent = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  page.on("request", (request) => {
    if (!request.url().endsWith("/graphql")) return;
    const name = names.find((each) => each === request.postDataJSON()?.operationName);
    if (name) sent[name] += 1;
  });
  return sent;
}

test("areas and tenders are the database's, in its order", async () => {
  const page = await desk.sitDown("cashier");
  await openCashEntry(page);
  for (const name of ["Area", "Tender"]) {
    const labels = await desk.house.sql<{ label: string }>(
      `select label from compliance.mtl_${name.toLowerCase()} order by sort_no`,
    );
    await page.getByRole("button", { name: new RegExp(`${name}$`) }).click();
    const list = page.getByRole("listbox", { name });
    await list.waitFor();
    expect(await list.getByRole("option").allInnerTexts()).toEqual(labels.map(({ label }) => label));
    await page.keyboard.press("Escape");
  }
});

test("the player's page and the slip lead to an entry with the player and the table in it", async () => {
  const player = await seatedPlayer(await desk.house.as("pit_boss"), "BJ-02", 3, 10);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto(`/players/${player.playerId}`);
  await page.getByRole("main").getByRole("link", { name: "Cash entry" }).click();
  await page.getByRole("region", { name: "Patron" }).getByText(player.name).waitFor();

  await page.goto("/board");
  await slipOf(page, player.name).click();
  await drawer(page).getByRole("link", { name: "Cash entry" }).click();
  await page.getByRole("region", { name: "Patron" }).getByText(player.name).waitFor();
  await page.getByRole("button", { name: /BJ-02 Table/ }).waitFor();
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await page.keyboard.type("300");
  await page.keyboard.press("Enter");
  await page.getByText(`$300.00 cash in recorded for ${player.name}.`).waitFor();
  const [entry] = await desk.house.sql<{ label: string }>(
    `select t.label
    from compliance.mtl_entry as e
    join compliance.patron as p using (casino_id, patron_id)
    join floor.gaming_table as t using (casino_id, table_id)
    where p.player_id = $1`,
    [player.playerId],
  );
  expect(entry?.label).toBe("BJ-02");
});

test("only who may record cash gets the form", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  for (const role of ["marketing", "auditor"] as const) {
    const page = await desk.sitDown(role);
    await page.goto("/cash/new");
    await page.getByText("Recording cash isn't yours to do").waitFor();
    expect(await page.getByRole("navigation").getByRole("link", { name: "Cash entry" }).count(), role).toBe(0);
    await page.goto(`/players/${player.playerId}`);
    await page.getByRole("heading", { name: player.name }).waitFor();
    expect(await page.getByRole("main").getByRole("link", { name: "Cash entry" }).count(), role).toBe(0);
  }
});
