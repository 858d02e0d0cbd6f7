import { expect, test } from "vitest";
import { choosePatron, loggedCash, openCashEntry, recordCash } from "./support/cash.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

// Whose cash it is: found, described, identified, or carried for somebody else.

const desk = openDesk();

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
