import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessionClaim } from "../../graphql/auth/token.ts";
import { type House, newKey, openHouse } from "../api/support/house.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 60_000);

afterAll(() => house.close());

const seconds = 6;
const cards = Array.from({ length: 4 }, (_, index) => `P${index + 1}`);

/** Writes as one person of the casino, one transaction after the other. */
async function write(token: string | undefined, calls: Calls, until: () => boolean): Promise<number> {
  const client = new pg.Client({ connectionString: house.gatewayUrl });
  await client.connect();
  let written = 0;
  try {
    for (; until(); written++) {
      const [text, values] = calls(written);
      await client.query("begin");
      await client.query("select set_config('role', 'pit_staff', true), set_config('pit.session', $1, true)", [
        sessionClaim(token),
      ]);
      const { rows } = await client.query<{ outcome?: string }>(text, values);
      await client.query("commit");
      expect(rows.filter(({ outcome }) => outcome === "refused")).toEqual([]);
    }
  } finally {
    await client.end();
  }
  return written;
}

/** The statement of a turn, with its values. */
type Calls = (turn: number) => readonly [string, unknown[]];

const cardOf = (turn: number) => cards[turn % cards.length];

/** The floor system's feed: a reward and cash for whoever comes up. */
const feed: Calls = (turn) => {
  const at = new Date(Date.now() - 1_000).toISOString();
  const card = cardOf(turn);
  const cash = { type: "cash", direction: "in", kind: "chip_purchase", area: "cage", tender: "currency" };
  const events = [
    { key: `r ${turn}`, at, type: "reward", card, points: 900, reason: "a fine afternoon" },
    { ...cash, key: `c ${turn}`, at, card, amount: "11000.00" },
  ];
  return ["select outcome, code from ops.ingest_events($1::jsonb)", [JSON.stringify(events)]];
};

/** A pit boss who lets somebody redeem. */
const redemptions =
  (players: readonly string[]): Calls =>
  (turn) => [
    "select replayed from loyalty.redeem($1, 1, 'coffee', $2)",
    [players[(turn * 7) % players.length], newKey()],
  ];

/** A cashier who pays somebody out. */
const payments =
  (players: readonly string[]): Calls =>
  (turn) => [
    `select replayed from compliance.record_mtl_entry(
      patron_id => null, player_id => $1, direction => 'out', kind => 'chip_redemption', area => 'cage',
      tender => 'currency', amount => 700, idempotency_key => $2, confirm_duplicate => true
    )`,
    [players[(turn * 5) % players.length], newKey()],
  ];

test("reconciling beside writers finds nothing that isn't there, and nobody waits for it", async () => {
  const sender = await house.sender();
  const at = new Date(Date.now() - 60_000).toISOString();
  await sender.get("mutation ($events: JSON!) { ingestEvents(input: { events: $events }) { clientMutationId } }", {
    events: cards.flatMap((card) => [
      {
        ...{ key: `enrol ${card}`, at, type: "player", card },
        ...{ first_name: "Pat", last_name: card, birth_date: "1980-01-31" },
      },
      { key: `begin ${card}`, at, type: "reward", card, points: 10_000, reason: "to begin with" },
    ]),
  });

  const reconciler = new pg.Client({ connectionString: house.ownerUrl });
  await reconciler.connect();
  const { rows: own } = await reconciler.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = own[0]?.pid ?? 0;
  let end = 0;
  const writing = () => Date.now() < end;
  let waited = 0;
  let runs = 0;

  async function reconcileOn(): Promise<void> {
    await reconciler.query("select set_config('pit.casino', '1', false)");
    while (writing()) {
      await reconciler.query(
        `select ops._reconcile(
            row(c.casino_id, null, null, c.timezone, c.gaming_day_start, 'beside writers', null)::identity.actor,
            'command'
          )
          from identity.casino as c
          where c.casino_id = 1`,
      );
      runs++;
    }
  }

  async function watch(): Promise<void> {
    while (writing()) {
      waited += (await house.sql("select from pg_stat_activity as a where $1 = any (pg_blocking_pids(a.pid))", [pid]))
        .length;
      await sleep(5);
    }
  }

  const players = (await house.sql<{ player_id: string }>("select player_id from floor.player")).map(
    ({ player_id }) => player_id,
  );
  const [boss, other, cashier] = await Promise.all([house.as("pit_boss"), house.hire("pit_boss"), house.as("cashier")]);
  end = Date.now() + seconds * 1_000;
  await Promise.all([
    write(sender.token, feed, writing),
    write(boss.token, redemptions(players), writing),
    write(other.token, redemptions(players), writing),
    write(cashier.token, payments(players), writing),
    reconcileOn(),
    watch(),
  ]);
  await reconciler.end();

  const [found] = await house.sql<{ runs: number; drift: number; first: string; last: string; cases: number }>(
    `select count(*)::integer as runs, sum(drift_found)::integer as drift, min(entries) as first,
        max(entries) as last, (select count(*)::integer from compliance.ctr_case) as cases
      from ops.reconciliation_run`,
  );
  expect(found?.runs).toBe(runs);
  expect(runs).toBeGreaterThan(5);
  expect(Number(found?.last)).toBeGreaterThan(Number(found?.first));
  expect(found?.cases).toBeGreaterThan(0);
  expect(await house.sql("select what, expected, actual from ops.reconciliation_drift limit 5")).toEqual([]);
  expect(found?.drift).toBe(0);
  expect(waited).toBe(0);
}, 120_000);
