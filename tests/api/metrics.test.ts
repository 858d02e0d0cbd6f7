import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { catalogue, type Definition, prefix } from "../../graphql/metrics/catalogue.ts";
import type { Client } from "./support/client.ts";
import { complete, documents, enroll, nextSeat, playFor, reason, redeem, reward } from "./support/floor.ts";
import { type House, newKey, openHouse, password } from "./support/house.ts";
import { Scrape } from "./support/scrape.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

/** How much a series grew while something happened. */
async function growth(name: string, labels: Record<string, string>, during: () => Promise<unknown>): Promise<number> {
  const before = (await Scrape.of(house.url)).value(name, labels) ?? 0;
  await during();
  return ((await Scrape.of(house.url)).value(name, labels) ?? 0) - before;
}

describe("/metrics is given", () => {
  test("to this machine, unless somebody asks through a proxy on it", async () => {
    expect((await fetch(`${house.url}/metrics`)).status).toBe(200);
    for (const header of ["x-forwarded-for", "forwarded", "via", "x-real-ip"]) {
      const response = await fetch(`${house.url}/metrics`, { headers: { [header]: "203.0.113.9" } });
      expect([header, response.status]).toEqual([header, 403]);
      expect(await response.text()).not.toContain(prefix);
    }
    const trusting = await house.serve({ trustProxy: true });
    expect((await fetch(`${trusting}/metrics`)).status).toBe(403);
  }, 90_000);

  test("to whoever has the token when there is one, and to nobody else", async () => {
    const url = await house.serve({ metricsToken: "scrape-me" });
    for (const authorization of [undefined, "Bearer scrape-m", "Bearer scrape-me2", "scrape-me"]) {
      const response = await fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} });
      expect([authorization, response.status]).toEqual([authorization, 403]);
    }
    const scrape = await Scrape.of(url, { authorization: "Bearer scrape-me", "x-forwarded-for": "203.0.113.9" });
    expect(scrape.value("database_up")).toBe(1);
    expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(405);
  });
});

describe("an operation counts", () => {
  test("by its name when it is known, with what came of it and how long it took", async () => {
    const me = () => boss.ask("query Me { me { username } }");
    expect(await growth("operations_total", { operation: "Me", outcome: "OK" }, me)).toBe(1);
    expect(await growth("operation_duration_seconds_count", { operation: "Me" }, me)).toBe(1);
    expect(await growth("http_requests_total", { route: "/graphql", status: "200" }, me)).toBe(1);
  });

  test('as "other" when anybody could have thought of its name', async () => {
    const made = () => boss.ask("query Adaobi_Byron { me { username } }");
    expect(await growth("operations_total", { operation: "other", outcome: "OK" }, made)).toBe(1);
    const broken = () => boss.ask("query Broken { nothing }");
    const invalid = { operation: "other", outcome: "GRAPHQL_VALIDATION_FAILED" };
    expect(await growth("operations_total", invalid, broken)).toBe(1);
    expect((await Scrape.of(house.url)).text).not.toMatch(/Adaobi|Broken/);
  });

  test("with the code of its refusal", async () => {
    const giver = await house.as("cashier");
    const playerId = await enroll(boss);
    const refused = () =>
      giver.ask(documents.manualReward, { input: { playerId, points: "5", reason, idempotencyKey: newKey() } });
    expect(await growth("refusals_total", { code: "FORBIDDEN" }, refused)).toBe(1);
    expect(await growth("loyalty_commands_total", { command: "manualReward", outcome: "FORBIDDEN" }, refused)).toBe(1);
  });
});

