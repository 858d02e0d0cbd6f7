import type { IncomingMessage } from "node:http";
import type {} from "postgraphile/grafserv/node";
import { isSecure, readToken } from "./auth/cookie.ts";
import { isMeant, staffHeader } from "./auth/meant.ts";
import type { Sessions, Viewer } from "./auth/sessions.ts";
import { sessionClaim } from "./auth/token.ts";
import { correlationHeader, correlationId } from "./correlation.ts";
import type { Ears } from "./listen.ts";
import { type LiveSubscriber, liveSubscriber } from "./plugins/live.ts";

declare global {
  namespace Grafast {
    interface Context {
      correlationId: string;
      /** The HTTP request that is the operation; undefined over a websocket. */
      request: IncomingMessage | undefined;
      /** The setting pit.session; undefined for a request without a session cookie, or that means somebody else. */
      session: string | undefined;
      viewer: Viewer | undefined;
      casinoId: number | null;
      /** Why the session couldn't be looked up; the operation is then refused with it. */
      failure: unknown;
      live: LiveSubscriber;
      /** When the operation began or its last command ended, for the log. */
      lapBegan: number;
      pgSettings: Record<string, string | undefined> | null;
    }
  }
}

export interface ContextOptions {
  readonly sessions: Sessions;
  readonly ears: Ears;
  readonly trustProxy: boolean;
  readonly statementTimeout: number;
}

const correlationIds = new WeakMap<IncomingMessage, string>();

/** The correlation id of an HTTP request: the same however often it is asked for. */
export function correlationOf(request: IncomingMessage): string {
  const known = correlationIds.get(request);
  if (known !== undefined) return known;
  const fresh = correlationId(request.headers[correlationHeader]);
  correlationIds.set(request, fresh);
  return fresh;
}

/**
 * What every operation runs with. The role says only whether somebody claims to be signed in;
 * whether they are, who they are and what they may do, SQL finds out from the claim.
 */
export function makeContext({ sessions, ears, trustProxy, statementTimeout }: ContextOptions) {
  return async (
    { node, ws }: Partial<Grafast.RequestContext>,
    args: { extensions?: Record<string, unknown> | null | undefined },
  ): Promise<Omit<Grafast.Context, "withPgClient" | "pgSubscriber">> => {
    const request = node?.req ?? ws?.request;
    const id = ws
      ? correlationId(
          args.extensions?.correlationId,
          ws.normalizedConnectionParams?.[correlationHeader],
          ws.request?.headers[correlationHeader],
        )
      : correlationId(request && correlationOf(request));
    let session = request && sessionClaim(readToken(request, isSecure(request, trustProxy)));
    let viewer: Viewer | undefined;
    let failure: unknown;
    try {
      const found = await sessions.find(session, { fresh: ws !== undefined });
      const meant = ws ? ws.normalizedConnectionParams?.[staffHeader] : request?.headers[staffHeader];
      if (found && isMeant(found, meant)) viewer = found;
      else if (found) session = undefined;
    } catch (thrown) {
      failure = thrown;
    }
    return {
      correlationId: id,
      request: node?.req,
      session,
      viewer,
      casinoId: viewer?.casinoId ?? null,
      failure,
      live: liveSubscriber(ears, sessions, session, viewer),
      lapBegan: performance.now(),
      pgSettings: {
        role: viewer ? "pit_staff" : "pit_visitor",
        "pit.session": viewer && session ? session : "",
        "pit.correlation_id": id,
        statement_timeout: String(statementTimeout),
      },
    };
  };
}
