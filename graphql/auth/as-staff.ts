import type { IncomingMessage } from "node:http";
import type { Pool, PoolClient } from "pg";
import { correlationOf } from "../context.ts";
import type { ErrorMapper } from "../errors.ts";
import { Refusal } from "../refusal.ts";
import { isSecure, readToken } from "./cookie.ts";
import { isMeant, staffHeader } from "./meant.ts";
import type { Sessions, Viewer } from "./sessions.ts";
import { sessionClaim } from "./token.ts";

export interface StaffWork {
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly errors: ErrorMapper;
  readonly trustProxy: boolean;
}

/** Works in one transaction with the rights of whoever is signed in, for routes outside GraphQL. */
export async function asStaff<T>(
  { pool, sessions, errors, trustProxy }: StaffWork,
  request: IncomingMessage,
  work: (client: PoolClient, viewer: Viewer) => Promise<T>,
): Promise<T> {
  const claim = sessionClaim(readToken(request, isSecure(request, trustProxy)));
  const viewer = await sessions.find(claim);
  const signedOut = errors.registry.error("IDUNA");
  if (!viewer || claim === undefined) throw new Refusal(401, signedOut);
  if (!isMeant(viewer, request.headers[staffHeader])) {
    const { sqlstate: _, ...notHeldAgainstThem } = signedOut;
    throw new Refusal(401, notHeldAgainstThem);
  }
  return inSession(pool, claim, correlationOf(request), (client) => work(client, viewer));
}

/** Works in one transaction of a session; what its person may do, SQL finds out from the claim. */
export async function inSession<T>(
  pool: Pool,
  claim: string,
  correlationId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(
      `select set_config('role', 'pit_staff', true), set_config('pit.session', $1, true),
        set_config('pit.correlation_id', $2, true)`,
      [claim, correlationId],
    );
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (thrown) {
    await client.query("rollback");
    throw thrown;
  } finally {
    client.release();
  }
}
