import type pg from "pg";
import { formatToken, hashSecret, newSecret, sessionClaim } from "../../../graphql/auth/token.ts";

/** The session of a feed's sender. */
export interface SenderSession {
  /** The `cookie` header that carries it. */
  readonly cookie: string;
  /** The setting `pit.session` for it. */
  readonly claim: string;
}

/** Opens a session for the account of the casino's feed, which may send events and nothing else. */
export async function openSenderSession(owner: pg.Client, casinoCode: string): Promise<SenderSession> {
  const secret = newSecret();
  const { rows } = await owner.query<{ casino_id: number }>(
    "select identity.issue_sender_session($1, $2) as casino_id",
    [casinoCode, hashSecret(secret)],
  );
  const token = formatToken(rows[0]?.casino_id ?? 0, secret);
  // Behind TLS the server reads the other name.
  return { cookie: `pit_session=${token}; __Host-pit_session=${token}`, claim: sessionClaim(token) ?? "" };
}

/** Revokes it. */
export async function endSenderSession(owner: pg.Client, { claim }: SenderSession): Promise<void> {
  await owner.query("select identity.sign_out($1)", [claim]);
}
