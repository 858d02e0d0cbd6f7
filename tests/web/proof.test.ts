import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { openDesk } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

/** A player whose play was awarded, with the number of points. */
async function awarded(table: string, seatNo: number) {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, table, seatNo, 12);
  const [slip] = await desk.house.sql<{ rating_slip_id: string }>(
    "select rating_slip_id from floor.rating_slip where player_id = $1",
    [player.playerId],
  );
  await send(boss, "completeRatingSlip", { ratingSlipId: slip?.rating_slip_id ?? "" });
  const [entry] = await desk.house.sql<{ points_change: string }>(
    "select points_change from loyalty.loyalty_ledger where player_id = $1",
    [player.playerId],
  );
  return { ...player, points: entry?.points_change ?? "" };
}

/** What a superuser can do and a hash shows. */
async function damage(playerId: string, points: string): Promise<void> {
  await desk.house.sql("alter table loyalty.loyalty_ledger disable trigger all");
  await desk.house.sql("update loyalty.loyalty_ledger set reason = $2 where player_id = $1 and entry_no = 1", [
    playerId,
    points,
  ]);
  await desk.house.sql("alter table loyalty.loyalty_ledger enable trigger all");
  await desk.house.sql("alter table loyalty.loyalty_ledger enable always trigger loyalty_ledger_is_append_only");
}

test("an entry explains itself in the ledger, as a paragraph and step by step", async () => {
  const player = await awarded("BJ-01", 1);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto(`/players/${player.playerId}`);
  await page.getByRole("button", { name: "Explain entry 1" }).click();
  const dialog = page.getByRole("dialog", { name: `Entry 1: +${player.points} points` });
  const summary = dialog.getByText(/Under the policy pt1, version 1, in force when the slip was opened/);
  await summary.waitFor();
  const said = await summary.innerText();
  expect(said).toMatch(/ play from [A-Z][a-z]{2} \d{1,2}, \d{1,2}:\d\d\s[AP]M to /);
  expect(said).toMatch(/ on average for \d+:\d\d:\d\d, .* a theoretical win of \$[\d,]+\.\d\d\. /);
  expect(said).toMatch(/ the tier is still [A-Z][a-z]+\.$/);
  const steps = dialog.getByRole("region", { name: "Step by step" });
  await steps
    .getByRole("row", { name: new RegExp(`\\b${player.points}\\b`) })
    .last()
    .waitFor();
  await steps.getByRole("row", { name: /^Average bet \$[\d,]+\.\d\d weighted by the time/ }).waitFor();
  await steps.getByRole("row", { name: /^Time played \d+:\d\d:\d\d between opening and closing/ }).waitFor();
  await steps.getByRole("row", { name: /^Theoretical win \$[\d,]+\.\d\d/ }).waitFor();
  expect(await steps.getByRole("row").count(), "more than the result").toBeGreaterThan(4);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("a statement is shown for a period, printed without the screen around it, and saved as CSV", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  const { playerId } = player;
  const boss = await desk.house.hire("pit_boss");
  await send(boss, "manualReward", { playerId, points: "900", reason: "Waited for a seat", idempotencyKey: newKey() });
  await send(boss, "redeem", { playerId, points: "250", reason: "Buffet for two", idempotencyKey: newKey() });
  const page = await desk.sitDown("pit_boss");
  await page.goto(`/players/${playerId}`);
  await page.getByRole("link", { name: "Statement" }).click();
  const sheet = page.getByRole("article", { name: "Statement" });
  await sheet.getByText(player.name).waitFor();
  await sheet.getByRole("row", { name: /^1 .*\+900 900$/ }).waitFor();
  await sheet.getByRole("row", { name: /^2 .*-250 650$/ }).waitFor();
  expect(await sheet.locator("dd").allInnerTexts()).toEqual(["0", "900", "250", "0", "0", "650"]);

  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("navigation", { name: "Main" }).isVisible(), "no screen around it").toBe(false);
  expect(await page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
  expect(await page.getByRole("heading", { level: 1 }).count(), "one heading, the sheet's own").toBe(0);
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  expect((await sheet.boundingBox())?.width, "the whole width of the paper").toBe(width);
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(paper, "dark on white").toBe("light");
  await page.emulateMedia({ media: "screen" });

  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const csv = await readFile(await file.path(), "utf8");
  expect(csv.split("\r\n").map((line) => line.split(",").slice(-4).join(" "))).toEqual([
    "type description points balance",
    "MANUAL_BONUS Bonus points 900 900",
    "REDEMPTION Points redeemed -250 650",
  ]);

  const [line] = await desk.house.sql<{ day: string; told: string }>(
    `select
      gaming_day::text as day,
      to_char(occurred_at at time zone 'America/Los_Angeles', 'YYYY-MM-DD"T"HH24:MI:SS') as told
    from loyalty.loyalty_ledger
    where player_id = $1
    order by entry_no
    limit 1`,
    [playerId],
  );
  expect(csv.split("\r\n")[1], "in the property's time").toMatch(
    new RegExp(`^1,${line?.day},${line?.told}(\\.\\d+)?-0[78]:00,`),
  );

  await page.goto(`/players/${playerId}/statement?from=2026-01-01&to=2026-01-31`);
  await page.getByText("There are no entries in this period.").waitFor();
  await page.goto("/players/abc/statement");
  await page.getByText("There is no such player").waitFor();
});

test("an intact ledger is said to be intact; a changed entry is named with its player", async () => {
  const player = await awarded("BJ-02", 2);
  const page = await desk.sitDown("auditor");
  await page.goto("/verification");
  await page.getByText("Nothing is sealed yet").waitFor();
  await page.getByRole("button", { name: "Verify the ledger" }).click();
  await page.getByText("The ledger is intact.").waitFor();
  await page.getByRole("button", { name: "Seal the last day" }).click();
  await page.getByText(/ is sealed\.$/).waitFor();
  await page.getByRole("button", { name: "Verify the seals" }).click();
  await page.getByText("The seals hold.").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export" }).click(),
  ]);
  const seals = await file.path();

  await damage(player.playerId, "Nothing of the kind");
  await page.getByRole("button", { name: "Verify the ledger" }).click();
  await page.getByRole("alert").getByText("The ledger was changed.").waitFor();
  const problems = page.getByRole("region", { name: "What doesn't fit in the ledger" });
  await problems.getByRole("row", { name: new RegExp(`^${player.name} 1 Entry changed`) }).waitFor();

  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Verify a file" }).click(),
  ]);
  await chooser.setFiles({ name: "seals.json", mimeType: "application/json", buffer: await readFile(seals) });
  await page.getByText(/The ledger (fits|doesn't fit) seals\.json\./).waitFor();
  const [again] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Verify a file" }).click(),
  ]);
  await again.setFiles({ name: "notes.txt", mimeType: "application/json", buffer: Buffer.from("not seals") });
  await page.getByText("notes.txt isn't a file of seals.").waitFor();

  await problems.getByRole("link", { name: player.name }).click();
  await page.getByRole("link", { name: "Verify" }).click();
  await page.getByRole("heading", { name: `The ledger of ${player.name}` }).waitFor();
  await page.getByRole("button", { name: "Verify the ledger" }).click();
  await page.getByText("Verified: 1 entry of 1 player.").waitFor();
});

test("verifying is for whoever audits", async () => {
  const page = await desk.sitDown("pit_boss");
  await page.goto("/verification");
  await page.getByText("Not for your role").waitFor();
  expect(await page.getByRole("link", { name: "Verification" }).count()).toBe(0);
});
