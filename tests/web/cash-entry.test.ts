import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { choosePatron, loggedCash, openCashEntry, recordCash } from "./support/cash.ts";
import { drawer, loseAnswerOf, openDesk, slipOf } from "./support/client.ts";
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

test("a swiped card is picked although its Enter comes before the answer", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const [row] = await desk.house.sql<{ card_no: string }>("select card_no from floor.player where player_id = $1", [
    player.playerId,
  ]);
  const page = await desk.sitDown("cashier");
  await openCashEntry(page);
  await page.keyboard.type(row?.card_no ?? "");
  await page.keyboard.press("Enter");
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await page.getByRole("region", { name: "Patron" }).getByText(player.name).waitFor();
});

test("a refusal gives the focus back to the field that Enter was pressed in, and codes may be typed small", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("cashier");
  await openCashEntry(page);
  await choosePatron(page, player.name);
  await page.getByRole("option", { name: /exchange/i }).click();
  await page.getByRole("textbox", { name: "Amount" }).fill("50");
  const currency = page.getByRole("textbox", { name: "Foreign currency" });
  await currency.fill("canada");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await page.locator("input:focus").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("cad");
  expect(await currency.inputValue()).toBe("CAD");
  await page.keyboard.press("Enter");
  await page.getByText(`$50.00 cash in recorded for ${player.name}.`).waitFor();
  // The next one is no exchange, unless somebody says so.
  await page.getByRole("option", { name: "Chips bought", selected: true }).waitFor();
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

test("a gaming day that turns over is shown without anything happening", async () => {
  // At any moment the two have different days: they are 25 hours apart.
  const moveTo = (timezone: string) =>
    desk.house.sql(`update identity.casino set timezone = '${timezone}' where code = 'ONE'`);
  await moveTo("Pacific/Pago_Pago");
  try {
    const page = await desk.sitDown("cashier");
    await page.clock.install();
    await openCashEntry(page);
    const before = await page.getByTestId("gaming-day").getAttribute("datetime");
    await moveTo("Pacific/Kiritimati");
    await page.clock.runFor(61_000);
    await expect.poll(() => page.getByTestId("gaming-day").getAttribute("datetime")).not.toBe(before);
  } finally {
    await moveTo("America/Los_Angeles");
  }
});

test("who must be identified is said without a total, and stays said for that person", async () => {
  const cashier = await desk.house.as("cashier");
  const player = await newPlayer(await desk.house.as("pit_boss"));
  await recordCash(cashier, { playerId: player.playerId, amount: "8765.00" });
  const page = await desk.sitDown("floor_supervisor");
  const answers: string[] = [];
  page.on("response", async (response) => {
    if (response.url().endsWith("/graphql")) answers.push(await response.text().catch(() => ""));
  });
  await openCashEntry(page, `?player=${player.playerId}`);
  await page.getByRole("textbox", { name: "Amount" }).fill("1100");
  await page.keyboard.press("Enter");

  await page.getByRole("alert").getByText(`Identification needed: ${player.name}.`).waitFor();
  await page.getByRole("region", { name: "Recorded here" }).getByText("Identification needed").waitFor();
  const seen = [await page.locator("body").innerText(), ...answers].join("\n");
  for (const figure of ["8765", "8,765", "9865", "9,865", "10000", "10,000", "135"]) {
    // As a figure of its own: ids and times have digits too.
    expect(seen, `${figure} is for reviewers`).not.toMatch(new RegExp(`(?<![\\w.,:-])${figure}(?![\\w:-])`));
  }
});

test("a supervisor writes the identification down, and isn't asked for it again", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("floor_supervisor");
  await openCashEntry(page, `?player=${player.playerId}`);
  await page.getByRole("textbox", { name: "Amount" }).fill("9500");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByRole("button", { name: "Write it down" }).click();
  const dialog = page.getByRole("dialog", { name: "Identification" });
  const fill = (field: string, text: string) => dialog.getByRole("textbox", { name: field, exact: true }).fill(text);
  await fill("Last name", "Byron");
  await fill("First name", "Ada");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("Saved, but something is still missing.").waitFor();

  await page.getByRole("alert").getByRole("button", { name: "Write it down" }).click();
  await dialog.getByRole("spinbutton").first().click();
  await page.keyboard.type("12101980");
  await fill("Street", "12 Tahoe Road");
  await fill("City", "Reno");
  await fill("State", "NV");
  await fill("ZIP or postal code", "89501");
  await fill("Country", "US");
  await dialog.getByText("The person has none, or won't tell it").click();
  await dialog.getByRole("button", { name: /Document/ }).click();
  await page.getByRole("option", { name: "Passport" }).click();
  await fill("Document number", "P1234567");
  await fill("Issued by country", "US");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText(`Identification of ${player.name} is complete.`).waitFor();

  await openCashEntry(page, `?player=${player.playerId}`);
  await page.getByRole("textbox", { name: "Amount" }).fill("800");
  await page.keyboard.press("Enter");
  await page.getByText(`$800.00 cash in recorded for ${player.name}.`).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("a possible duplicate is recorded only when somebody confirms it", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("cashier");
  const enter = async () => {
    await openCashEntry(page, `?player=${player.playerId}`);
    await page.getByRole("textbox", { name: "Amount" }).fill("700");
    await page.keyboard.press("Enter");
  };
  await enter();
  await page.getByText(`$700.00 cash in recorded for ${player.name}.`).waitFor();

  await enter();
  const dialog = page.getByRole("dialog", { name: "Recorded already?" });
  await dialog.getByRole("button", { name: "Don't record it" }).waitFor();
  // A second Enter out of habit confirms nothing.
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  expect(await loggedCash(desk.house, player.playerId)).toHaveLength(1);

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Record it again" }).click();
  await page.getByText(`$700.00 cash in recorded for ${player.name}.`).waitFor();
  expect(await loggedCash(desk.house, player.playerId)).toHaveLength(2);
});

test("an earlier time is typed after Alt and E; how far back is the database's to say, at the field", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const when = (minutesAgo: number) => {
    const format = { timeZone: "America/Los_Angeles", dateStyle: "short", timeStyle: "short" } as const;
    const time = new Date(Math.floor(Date.now() / 60_000) * 60_000 - minutesAgo * 60_000);
    const part = new Intl.DateTimeFormat("en-US", format).formatToParts(time);
    const of = (type: string) => part.find((each) => each.type === type)?.value.padStart(2, "0") ?? "";
    return {
      time,
      told: new Intl.DateTimeFormat("sv-SE", format).format(time),
      keys: `${of("month")}${of("day")}20${of("year")}${of("hour")}${of("minute")}${of("dayPeriod")[0]}`,
    };
  };
  const enter = async (page: Page, amount: string, keys: string) => {
    await openCashEntry(page, `?player=${player.playerId}`);
    await page.getByRole("textbox", { name: "Amount" }).fill(amount);
    expect(await page.getByRole("group", { name: "When it happened" }).count()).toBe(0);
    await page.keyboard.press("Alt+E");
    await page.locator("[data-type=hour]:focus").waitFor();
    for (let back = 0; back < 3; back += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(keys);
    await page.keyboard.press("Enter");
  };
  const times = async () =>
    (
      await desk.house.sql<{ at: Date }>(
        `select e.occurred_at as at
        from compliance.mtl_entry as e
        join compliance.patron as p using (casino_id, patron_id)
        where p.player_id = $1
        order by e.entry_id`,
        [player.playerId],
      )
    ).map(({ at }) => at.toISOString());

  const page = await desk.sitDown("floor_supervisor");
  const lately = when(5);
  await enter(page, "410", lately.keys);
  await page.getByText(`$410.00 cash in recorded for ${player.name}.`).waitFor();
  expect(await times()).toEqual([lately.time.toISOString()]);
  // The next entry is of now again.
  expect(await page.getByRole("group", { name: "When it happened" }).count()).toBe(0);

  const longAgo = when(180);
  await enter(page, "420", longAgo.keys);
  const field = page.getByRole("group", { name: "When it happened" });
  // In the property's time, as it was typed.
  await page.getByText(`The time ${longAgo.told} cannot be used: more than 15 minutes back needs`).waitFor();
  await field.locator("[data-type=hour]:focus").waitFor();
  expect(await page.getByRole("alert").count(), "said once, at the field").toBe(0);
  expect(await times()).toHaveLength(1);
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await field.waitFor({ state: "detached" });
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(`$420.00 cash in recorded for ${player.name}.`).waitFor();

  const reviewer = await desk.sitDown("compliance_officer");
  await enter(reviewer, "430", longAgo.keys);
  await reviewer.getByText(`$430.00 cash in recorded for ${player.name}.`).waitFor();
  expect((await times())[2]).toBe(longAgo.time.toISOString());
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

test("an entry whose answer was lost is sent again with its key: it is one entry", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("cashier");
  await openCashEntry(page, `?player=${player.playerId}`);
  await page.getByRole("textbox", { name: "Amount" }).fill("250");
  await loseAnswerOf(page, "RecordMtlEntry");
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert");
  await alert.getByText("It may have been recorded or not.").waitFor();
  expect(await page.getByRole("textbox", { name: "Amount" }).isDisabled()).toBe(true);
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Already recorded: nothing was added twice.").waitFor();
  expect(await loggedCash(desk.house, player.playerId)).toHaveLength(1);
});

test("an unknown person is described, and found again by the description", async () => {
  const page = await desk.sitDown("floor_supervisor");
  await openCashEntry(page);
  await page.keyboard.press("Alt+U");
  const dialog = page.getByRole("dialog", { name: "Unknown person" });
  await dialog.getByRole("textbox", { name: "Description" }).fill("Tall man, mirrored sunglasses");
  await dialog.getByRole("textbox", { name: "Clothing" }).fill("Green jacket");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Patron" }).getByText("mirrored sunglasses").waitFor();
  await page.keyboard.type("400");
  await page.keyboard.press("Enter");
  await page.getByText("$400.00 cash in recorded for").waitFor();

  await choosePatron(page, "mirrored");
  await page.keyboard.type("300");
  await page.keyboard.press("Enter");
  await page.getByText("$300.00 cash in recorded for").waitFor();
  expect(await loggedCash(desk.house)).toEqual([
    "original in chip_purchase 400.00",
    "original in chip_purchase 300.00",
  ]);
});

test("cash carried for somebody else counts for them; the agent is named", async () => {
  const boss = await desk.house.as("pit_boss");
  const agent = await newPlayer(boss, "Agent");
  const buyer = await newPlayer(boss, "Buyer");
  const page = await desk.sitDown("cashier");
  await openCashEntry(page, `?player=${agent.playerId}`);
  await page.getByRole("button", { name: "On behalf of somebody else" }).click();
  await page.getByRole("searchbox", { name: "On behalf of" }).fill(buyer.lastName);
  await page.getByRole("option", { name: buyer.name }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("640");
  await page.keyboard.press("Enter");
  await page.getByText(`$640.00 cash in recorded for ${buyer.name}, carried by ${agent.name}.`).waitFor();
  expect(await loggedCash(desk.house, buyer.playerId)).toEqual(["original in chip_purchase 640.00"]);
  expect(await loggedCash(desk.house, agent.playerId)).toEqual([]);
});

test("what is missing is said where it is missing, and nothing is sent", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("cashier");
  await openCashEntry(page);
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.getByText("Find the person, or describe them.").waitFor();
  await page.getByText("How much cash was it?").waitFor();
  await choosePatron(page, player.lastName);
  await page.keyboard.type("75");
  await page.getByRole("option", { name: "Other, in" }).click();
  await page.getByRole("button", { name: "Record $75.00 in" }).click();
  await page.getByText("“Other, in” needs a note.").waitFor();
  expect(await loggedCash(desk.house, player.playerId)).toEqual([]);
  await page.keyboard.type("Coins of a broken machine");
  await page.keyboard.press("Enter");
  await page.getByText(`$75.00 cash in recorded for ${player.name}.`).waitFor();
});

test("a supervisor corrects what they just entered, without seeing the log", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const page = await desk.sitDown("floor_supervisor");
  await openCashEntry(page, `?player=${player.playerId}`);
  await page.getByRole("textbox", { name: "Amount" }).fill("900");
  await page.keyboard.press("Enter");
  const here = page.getByRole("region", { name: "Recorded here" });
  await here.getByRole("button", { name: `Correct $900.00 of ${player.name}` }).click();
  const dialog = page.getByRole("dialog", { name: "Correct an entry" });
  await dialog.getByRole("textbox", { name: "Right amount" }).fill("90");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("One zero too many");
  await dialog.getByRole("button", { name: "Correct it" }).click();
  await dialog.getByText("Corrected to $90.00.").waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();
  await here.getByText("Corrected to $90.00").waitFor();
  expect(await loggedCash(desk.house, player.playerId)).toEqual([
    "original in chip_purchase 900.00",
    "offset in chip_purchase 900.00",
    "replacement in chip_purchase 90.00",
  ]);
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
