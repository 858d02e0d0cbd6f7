import { expect, test } from "vitest";
import { drawer, freeSeat, slipOf, type Theme } from "./support/client.ts";
import { casino, openDemo } from "./support/demo.ts";
import { Typist } from "./support/keyboard.ts";
import { sizes, takePicture } from "./support/pictures.ts";

/*
 * A shift at the demo casino. Six people are at their screens at once, none of them has a mouse, and what
 * one does the others see. The pictures are those of the tour in the README.
 */

const demo = openDemo();

/** A change that somebody else made is there within this time. */
const LIVE = { timeout: 5_000 };

test("six people work a whole shift with the keyboard alone", { timeout: 600_000 }, async () => {
  const cast = await castOf();
  const people = await everybodySignsIn();
  await aPlayerSitsDown(people, cast);
  await theBetChanges(people, cast);
  await cashIsTaken(people, cast);
  await theCaseIsFiled(people, cast);
  await aRewardTakesTwo(people, cast);
  await aLongSlipIsCompleted(people, cast);
  await rulesTakeTwo(people);
  await theLedgerIsVerified(people, cast);
  await everybodyLeaves(people);
});

interface Cast {
  /** Somebody who isn't here yet, and the seat that is free for them. */
  readonly guest: { readonly name: string; readonly listed: string; readonly card: string; readonly points: number };
  readonly seat: { readonly table: string; readonly no: number };
  /** Somebody who has been playing for hours. */
  readonly regular: { readonly name: string; readonly table: string };
}

async function castOf(): Promise<Cast> {
  const [guest] = await demo.sql<{ first: string; last: string; card: string; points: string }>(
    `select p.first_name as first, p.last_name as last, p.card_no as card, l.current_balance as points
    from floor.player as p
    join loyalty.player_loyalty as l using (casino_id, player_id)
    join identity.casino as c using (casino_id)
    where c.code = $1
      and not exists (select from floor.visit as v where v.player_id = p.player_id and v.closed_at is null)
      and not exists (select from compliance.patron as k where k.player_id = p.player_id)
    order by p.card_no limit 1`,
    [casino],
  );
  const [seat] = await demo.sql<{ table: string; no: number }>(
    `select t.label as "table", min(n)::int as no
    from floor.gaming_table as t
    join identity.casino as c using (casino_id)
    cross join generate_series(1, t.seats) as n
    where c.code = $1 and t.active and not exists (
      select from floor.rating_slip as s where s.table_id = t.table_id and s.state <> 'closed' and s.seat_no = n
    )
    group by t.label having count(*) between 3 and 6
    order by t.label limit 1`,
    [casino],
  );
  const [regular] = await demo.sql<{ name: string; table: string }>(
    `select concat_ws(' ', p.first_name, p.last_name) as name, t.label as "table"
    from floor.rating_slip as s
    join identity.casino as c using (casino_id)
    join floor.player as p using (casino_id, player_id)
    join floor.gaming_table as t using (casino_id, table_id)
    where c.code = $1 and s.state = 'open'
    order by s.opened_at limit 1`,
    [casino],
  );
  if (!guest || !seat || !regular) throw new Error("The demo has nobody for this story.");
  const { first, last, card, points } = guest;
  return {
    guest: { name: `${first} ${last}`, listed: `${last}, ${first}`, card, points: Number(points) },
    seat,
    regular,
  };
}

/** Who is here, with what their screen begins with. */
const staff = {
  supervisor: { username: "mreyes", theme: "dark", begins: "Pit board" },
  boss: { username: "hlindgren", theme: "dark", begins: "Pit board" },
  cashier: { username: "jpham", theme: "light", begins: "Cash entry" },
  officer: { username: "rbauer", theme: "light", begins: "Compliance" },
  marketing: { username: "fadeyemi", theme: "light", begins: "Liability" },
  auditor: { username: "egrant", theme: "dark", begins: "Verification" },
} as const satisfies Record<string, { username: string; theme: Theme; begins: string }>;

type People = Record<keyof typeof staff, Typist>;

