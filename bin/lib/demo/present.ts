import type pg from "pg";
import type { DemoProperty } from "./properties.ts";
import { inSession } from "./session.ts";

interface Reward {
  readonly key: string;
  /** Which of the property's supervisors gives it. */
  readonly role: string;
  readonly points: number;
  readonly reason: string;
}

/** What staff have done a moment ago. The last one needs a second person and waits for one. */
const rewards: readonly Reward[] = [
  { key: "demo-reward-1", role: "floor_supervisor", points: 300, reason: "Goodwill after a long shoe change" },
  { key: "demo-reward-2", role: "pit_boss", points: 750, reason: "Anniversary dinner, half of it on us" },
  { key: "demo-reward-3", role: "floor_supervisor", points: 6_000, reason: "Host asked for a weekend offer" },
];

interface Seated {
  readonly player_id: string;
  readonly rating_slip_id: string;
}

/** Rewards that people of the floor give to players at the tables, each in their own session. */
export async function giveRewards(owner: pg.Client, client: pg.Client, demo: DemoProperty): Promise<void> {
  const { rows: seated } = await owner.query<Seated>(
    `select s.player_id, s.rating_slip_id
     from floor.rating_slip as s join identity.casino as c using (casino_id)
     where c.code = $1 and s.state <> 'closed'
     order by s.current_bet desc, s.opened_at
     limit $2`,
    [demo.property.code, rewards.length],
  );
  for (const [at, { key, role, points, reason }] of rewards.entries()) {
    const slip = seated[at];
    const person = demo.staff.find((each) => each.role === role);
    if (!slip || !person || (await isKnown(owner, demo, key))) continue;
    await inSession(owner, client, demo, person.username, () =>
      client.query("select loyalty.manual_reward($1, $2, $3, $4, $5)", [
        slip.player_id,
        points,
        reason,
        key,
        slip.rating_slip_id,
      ]),
    );
  }
}

/** Whether the reward was given or asked for before; its slip may be closed by now. */
async function isKnown(owner: pg.Client, { property }: DemoProperty, key: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from identity.casino as c
     where c.code = $1 and (
       exists (
         select from loyalty.loyalty_ledger as l
         where l.casino_id = c.casino_id and l.idempotency_key = $2
       )
       or exists (
         select from loyalty.reward_request as r
         where r.casino_id = c.casino_id and r.idempotency_key = $2
       )
     )`,
    [property.code, key],
  );
  return rowCount === 1;
}
