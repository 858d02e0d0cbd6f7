import type pg from "pg";
import type { DemoProperty } from "./properties.ts";
import { inSession } from "./session.ts";

const day = 86_400_000;

/**
 * What the two people of marketing are about: a campaign that one wrote and the other published, a
 * draft of the rules and an adjustment that wait for the other. Each has its key, so that a demo that
 * was interrupted is completed.
 */
export async function marketAt(owner: pg.Client, client: pg.Client, demo: DemoProperty): Promise<void> {
  const [first, second] = demo.staff.filter((each) => each.role === "marketing");
  if (!first || !second) return;

  await inSession(owner, client, demo, first.username, async () => {
    await client.query("select loyalty.draft_rules($1, $2, $3)", [
      "Limits for a day, before the holidays",
      "demo-draft-1",
      { staff_day_limit: 40_000, player_day_limit: 25_000 },
    ]);
    await client.query(
      `select loyalty.adjust_points(p.player_id, 500, 'An hour was rated on another card', $1)
      from loyalty.player_loyalty as p order by p.player_id limit 1`,
      ["demo-adjustment-1"],
    );
  });

  const promotionId = await campaign(owner, client, demo, first.username);
  await inSession(owner, client, demo, second.username, () =>
    client.query("select loyalty.publish_promotion($1)", [promotionId]),
  );
}

/** The campaign's id; its times are of the day on which it was written first. */
async function campaign(
  owner: pg.Client,
  client: pg.Client,
  demo: DemoProperty,
  username: string,
): Promise<string | undefined> {
  const key = "demo-promotion-1";
  const find = async () =>
    (
      await owner.query<{ promotion_id: string }>(
        `select p.promotion_id from loyalty.promotion as p join identity.casino as c using (casino_id)
        where c.code = $1 and p.idempotency_key = $2`,
        [demo.property.code, key],
      )
    ).rows[0]?.promotion_id;
  const known = await find();
  if (known) return known;
  const from = Date.now();
  await inSession(owner, client, demo, username, () =>
    client.query("select loyalty.create_promotion($1, $2, $3, $4, $5, $6)", [
      "Half as much again",
      new Date(from),
      new Date(from + 14 * day),
      1.5,
      50_000,
      key,
    ]),
  );
  return find();
}