async function everybodySignsIn(): Promise<People> {
  const roles = Object.keys(staff) as (keyof typeof staff)[];
  const signedIn = roles.map(async (role) => {
    const { username, theme, begins } = staff[role];
    const page = await demo.visit({ theme });
    const typist = new Typist(page, role);
    await page.goto("/");
    await page.locator("input:focus").waitFor();
    if (role === "supervisor") await takePicture(page, "pictures/sign-in");
    await typist.type(casino);
    await typist.fill(page.getByLabel("User name"), username);
    await typist.fill(page.getByLabel("Password", { exact: true }), demo.password);
    await typist.press("Enter");
    await page.getByRole("heading", { level: 1, name: begins }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    return [role, typist] as const;
  });
  return Object.fromEntries(await Promise.all(signedIn)) as People;
}

async function aPlayerSitsDown({ supervisor, boss }: People, { guest, seat }: Cast): Promise<void> {
  const { page } = supervisor;
  await page.locator("[data-slip]").first().waitFor();
  await page
    .getByText(/^Theoretical win so far/)
    .first()
    .waitFor();
  await takePicture(page, "pictures/pit-board");
  await page.setViewportSize(sizes.tablet);
  await takePicture(page, "pictures/pit-board-tablet");
  await page.setViewportSize(sizes.desk);

  await supervisor.goTo(seat.table);
  await page.locator(`[data-table="${seat.table}"]:focus`).waitFor();
  await supervisor.pressAt(freeSeat(page, seat.table, seat.no));
  await drawer(page).locator("input[type=search]:focus").waitFor();
  await supervisor.type(guest.card);
  await drawer(page).getByRole("option", { name: guest.listed }).waitFor();
  await supervisor.press("Enter");
  await drawer(page).locator("input[inputmode=decimal]:focus").waitFor();
  await supervisor.type("150");
  await supervisor.press("Enter");
  await drawer(page).getByRole("heading", { name: guest.name }).waitFor();
  await slipOf(boss.page, guest.name).getByText("bet $150", { exact: true }).waitFor(LIVE);
}

async function theBetChanges({ supervisor, boss }: People, { guest, seat }: Cast): Promise<void> {
  await boss.goTo(seat.table);
  await boss.pressAt(slipOf(boss.page, guest.name));
  const panel = drawer(boss.page);
  await panel.getByRole("button", { name: "Pause" }).waitFor();
  await boss.press("Alt+b");
  await boss.type("400");
  await boss.press("Enter");
  await panel.getByText("Bet of $400 recorded.").waitFor();
  await drawer(supervisor.page).getByText("$400", { exact: true }).first().waitFor(LIVE);
  await boss.press("Alt+p");
  await panel.getByRole("button", { name: "Resume" }).waitFor();
  await drawer(supervisor.page).getByRole("button", { name: "Resume" }).waitFor(LIVE);
  await boss.press("Alt+p");
  await panel.getByRole("button", { name: "Pause" }).waitFor();
  await takePicture(supervisor.page, "pictures/slip");
}

async function cashIsTaken({ cashier, officer }: People, { guest }: Cast): Promise<void> {
  const { page } = cashier;
  await page.locator("input[type=search]:focus").waitFor();
  await cashier.type(guest.card);
  await page.getByRole("option", { name: guest.name }).waitFor();
  await cashier.press("Enter");
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await cashier.type("9600");
  await cashier.press("Enter");
  const alert = page.getByRole("alert").filter({ hasText: "Identification needed" });
  await alert.waitFor();
  await takePicture(page, "pictures/cash-entry");

  await cashier.pressAt(alert.getByRole("button", { name: "Write it down" }));
  const dialog = page.getByRole("dialog", { name: "Identification" });
  const field = (name: string) => dialog.getByRole("textbox", { name, exact: true });
  await dialog.locator("input:focus").waitFor();
  const [last = "", first = ""] = guest.name.split(" ").reverse();
  await cashier.fill(field("Last name"), last);
  await cashier.fill(field("First name"), first);
  await cashier.to(dialog.getByRole("spinbutton").first());
  await cashier.type("12101980");
  await cashier.fill(field("Street"), "12 Tahoe Road");
  await cashier.fill(field("City"), "Reno");
  await cashier.fill(field("State"), "NV");
  await cashier.fill(field("ZIP or postal code"), "89501");
  await cashier.fill(field("Country"), "US");
  await cashier.pressAt(dialog.getByRole("checkbox"), "Space");
  await cashier.to(dialog.getByRole("button", { name: /Document/ }));
  await cashier.type("passport");
  await cashier.fill(field("Document number"), "P1234567");
  await cashier.fill(field("Issued by country"), "US");
  await cashier.press("Enter");
  await page.getByText(`Identification of ${guest.name} is complete.`).waitFor();

  await cashier.press("Alt+p");
  await page.locator("input[type=search]:focus").waitFor();
  await cashier.type(guest.card);
  await page.getByRole("option", { name: guest.name }).waitFor();
  await cashier.press("Enter");
  await page.locator("input[inputmode=decimal]:focus").waitFor();
  await cashier.type("1400");
  await cashier.press("Enter");
  await page.getByText(`$1,400.00 cash in recorded for ${guest.name}.`).waitFor();
  const toFile = officer.page.getByRole("region", { name: "Cases to be filed" });
  await toFile.getByText(guest.name).waitFor(LIVE);
}

async function theCaseIsFiled({ officer }: People, { guest }: Cast): Promise<void> {
  const { page } = officer;
  await takePicture(page, "pictures/compliance");
  await officer.fill(page.getByRole("search").getByRole("searchbox", { name: "Patron" }), guest.name);
  const row = page.getByRole("row", { name: guest.name });
  await expect.poll(() => page.getByRole("row").count(), { timeout: 10_000 }).toBe(2);
  const table = page.getByRole("grid");
  for (let stops = 0; (await table.locator(":focus").count()) === 0; stops++) {
    if (stops > 20) throw new Error("The officer never gets into the table.");
    await officer.press("Tab");
  }
  await officer.to(row, "ArrowDown");
  await officer.press("Enter");
  await drawer(page).getByRole("heading", { name: guest.name }).waitFor();
  await takePicture(page, "pictures/person-day");
  await officer.pressAt(drawer(page).getByRole("link", { name: /^CTR case/ }));
  await page.getByText("Complete", { exact: true }).waitFor();
  await officer.pressAt(page.getByRole("button", { name: "Prepare" }));
  await officer.pressAt(page.getByRole("button", { name: "Mark as filed" }));
  await officer.pressAt(page.getByRole("dialog").getByRole("button", { name: "It is filed" }));
  await page.getByRole("listitem").filter({ hasText: "Filed" }).and(page.locator("[aria-current]")).waitFor();
  await takePicture(page, "pictures/case");
}

async function aRewardTakesTwo({ supervisor, boss }: People, { guest }: Cast): Promise<void> {
  const { page } = supervisor;
  await supervisor.press("Alt+r");
  const dialog = page.getByRole("dialog");
  await dialog.locator("input:focus").waitFor();
  await supervisor.type("6000");
  await supervisor.fill(dialog.getByRole("textbox", { name: "Reason" }), "A weekend for a good guest");
  await takePicture(page, "pictures/reward");
  await supervisor.pressAt(dialog.getByRole("button", { name: "Request the reward" }));
  await dialog.getByText("Sent for approval.").waitFor();
  await supervisor.press("Enter");
  await dialog.waitFor({ state: "detached" });

  await boss.goTo("approvals");
  const request = boss.page.getByRole("article", { name: `Reward for ${guest.name}` });
  await request.waitFor(LIVE);
  await takePicture(boss.page, "pictures/approvals");
  await boss.pressAt(request.getByRole("button", { name: "Approve" }));
  await boss.page.getByRole("dialog").locator("button:focus").waitFor();
  await boss.press("Enter");
  await boss.page.getByText("+6,000 points recorded.").waitFor();
  await boss.press("Enter");
  await supervisor.goTo(guest.card, guest.name);
  await page
    .getByTestId("balance")
    .getByText((guest.points + 6_000).toLocaleString("en-US"), { exact: true })
    .waitFor();
}

async function aLongSlipIsCompleted({ supervisor }: People, { regular }: Cast): Promise<void> {
  const { page } = supervisor;
  await supervisor.goTo(regular.table);
  await supervisor.pressAt(slipOf(page, regular.name));
  await drawer(page).getByRole("button", { name: "Complete slip" }).waitFor();
  await supervisor.press("Alt+c");
  await drawer(page).locator("button:focus", { hasText: "Complete" }).waitFor();
  await supervisor.press("Enter");
  await drawer(page).getByText("New balance").waitFor();
  await slipOf(page, regular.name).waitFor({ state: "detached" });
  await takePicture(page, "pictures/completion");
  await supervisor.pressAt(drawer(page).getByRole("link", { name: "Player page" }));
  await page
    .getByRole("button", { name: /^Explain entry/ })
    .first()
    .waitFor();
  await takePicture(page, "pictures/player");
}

async function rulesTakeTwo({ marketing }: People): Promise<void> {
  const { page } = marketing;
  await page.locator(".recharts-surface").nth(1).waitFor();
  await takePicture(page, "pictures/liability");
  await marketing.goTo("rules");
  await marketing.pressAt(page.getByRole("link", { name: "Limits for a day, before the holidays" }));
  await marketing.pressAt(page.getByRole("button", { name: "Publish" }));
  await page.getByRole("dialog").locator("button:focus").waitFor();
  await marketing.press("Enter");
  await page.getByText("Published by").waitFor();
  await takePicture(page, "pictures/rules");
}

async function theLedgerIsVerified({ auditor }: People, { regular }: Cast): Promise<void> {
  const { page } = auditor;
  await auditor.pressAt(page.getByRole("button", { name: "Verify the ledger" }));
  await page.getByText("The ledger is intact.").waitFor({ timeout: 60_000 });
  await auditor.pressAt(page.getByRole("button", { name: "Verify the seals" }));
  await page.getByText("The seals hold.").waitFor({ timeout: 60_000 });
  await takePicture(page, "pictures/verification");
  await auditor.goTo(regular.name);
  const explain = page.getByRole("button", { name: /^Explain entry/ }).first();
  await auditor.pressAt(explain);
  await page.getByRole("dialog").getByRole("region", { name: "Step by step" }).waitFor();
  await takePicture(page, "pictures/explanation");
  await auditor.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function everybodyLeaves(people: People): Promise<void> {
  const leaving = Object.values(people).map(async (person) => {
    await person.pressAt(person.page.getByRole("button", { name: "Sign out" }));
    await person.page.getByRole("button", { name: "Sign in" }).waitFor();
  });
  await Promise.all(leaving);
  const [open] = await demo.sql<{ count: string }>(
    `select count(*) from identity.session as s
    join identity.staff as p using (casino_id, staff_id)
    join identity.casino as c using (casino_id)
    where c.code = $1 and p.username = any($2) and s.revoked_at is null`,
    [casino, Object.values(staff).map(({ username }) => username)],
  );
  expect(open?.count, "sessions that are still open").toBe("0");
}
