import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ensureDemo } from "../../bin/lib/demo.ts";
import type { SignIn } from "../../bin/lib/demo-sign-ins.ts";
import { openHome } from "../../bin/lib/home.ts";
import { hashPassword } from "../../graphql/auth/password.ts";
import { withClient } from "../support/cluster.ts";
import { type Stack, startDatabase, startStack } from "../support/stack.ts";
import { Client } from "./support/client.ts";

let stack: Stack;
let signIns: readonly SignIn[];

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  stack = await startStack({ demo: true });
  signIns = await ensureDemo(stack, openHome(stack.home));
});

afterAll(() => stack.stop());

async function signIn({ casino, username, password }: SignIn): Promise<Client> {
  const response = await fetch(`${stack.url}/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ casino, username, password }),
  });
  expect(response.status, `${casino} ${username}`).toBe(200);
  const [cookie = ""] = response.headers.getSetCookie();
  return new Client(stack.url, /pit_session=([^;]+)/.exec(cookie)?.[1]);
}

async function somebody(casino: string, role: string): Promise<Client> {
  const person = signIns.find((each) => each.casino === casino && each.role === role);
  if (!person) throw new Error(`${casino} has no ${role}.`);
  return signIn(person);
}

/** How many rows every table of the schemas holds. */
function rowCounts(ownerUrl: string): Promise<Record<string, number>> {
  return withClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string; n: number }>(
      `select c.oid::regclass::text as name,
         (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %s', c.oid::regclass),
           false, true, '')))[1]::text::int as n
       from pg_class as c join pg_namespace as s on s.oid = c.relnamespace
       where c.relkind = 'r' and s.nspname in ('identity', 'floor', 'loyalty', 'compliance', 'ops')
       order by 1`,
    );
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  });
}

test("everybody whose password is printed signs in, with the printed role, at both properties", async () => {
  for (const printed of signIns) {
    const client = await signIn(printed);
    const { me } = await client.get<{ me: { casinoCode: string; role: string } }>("{ me { casinoCode role } }");
    expect(me).toEqual({ casinoCode: printed.casino, role: printed.role });
  }
  const roles = ["admin", "auditor", "cashier", "compliance_officer", "floor_supervisor", "marketing", "pit_boss"];
  for (const casino of ["HPC", "SMR"]) {
    const there = signIns.filter((each) => each.casino === casino).map(({ role }) => role);
    expect([...new Set(there)].sort()).toEqual(roles);
  }
});

interface OpenSlip {
  readonly openedAt: string;
  readonly state: string;
  readonly seatNo: number;
  readonly table: { readonly label: string; readonly seats: number };
  readonly player: { readonly playerId: string };
}

const openSlips = `{ ratingSlips(first: 100, filter: { state: { notEqualTo: "closed" } }) {
  nodes { openedAt state seatNo table { label seats } player { playerId } }
} }`;

test.each([
  ["HPC", 35],
  ["SMR", 8],
])("players sit at the tables of %s right now, some of them away for a moment", async (casino, count) => {
  const client = await somebody(casino, "floor_supervisor");
  const { nodes } = (await client.get<{ ratingSlips: { nodes: OpenSlip[] } }>(openSlips)).ratingSlips;
  expect(nodes).toHaveLength(count);
  expect(nodes.some(({ state }) => state === "paused")).toBe(true);
  expect(nodes.some(({ state }) => state === "open")).toBe(true);
  for (const { openedAt } of nodes) {
    // The template may be some minutes old.
    expect(Date.now() - Date.parse(openedAt)).toBeLessThan(4.5 * 3_600_000);
  }
  expect(new Set(nodes.map(({ table, seatNo }) => `${table.label}/${seatNo}`)).size).toBe(count);
});

test("neither property sees anything of the other", async () => {
  const query = `{ casinos(first: 9) { nodes { code } } players(first: 100) { nodes { playerId cardNo } totalCount } }`;
  interface Seen {
    readonly casinos: { readonly nodes: { code: string }[] };
    readonly players: { readonly nodes: { playerId: string; cardNo: string }[]; readonly totalCount: number };
  }
  const [harbor, mesa] = await Promise.all(
    ["HPC", "SMR"].map(async (casino) => (await somebody(casino, "pit_boss")).get<Seen>(query)),
  );
  expect(harbor?.casinos.nodes).toEqual([{ code: "HPC" }]);
  expect(mesa?.casinos.nodes).toEqual([{ code: "SMR" }]);
  expect([harbor?.players.totalCount, mesa?.players.totalCount]).toEqual([80, 25]);
  expect(harbor?.players.nodes.every(({ cardNo }) => cardNo.startsWith("HPC"))).toBe(true);

  const foreign = mesa?.players.nodes[0]?.playerId;
  const boss = await somebody("HPC", "pit_boss");
  expect(await boss.get("query ($id: UUID!) { player(playerId: $id) { cardNo } }", { id: foreign })).toEqual({
    player: null,
  });
});

test("every tier, every kind of entry and something to decide are there", async () => {
  const client = await somebody("HPC", "pit_boss");
  interface Standing {
    readonly tier: string;
    readonly loyaltyLedgers: { readonly nodes: { transactionType: string }[] };
  }
  const { playerLoyalties } = await client.get<{ playerLoyalties: { nodes: Standing[] } }>(
    "{ playerLoyalties(first: 100) { nodes { tier loyaltyLedgers(first: 100) { nodes { transactionType } } } } }",
  );
  const standings = playerLoyalties.nodes;
  const tiers = new Set(standings.map(({ tier }) => tier));
  expect([...tiers].sort()).toEqual(["BRONZE", "GOLD", "PLATINUM", "SILVER"]);
  const types = new Set(standings.flatMap((each) => each.loyaltyLedgers.nodes.map((entry) => entry.transactionType)));
  expect([...types].sort()).toEqual(["GAMEPLAY", "MANUAL_BONUS", "REDEMPTION", "REVERSAL"]);
  const { rewardRequests } = await client.get<{ rewardRequests: { nodes: { points: string; status: string }[] } }>(
    "{ rewardRequests(first: 9) { nodes { points status } } }",
  );
  expect(rewardRequests.nodes.toSorted((a, b) => Number(a.points) - Number(b.points))).toEqual([
    { points: "500", status: "pending" },
    { points: "6000", status: "pending" },
  ]);
  const marketing = await somebody("HPC", "marketing");
  const { loyaltyDrafts, promotions } = await marketing.get<{
    loyaltyDrafts: { nodes: { status: string }[] };
    promotions: { nodes: { name: string; publishedAt: string | null }[] };
  }>("{ loyaltyDrafts(first: 9) { nodes { status } } promotions(first: 9) { nodes { name publishedAt } } }");
  expect(loyaltyDrafts.nodes).toEqual([{ status: "open" }]);
  expect(promotions.nodes).toMatchObject([{ name: "Half as much again", publishedAt: expect.any(String) }]);
});

test.each(["HPC", "SMR"])("every compliance screen of %s has something to show", async (casino) => {
  const client = await somebody(casino, "compliance_officer");
  interface Nodes<T> {
    readonly nodes: readonly T[];
  }
  interface Shown {
    readonly patronDays: Nodes<{ badgeIn: string; badgeOut: string; name: string | null }>;
    readonly ctrCaseSummaries: Nodes<{ state: string; overdue: boolean; amendmentDue: boolean }>;
    readonly complianceAlerts: Nodes<{ rule: string; resolvedAt: string | null }>;
    readonly gamingDaySummaries: Nodes<{ signedOffAt: string | null; blockingCases: number; isOver: boolean }>;
    readonly mtlAuditNotes: Nodes<{ note: string }>;
  }
  const shown = await client.get<Shown>(`{
    patronDays(first: 100) { nodes { badgeIn badgeOut name } }
    ctrCaseSummaries(first: 100) { nodes { state overdue amendmentDue } }
    complianceAlerts(first: 100) { nodes { rule resolvedAt } }
    gamingDaySummaries(first: 100) { nodes { signedOffAt blockingCases isOver } }
    mtlAuditNotes(first: 100) { nodes { note } }
  }`);
  const badges = new Set(shown.patronDays.nodes.flatMap(({ badgeIn, badgeOut }) => [badgeIn, badgeOut]));
  expect([...badges].sort()).toEqual(["near", "none", "reportable", "watch"]);
  expect(shown.patronDays.nodes.some(({ name }) => name === null)).toBe(true);
  const cases = shown.ctrCaseSummaries.nodes;
  const states = new Set(cases.map(({ state }) => state));
  expect([...states].sort()).toEqual(["acknowledged", "closed", "filed", "open", "ready"]);
  expect(cases.filter(({ overdue }) => overdue)).toHaveLength(1);
  expect(cases.filter(({ amendmentDue }) => amendmentDue)).toHaveLength(1);
  const rules = new Set(shown.complianceAlerts.nodes.map(({ rule }) => rule));
  expect([...rules].sort()).toEqual(["chip_walk", "combined_buyers", "just_below", "marker_paydown", "repeat"]);
  expect(shown.complianceAlerts.nodes.some(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
  const days = shown.gamingDaySummaries.nodes;
  expect(days.some(({ signedOffAt }) => signedOffAt !== null)).toBe(true);
  expect(days.some(({ blockingCases }) => blockingCases > 0)).toBe(true);
  expect(days.some(({ isOver }) => !isOver)).toBe(true);
  expect(shown.mtlAuditNotes.nodes).toHaveLength(1);
});

test.each(["HPC", "SMR"])("the days of %s that are over are sealed, and everything agrees", async (casino) => {
  const client = await somebody(casino, "auditor");
  interface Books {
    readonly reconciliationRuns: { readonly nodes: { cause: string; driftFound: number; entries: string }[] };
    readonly ledgerSeals: { readonly nodes: { gamingDay: string; entries: string }[] };
  }
  const { reconciliationRuns, ledgerSeals } = await client.get<Books>(`{
    reconciliationRuns(first: 9) { nodes { cause driftFound entries } }
    ledgerSeals(first: 20, orderBy: GAMING_DAY_ASC) { nodes { gamingDay entries } }
  }`);
  expect(reconciliationRuns.nodes).toMatchObject([{ cause: "job", driftFound: 0 }]);
  const sealed = ledgerSeals.nodes.map(({ entries }) => Number(entries));
  expect(sealed.length).toBeGreaterThanOrEqual(9);
  expect(sealed).toEqual(sealed.toSorted((a, b) => a - b));
  expect(sealed[0]).toBeLessThan(sealed.at(-1) ?? 0);
  expect(Number(reconciliationRuns.nodes[0]?.entries)).toBeGreaterThanOrEqual(sealed.at(-1) ?? 0);
  expect(await client.get("{ verifySeals { intact } }")).toEqual({ verifySeals: { intact: true } });
});

test("the history is a floor's: nothing is refused but treats that somebody can't afford", async () => {
  const { rows } = await withClient(stack.ownerUrl, (owner) =>
    owner.query("select distinct event_type, code from ops.ingested_event where outcome = 'refused'"),
  );
  expect(rows).toEqual([{ event_type: "redeem", code: "INSUFFICIENT_BALANCE" }]);
});

test("a second start leaves everything as it is", async () => {
  const before = await rowCounts(stack.ownerUrl);
  expect(await ensureDemo(stack, openHome(stack.home))).toEqual(signIns);
  expect(await rowCounts(stack.ownerUrl)).toEqual(before);
});

test("a password that somebody has set since stays theirs and isn't printed", async () => {
  const phc = await hashPassword("my own words");
  await withClient(stack.ownerUrl, (owner) => owner.query("select identity.set_password('SMR', 'wchen', $1)", [phc]));
  const printed = await ensureDemo(stack, openHome(stack.home));
  const theirs = printed.find(({ casino, username }) => casino === "SMR" && username === "wchen");
  expect(theirs?.password).toBe("(changed)");
  await signIn({ casino: "SMR", username: "wchen", password: "my own words", role: "auditor" });
  expect(printed.filter(({ password }) => password === "(changed)")).toHaveLength(1);
});

test("on another day those who were left at the tables have gone home, and others sit there", async () => {
  const database = await startDatabase("demo");
  const home = openHome(database.home);
  try {
    await withClient(database.ownerUrl, async (owner) => {
      await owner.query("alter table floor.rating_slip_event disable trigger all");
      await owner.query("alter table ops.ingested_event disable trigger all");
      await owner.query("update floor.rating_slip_event set occurred_at = occurred_at - interval '30 hours'");
      await owner.query("update ops.ingested_event set created_at = created_at - interval '30 hours'");
      await owner.query("update floor.visit set opened_at = opened_at - interval '30 hours'");
      await owner.query(
        `update floor.rating_slip
         set opened_at = opened_at - interval '30 hours', last_event_at = last_event_at - interval '30 hours'`,
      );
    });
    await ensureDemo(database, home);
    const { rows } = await withClient(database.ownerUrl, (owner) =>
      owner.query(
        `select count(*) filter (where state <> 'closed')::int as open,
           count(*) filter (where state <> 'closed' and opened_at < now() - interval '5 hours')::int as stale,
           (select count(*)::int from ops.ingested_event where outcome = 'refused' and event_type <> 'redeem') as refused
         from floor.rating_slip`,
      ),
    );
    expect(rows).toEqual([{ open: 43, stale: 0, refused: 0 }]);

    const before = await rowCounts(database.ownerUrl);
    await ensureDemo(database, home);
    expect(await rowCounts(database.ownerUrl)).toEqual(before);
  } finally {
    await database.stop();
  }
}, 90_000);

test("a demo that was interrupted while it was made is completed", async () => {
  const database = await startDatabase();
  try {
    const home = openHome(database.home);
    const made = ensureDemo(database, home).catch(() => "interrupted");
    await vi.waitUntil(async () => ((await rowCounts(database.ownerUrl))["ops.ingested_event"] ?? 0) > 600, 20_000);
    await withClient(database.ownerUrl, (owner) =>
      owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      ),
    );
    expect(await made).toBe("interrupted");
    await ensureDemo(database, home);

    // Who makes it signs in again, which is on record too.
    const without = ({ "identity.session": _, "ops.audit_log": __, ...counts }: Record<string, number>) => counts;
    expect(without(await rowCounts(database.ownerUrl))).toEqual(without(await rowCounts(stack.ownerUrl)));
  } finally {
    await database.stop();
  }
}, 90_000);

test("a casino that only shares its code with the demo is left alone", async () => {
  const database = await startDatabase();
  try {
    const games = [{ code: "BJ", name: "Blackjack", house_edge: "1", decisions_per_hour: 70, seats: 7 }];
    const tiers = [{ tier: "BRONZE", threshold_points: 0, multiplier: "1" }];
    const property = { code: "SMR", name: "Somebody's casino", policy: "pt1", games, tables: [], tiers };
    await withClient(database.ownerUrl, (owner) =>
      owner.query("select ops.load_casino($1::jsonb)", [JSON.stringify(property)]),
    );
    const printed = await ensureDemo(database, openHome(database.home));
    expect(new Set(printed.map(({ casino }) => casino))).toEqual(new Set(["HPC"]));
    const { rows } = await withClient(database.ownerUrl, (owner) =>
      owner.query(
        `select c.name, count(p.*)::int as staff from identity.casino as c
         left join identity.staff as p using (casino_id) where c.code = 'SMR' group by c.name`,
      ),
    );
    expect(rows).toEqual([{ name: "Somebody's casino", staff: 1 }]);
  } finally {
    await database.stop();
  }
}, 90_000);