describe("a ledger entry counts", () => {
  test("once, by its type, however often its command is sent", async () => {
    const playerId = await enroll(boss);
    const idempotencyKey = newKey();
    const thrice = async () => {
      for (const _time of [1, 2, 3]) await reward(boss, playerId, { points: "300", idempotencyKey });
    };
    const before = await Scrape.of(house.url);
    expect(await growth("ledger_entries_total", { transaction_type: "MANUAL_BONUS" }, thrice)).toBe(1);
    const after = await Scrape.of(house.url);
    const replays = (scrape: Scrape) => scrape.value("replays_total", { command: "manualReward" }) ?? 0;
    expect(replays(after) - replays(before)).toBe(2);
    const redeemed = () => redeem(boss, playerId);
    expect(await growth("ledger_entries_total", { transaction_type: "REDEMPTION" }, redeemed)).toBe(1);
    const slip = await playFor(60, boss, await nextSeat(boss, house));
    const completed = () => complete(boss, slip.ratingSlipId);
    expect(await growth("ledger_entries_total", { transaction_type: "GAMEPLAY" }, completed)).toBe(1);
    expect(await growth("ledger_entries_total", { transaction_type: "GAMEPLAY" }, completed)).toBe(0);
  });

  test("not when its transaction fails at the commit", async () => {
    const playerId = await enroll(boss);
    await house.sql(`
      create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'late'; end $$;
      create constraint trigger fail_at_commit after insert on loyalty.loyalty_ledger
      deferrable initially deferred for each row execute function public.fail()`);
    const fail = () =>
      boss.ask(documents.manualReward, { input: { playerId, points: "7", reason, idempotencyKey: newKey() } });
    try {
      expect((await fail()).errors[0]?.extensions.code).toBe("INTERNAL_ERROR");
      expect(await growth("ledger_entries_total", { transaction_type: "MANUAL_BONUS" }, fail)).toBe(0);
    } finally {
      await house.sql("drop trigger fail_at_commit on loyalty.loyalty_ledger; drop function public.fail()");
    }
  });

  test("once, by its type, when the floor feed brings it", async () => {
    const sender = await house.sender();
    await enroll(boss, { cardNo: "FEED1" });
    const at = new Date(Date.now() - 60_000).toISOString();
    const event = (key: string, type: string, points: number) => ({ key, at, type, card: "FEED1", points, reason });
    const events = [event("e1", "reward", 300), event("e2", "reward", 200), event("e3", "redeem", 100)];
    const twice = async () => {
      for (const _time of [1, 2]) await sender.get(documents.ingestEvents, { input: { events } });
    };
    const before = await Scrape.of(house.url);
    expect(await growth("ledger_entries_total", { transaction_type: "MANUAL_BONUS" }, twice)).toBe(2);
    const redeemed = (scrape: Scrape) => scrape.value("ledger_entries_total", { transaction_type: "REDEMPTION" }) ?? 0;
    expect(redeemed(await Scrape.of(house.url)) - redeemed(before)).toBe(1);
  });

  test("not at all when an event is refused, which counts as an event", async () => {
    const sender = await house.sender();
    const at = new Date().toISOString();
    const events = [
      { key: "m1", at, type: "no_such_event", card: "M1", first_name: "Ada", last_name: "Byron" },
      { key: "m2", at, type: "no_such_event" },
    ];
    const refused = () => sender.ask(documents.ingestEvents, { input: { events } });
    expect(await growth("feed_events_total", { outcome: "refused", code: "UNKNOWN_EVENT_TYPE" }, refused)).toBe(2);
    const line = house.log.findLast(({ command }) => command === "ingestEvents");
    expect(line).toMatchObject({
      event: "loyalty",
      outcome: "ingested",
      applied: 0,
      replayed: 0,
      refused: 2,
      delta_points: null,
    });
    expect(JSON.stringify(line)).not.toMatch(/Ada|M1/);
  });
});

test("a command of the floor that is answered from its key counts as a replay", async () => {
  const idempotencyKey = newKey();
  const playerId = await enroll(boss);
  const open = () => boss.get(documents.openVisit, { input: { playerId, idempotencyKey } });
  expect(await growth("replays_total", { command: "openVisit" }, open)).toBe(0);
  expect(await growth("replays_total", { command: "openVisit" }, open)).toBe(1);
});

