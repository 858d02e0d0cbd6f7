import { expect, test } from "vitest";
import { choosePatron, loggedCash, openCashEntry } from "./support/cash.ts";
import { loseAnswerOf, openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

// What is missing, refused, entered twice, not answered or wrong.

const desk = openDesk();

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
