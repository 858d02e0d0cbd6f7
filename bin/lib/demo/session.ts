import type pg from "pg";
import { hashSecret, newSecret, sessionClaim } from "../../../graphql/auth/token.ts";
import type { DemoProperty } from "./properties.ts";

/** Signs a person in without their password, which the owner may, for the time of the work. */
export async function inSession(
  owner: pg.Client,
  client: pg.Client,
  { property }: DemoProperty,
  username: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const secret = newSecret();
  const { rows } = await owner.query<{ casino_id: number }>(
    `select c.casino_id
     from identity.casino as c
     join identity.staff as p using (casino_id)
     cross join lateral identity.complete_sign_in(c.casino_id, p.staff_id, true, $3) as s
     where c.code = $1 and p.username = $2 and s.session_id is not null`,
    [property.code, username, hashSecret(secret)],
  );
  if (!rows[0]) return;
  const claim = sessionClaim(`${rows[0].casino_id}.${secret}`) ?? "";
  await client.query("select set_config('pit.session', $1, false)", [claim]);
  try {
    await work();
  } finally {
    await owner.query("select identity.sign_out($1)", [claim]);
  }
}