test("sign-ins count by what came of them", async () => {
  const signIn = (given: string) =>
    fetch(`${house.url}/auth/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ casino: "ONE", username: "marketing", password: given }),
    });
  expect(await growth("sign_ins_total", { outcome: "signed_in" }, () => signIn(password))).toBe(1);
  expect(await growth("sign_ins_total", { outcome: "refused" }, () => signIn("wrong"))).toBe(1);
});

test("websockets and subscriptions count while they last", async () => {
  const socket = boss.socket();
  const events = socket.iterate({ query: "subscription { pitBoardChanged { query { me { username } } } }" });
  await events.next();
  const during = await Scrape.of(house.url);
  expect([during.value("websocket_connections"), during.value("subscriptions")]).toEqual([1, 1]);
  await events.return?.();
  await socket.dispose();
  await expect
    .poll(async () => {
      const after = await Scrape.of(house.url);
      return [after.value("websocket_connections"), after.value("subscriptions")];
    })
    .toEqual([0, 0]);
});

describe("figures of the database", () => {
  test("tell what waits at each casino, and that nothing could be asked when it couldn't", async () => {
    await house.load("BARE", { policy: null });
    const other = await house.as("pit_boss", "BARE");
    const slip = await playFor(60, other, await nextSeat(other, other));
    expect((await complete(other, slip.ratingSlipId)).outcome).toBe("pending");
    const fresh = await house.serve({});
    const scrape = await Scrape.of(fresh);
    expect(scrape.value("pending_accruals", { casino: "BARE" })).toBe(1);
    expect(scrape.value("pending_accruals", { casino: "ONE" })).toBe(0);
    expect(scrape.value("ctr_cases_due", { casino: "ONE", due: "overdue" })).toBe(0);
    expect(scrape.value("pool_connections", { pool: "requests", state: "waiting" })).toBe(0);

    await house.sql("revoke execute on function ops.metrics() from pit_gateway");
    const blind = await Scrape.of(await house.serve({}));
    await house.sql("grant execute on function ops.metrics() to pit_gateway");
    expect(blind.value("database_up")).toBe(0);
    expect(blind.value("pending_accruals", { casino: "ONE" })).toBeUndefined();
    expect(blind.value("ledger_entries_estimate")).toBeUndefined();
  }, 90_000);

  test("are asked for once in five seconds, however many scrape", async () => {
    const url = await house.serve({});
    await Scrape.of(url);
    await house.load("LATE");
    const scrapes = await Promise.all([1, 2, 3, 4, 5].map(() => Scrape.of(url)));
    for (const scrape of scrapes) expect(scrape.value("pending_accruals", { casino: "LATE" })).toBeUndefined();
    await expect
      .poll(async () => (await Scrape.of(url)).value("pending_accruals", { casino: "LATE" }), { timeout: 10_000 })
      .toBe(0);
  }, 90_000);
});

test("no figure is about a person: labels hold no id, name or card", async () => {
  for (const { name, labels } of (await Scrape.of(house.url)).series) {
    for (const value of Object.values(labels)) {
      expect(value, name).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|Byron|Ada\b|C\d{6}/);
    }
  }
});

describe("the worker's own port", () => {
  test("counts jobs by task, from before the first one fails, and sees the queue", async () => {
    const url = await house.work({ metricsPort: 0 });
    const first = await Scrape.of(url);
    expect(first.value("jobs_given_up_total", { task: "loyalty/recover_accruals" })).toBe(0);
    await house.sql("select graphile_worker.add_job('ops/seal_gaming_day', '{}', max_attempts => 1)");
    await expect
      .poll(async () => (await Scrape.of(url)).value("jobs_given_up_total", { task: "ops/seal_gaming_day" }), {
        timeout: 20_000,
      })
      .toBe(1);
    const scrape = await Scrape.of(url);
    expect(scrape.value("jobs_failed_total", { task: "ops/seal_gaming_day" })).toBe(1);
    expect(scrape.value("job_lag_seconds_count", { task: "ops/seal_gaming_day" })).toBe(1);
    await expect.poll(async () => (await Scrape.of(url)).value("queue_jobs", { state: "given_up" })).toBe(1);
    expect(scrape.value("pool_connections", { pool: "queue", state: "total" })).toBeGreaterThan(0);
    await expect
      .poll(async () => (await Scrape.of(url)).value("job_duration_seconds_count", { task: "ops/seal_gaming_day" }))
      .toBe(1);
    const guarded = await fetch(`${url}/metrics`, { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(guarded.status).toBe(403);
  });
});

test("docs/reference/metrics.md has exactly these metrics, with their labels and meanings", () => {
  const text = readFileSync(join(projectRoot, "docs/reference/metrics.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(pitledger_\w+)` \| (\w+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm)];
  const documented = rows.map(([, name, kind, labels, of, help]) => [name, kind, labels, of, help]);
  const existing = Object.entries<Definition>(catalogue).map(([name, { kind, labels, of, help }]) => [
    prefix + name,
    kind,
    labels.map((label) => `\`${label}\``).join(", "),
    of.map((one) => (one === "database" ? "gateway, from the database" : one)).join(", "),
    help,
  ]);
  expect(documented).toEqual(existing);
});
