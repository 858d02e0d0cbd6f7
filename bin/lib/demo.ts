import pg from "pg";
import type { Database } from "./database.ts";
import { addStaff, openAccounts } from "./demo/accounts.ts";
import { makeCashHistory } from "./demo/cash.ts";
import { type FeedEvent, lastKey, makeHistory } from "./demo/history.ts";
import { marketAt } from "./demo/marketing.ts";
import { byGamingDay, reconcile, seal } from "./demo/nights.ts";
import { recordPresentCash, reviewDays, workOnCases } from "./demo/officer.ts";
import { makePassphrase } from "./demo/passphrase.ts";
import { giveRewards } from "./demo/present.ts";
import { type DemoProperty, demoNames, demoProperties } from "./demo/properties.ts";
import { makeRefreshment } from "./demo/refresh.ts";
import type { SignIn } from "./demo-sign-ins.ts";
import type { Home } from "./home.ts";
import { loadCasino } from "./replay/casino.ts";
import { endSenderSession, openSenderSession } from "./replay/session.ts";

/**
 * Sets the demo casino up: two properties of db/seed with their people, ten days of history,
 * players at the tables, a cash log with cases, sealed days and a reconciliation. What is there
 * already is left alone, only its present is renewed when it is of yesterday; a demo that was
 * interrupted while it was made is completed, because each of its events has a key.
 */
export async function ensureDemo(database: Pick<Database, "ownerUrl">, home: Home): Promise<readonly SignIn[]> {
  const { ownerUrl } = database;
  return withClient(ownerUrl, async (owner) => {
    const demo: DemoProperty[] = [];
    for (const each of demoProperties()) if (await isOurs(owner, each)) demo.push(each);
    const unfinished: DemoProperty[] = [];
    for (const each of demo) if (!(await isComplete(owner, each))) unfinished.push(each);
    if (unfinished.length > 0) console.log("Setting the demo casino up…");
    for (const each of unfinished) {
      await loadCasino(owner, each.text, each.file);
      await addStaff(owner, each);
    }
    const signIns = await openAccounts(owner, demo, home.secret("demo", makePassphrase));
    await Promise.all(
      demo.map((each) =>
        withClient(ownerUrl, (other) => (unfinished.includes(each) ? live : refresh)(other, ownerUrl, each)),
      ),
    );
    return signIns;
  });
}

/** A casino that only shares its code with the demo is nobody's playground. */
async function isOurs(owner: pg.Client, { property }: DemoProperty): Promise<boolean> {
  const { rows } = await owner.query<{ name: string }>("select name from identity.casino where code = $1", [
    property.code,
  ]);
  return rows[0] === undefined || rows[0].name === property.name;
}

async function isComplete(owner: pg.Client, { property }: DemoProperty): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from ops.ingested_event as i join identity.casino as c using (casino_id)
     where c.code = $1 and i.event_key = $2`,
    [property.code, lastKey],
  );
  return rowCount !== 0;
}

/** What happened at a property, on the way that a real floor takes: events in their order. */
async function live(owner: pg.Client, ownerUrl: string, demo: DemoProperty): Promise<void> {
  const until = await firstSetUp(owner, demo);
  const events = makeHistory(demo, demoNames(), until);
  const cash = makeCashHistory(demo, demoNames(), until);
  await withClient(ownerUrl, async (client) => {
    await client.query("set role pit_staff");
    for (const { day, isOver, events: ofDay } of await byGamingDay(owner, demo, events.slice(0, -1))) {
      await ingest(owner, client, demo, ofDay);
      if (isOver) await seal(owner, demo, day);
    }
    await giveRewards(owner, client, demo);
    await marketAt(owner, client, demo);
    await ingest(owner, client, demo, cash.before);
    await workOnCases(owner, client, demo, cash);
    await ingest(owner, client, demo, cash.after);
    await reviewDays(owner, client, demo, cash);
    await recordPresentCash(owner, client, demo, "demo-cash-now");
    await reconcile(owner, demo);
    // The last event says that nothing is missing, so it comes after everything else.
    await ingest(owner, client, demo, events.slice(-1));
  });
}

/** Another day: whoever was left at the tables goes home, and others come. */
async function refresh(owner: pg.Client, ownerUrl: string, demo: DemoProperty): Promise<void> {
  const events = await makeRefreshment(owner, demo);
  if (events.length === 0) return;
  await withClient(ownerUrl, async (client) => {
    await client.query("set role pit_staff");
    await ingest(owner, client, demo, events);
    await recordPresentCash(owner, client, demo, `demo-cash-${new Date().toISOString().slice(0, 10)}`);
  });
}

/** The moment at which the history ends: the same for every attempt to make it. */
async function firstSetUp(owner: pg.Client, { property }: DemoProperty): Promise<Date> {
  const { rows } = await owner.query<{ at: Date }>(
    "select date_trunc('second', created_at) as at from identity.casino where code = $1",
    [property.code],
  );
  if (!rows[0]) throw new Error(`The casino ${property.code} is missing.`);
  return rows[0].at;
}

async function ingest(
  owner: pg.Client,
  client: pg.Client,
  { property }: DemoProperty,
  events: readonly FeedEvent[],
): Promise<void> {
  const session = await openSenderSession(owner, property.code);
  await client.query("select set_config('pit.session', $1, false)", [session.claim]);
  try {
    for (let at = 0; at < events.length; at += 30) {
      await client.query("select from ops.ingest_events($1)", [JSON.stringify(events.slice(at, at + 30))]);
    }
  } finally {
    await endSenderSession(owner, session);
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
