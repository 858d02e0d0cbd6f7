import type pg from "pg";
import { type FeedEvent, makePresence } from "./history.ts";
import { type DemoProperty, demoNames } from "./properties.ts";

/** A demo that nothing was sent to for this long has players who never went home. */
const hoursUntilStale = 12;

interface Visitor {
  readonly card: string;
  readonly table: string | null;
  readonly seat: number | null;
  readonly left: Date;
  readonly stale: boolean;
}

/**
 * What brings a demo of yesterday to the present: whoever was left at a table goes home soon after
 * their last event, and others sit down. Nothing when the demo is of today.
 */
export async function makeRefreshment(owner: pg.Client, demo: DemoProperty): Promise<FeedEvent[]> {
  const now = await staleSince(owner, demo);
  if (!now) return [];
  const visitors = await readVisitors(owner, demo);
  const stamp = now.toISOString().slice(0, 16);
  const gone = visitors.filter(({ stale }) => stale);
  const here = visitors.filter(({ stale }) => !stale);
  const departures = gone.map(({ card, left }) => ({
    key: `demo-${stamp}-${card}`,
    at: left.toISOString(),
    type: "visit_closed",
    card,
  }));
  const seats = here.flatMap(({ table, seat }) => (table !== null && seat !== null ? [{ table, seat }] : []));
  return [
    ...departures,
    ...makePresence(demo, demoNames(), now, { cards: new Set(here.map(({ card }) => card)), seats }),
  ];
}

/** The present, to five minutes so that a refreshment that was interrupted is taken up again. */
async function staleSince(owner: pg.Client, { property }: DemoProperty): Promise<Date | undefined> {
  const { rows } = await owner.query<{ now: Date }>(
    `select date_bin('5 minutes', now(), 'epoch') as now
     from ops.ingested_event as i join identity.casino as c using (casino_id)
     where c.code = $1 and starts_with(i.event_key, 'demo-')
     having max(i.created_at) < now() - make_interval(hours => $2)`,
    [property.code, hoursUntilStale],
  );
  return rows[0]?.now;
}

/** Everybody with an open visit, where they sit, and when they could have left. */
async function readVisitors(owner: pg.Client, { property }: DemoProperty): Promise<Visitor[]> {
  const { rows } = await owner.query<Visitor>(
    `select p.card_no as card, t.label as "table", s.seat_no as seat,
       coalesce(s.last_event_at, v.opened_at) + interval '25 minutes' as left,
       coalesce(s.last_event_at, v.opened_at) < now() - make_interval(hours => $2) as stale
     from identity.casino as c
     join floor.visit as v on v.casino_id = c.casino_id and v.closed_at is null
     join floor.player as p on p.casino_id = v.casino_id and p.player_id = v.player_id
     left join floor.rating_slip as s
       on s.casino_id = v.casino_id and s.visit_id = v.visit_id and s.state <> 'closed'
     left join floor.gaming_table as t on t.casino_id = s.casino_id and t.table_id = s.table_id
     where c.code = $1
     order by p.card_no`,
    [property.code, hoursUntilStale],
  );
  return rows;
}
