import type pg from "pg";
import type { FeedEvent } from "./history.ts";
import type { DemoProperty } from "./properties.ts";

// What the worker's clock does at a property, for days on which no worker was there.

const actor = "row(c.casino_id, null, null, c.timezone, c.gaming_day_start, uuidv7()::text, null)::identity.actor";

export interface GamingDay {
  readonly day: string;
  readonly isOver: boolean;
  readonly events: readonly FeedEvent[];
}

/** Events in their order, by the property's gaming days. */
export async function byGamingDay(
  owner: pg.Client,
  { property }: DemoProperty,
  events: readonly FeedEvent[],
): Promise<GamingDay[]> {
  const { rows } = await owner.query<{ day: string; isOver: boolean; first: number; next: number }>(
    `select d.day::text as day, d.day < identity.gaming_day(c, now()) as "isOver",
       min(e.place)::int - 1 as first, max(e.place)::int as next
     from identity.casino as c
     cross join unnest($2::timestamptz[]) with ordinality as e (at, place)
     cross join lateral (select identity.gaming_day(c, e.at)) as d (day)
     where c.code = $1
     group by d.day, c
     order by d.day`,
    [property.code, events.map(({ at }) => at)],
  );
  return rows.map(({ day, isOver, first, next }) => ({ day, isOver, events: events.slice(first, next) }));
}

/** Seals a gaming day that is over; a sealed day keeps its seal. */
export function seal(owner: pg.Client, demo: DemoProperty, day: string): Promise<void> {
  return asJob(owner, demo, `ops._seal_ledger(${actor}, $2::date)`, [day]);
}

export function reconcile(owner: pg.Client, demo: DemoProperty): Promise<void> {
  return asJob(owner, demo, `ops._reconcile(${actor}, 'job')`);
}

async function asJob(
  owner: pg.Client,
  { property }: DemoProperty,
  call: string,
  values: readonly unknown[] = [],
): Promise<void> {
  await owner.query("begin");
  try {
    await owner.query(
      "select set_config('pit.casino', c.casino_id::text, true) from identity.casino as c where c.code = $1",
      [property.code],
    );
    await owner.query(`select ${call} from identity.casino as c where c.code = $1`, [property.code, ...values]);
    await owner.query("commit");
  } catch (thrown) {
    await owner.query("rollback").catch(() => undefined); // the connection may be what failed
    throw thrown;
  }
}
