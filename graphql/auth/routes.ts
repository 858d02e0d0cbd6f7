import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { BodyTooLarge, isJson } from "../body.ts";
import { correlationOf } from "../context.ts";
import { type ClientError, codeOfStatus, type ErrorMapper } from "../errors.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { extensionsOf } from "../plugins/answers.ts";
import { Refusal } from "../refusal.ts";
import type { RefusalRecorder } from "../refusals.ts";
import { inSession } from "./as-staff.ts";
import { clearedCookie, isSecure, readToken, sessionCookie } from "./cookie.ts";
import { readCredentials } from "./credentials.ts";
import { makeInitialPasswordHandler } from "./initial-password.ts";
import { isMeant, staffHeader } from "./meant.ts";
import { comesFromOurselves } from "./origin.ts";
import { dummyHash, hashPassword, isAcceptable, TooManySignIns, verifyPassword } from "./password.ts";
import type { Sessions } from "./sessions.ts";
import { formatToken, hashSecret, newSecret, sessionClaim } from "./token.ts";

export interface AuthOptions {
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly errors: ErrorMapper;
  readonly metrics: Metrics;
  readonly refusals: RefusalRecorder;
  readonly trustProxy: boolean;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const initialPasswordPath = "/auth/initial-password";

/**
 * A refused sign-in is answered this many milliseconds after it came, whatever the reason, so
 * that the time doesn't tell an unknown name from a wrong password.
 */
const refusalTime = 400;

interface Challenge {
  readonly casino_id: number;
  readonly staff_id: string;
  readonly phc: string;
}

interface Outcome {
  readonly challenge: Challenge;
  readonly matches: boolean;
  readonly tokenHash: Buffer;
  readonly correlationId: string;
  readonly newPhc: string | undefined;
}

interface Completion {
  readonly session_id: string | null;
  readonly locked_until: Date | null;
  readonly expires_at: Date | null;
  readonly must_change: boolean;
}

/** Answers of registered errors that aren't 400. */
const statuses: Readonly<Record<string, number>> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  OWN_ACCOUNT: 403,
  STAFF_NOT_FOUND: 404,
  STAFF_CANNOT_SIGN_IN: 409,
  UNAVAILABLE: 503,
  RETRY: 503,
  TIMEOUT: 503,
  INTERNAL_ERROR: 500,
};

/** POST /auth/sign-in, /auth/sign-out and, for administrators, /auth/initial-password. */
export function makeAuthRoutes(options: AuthOptions): Record<string, Handler> {
  const { pool, sessions, errors, metrics, refusals, trustProxy } = options;
  const wrongCredentials: ClientError = {
    message: "Property code, user name and password don't match.",
    code: errors.registry.error("IDUNA").code,
    hint: "Check all three; after a few failed attempts in a row the account is locked for a while.",
  };

  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answerAt = Date.now() + refusalTime;
    const correlationId = correlationOf(request);
    const { casino, username, password, newPassword } = await readCredentials(request);
    if (newPassword !== undefined && !isAcceptable(newPassword, password)) {
      throw new Refusal(422, errors.registry.error("IDPWD"));
    }

    const { rows } = await pool.query<Challenge>({
      name: "sign_in_challenge",
      text: "select casino_id, staff_id, phc from identity.sign_in_challenge($1, $2, $3)",
      values: [casino, username, correlationId],
    });
    const challenge = rows[0];
    const matches = await verifyPassword(password, challenge?.phc ?? (await dummyHash()));
    const newPhc = matches && newPassword !== undefined ? await hashPassword(newPassword) : undefined;
    const secret = newSecret();
    const completion =
      challenge && (await complete({ challenge, matches, tokenHash: hashSecret(secret), correlationId, newPhc }));

    if (!challenge || !completion?.session_id || !completion.expires_at) {
      await sleep(Math.max(0, answerAt - Date.now()));
      if (completion?.must_change) throw new Refusal(403, errors.registry.error("IDPWC"));
      throw completion?.locked_until ? locked(completion.locked_until) : new Refusal(401, wrongCredentials);
    }

    // A new sign-in never leaves the session of the last one behind.
    const secure = isSecure(request, trustProxy);
    await revoke(sessionClaim(readToken(request, secure)));
    const token = formatToken(challenge.casino_id, secret);
    const staff = await readStaff(sessionClaim(token) ?? "", correlationId);
    response.setHeader("set-cookie", sessionCookie(token, secure, completion.expires_at));
    sendJson(response, 200, { staff });
  }

  async function complete(outcome: Outcome): Promise<Completion | undefined> {
    const { challenge, matches, tokenHash, correlationId, newPhc } = outcome;
    const { rows } = await pool.query<Completion>({
      name: "complete_sign_in",
      text: `select session_id, locked_until, expires_at, must_change
        from identity.complete_sign_in($1, $2, $3, $4, $5, $6)`,
      values: [challenge.casino_id, challenge.staff_id, matches, tokenHash, correlationId, newPhc],
    });
    return rows[0];
  }

  function locked(until: Date): Refusal {
    const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1_000));
    return new Refusal(423, { ...errors.registry.error("IDLCK"), details: { retryAfterSeconds } });
  }

  /** The signed-in person, as `identity.me()` tells it, read with their own rights. */
  async function readStaff(claim: string, correlationId: string): Promise<Record<string, unknown>> {
    const { rows } = await inSession(pool, claim, correlationId, (client) =>
      client.query<{ me: Record<string, unknown> }>("select to_jsonb(me) as me from identity.me() as me"),
    );
    const { casino_id: _, ...me } = rows[0]?.me ?? {};
    return Object.fromEntries(Object.entries(me).map(([name, value]) => [camelCase(name), value]));
  }

  /** Of the person whose screens ask for it: whoever signed in beside them meanwhile stays signed in. */
  async function signOut(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const secure = isSecure(request, trustProxy);
    const claim = sessionClaim(readToken(request, secure));
    const viewer = await sessions.find(claim);
    if (!viewer || isMeant(viewer, request.headers[staffHeader])) {
      await revoke(claim);
      response.setHeader("set-cookie", clearedCookie(secure));
    }
    sendJson(response, 200, { signedOut: true });
  }

  async function revoke(claim: string | undefined): Promise<void> {
    if (claim === undefined) return;
    sessions.forget(claim);
    await pool.query({ name: "sign_out", text: "select identity.sign_out($1)", values: [claim] });
  }

  /** Counts how a sign-in ended, by the answer that it got. */
  function counted(handler: Handler): Handler {
    return async (request, response) => {
      await handler(request, response);
      metrics.count("sign_ins_total", { outcome: outcomes[response.statusCode] ?? "invalid" });
    };
  }

  function guarded(handler: Handler): Handler {
    return async (request, response) => {
      try {
        if (request.method !== "POST") {
          response.setHeader("allow", "POST");
          throw new Refusal(405, { message: "Only POST is possible here.", ...codeOfStatus(405) });
        }
        if (!comesFromOurselves(request, trustProxy)) {
          throw new Refusal(403, {
            message: "The request comes from another site.",
            code: "FORBIDDEN_ORIGIN",
            hint: "Sign in and out from PitLedger's own pages.",
          });
        }
        if (!isJson(request)) {
          throw new Refusal(415, { message: "The body must be JSON.", ...codeOfStatus(415) });
        }
        await handler(request, response);
      } catch (thrown) {
        sendRefusal(request, response, thrown);
      }
    };
  }

  function sendRefusal(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
    const correlationId = correlationOf(request);
    const { status, error } = refusalOf(thrown, correlationId);
    recordRefusal(request, error);
    const { details } = error;
    if (details && typeof details === "object" && "retryAfterSeconds" in details) {
      response.setHeader("retry-after", String(details.retryAfterSeconds));
    }
    if (!request.complete) response.setHeader("connection", "close");
    sendJson(response, status, { error: { message: error.message, ...extensionsOf(error, correlationId) } });
  }

  /** Refused sign-ins are recorded where they are decided. */
  function recordRefusal(request: IncomingMessage, { sqlstate }: ClientError): void {
    const session = sessionClaim(readToken(request, isSecure(request, trustProxy)));
    if (request.url !== initialPasswordPath || session === undefined || sqlstate === undefined) return;
    refusals.record({
      session,
      operation: initialPasswordPath.slice(1),
      sqlstate,
      correlationId: correlationOf(request),
    });
  }

  function refusalOf(thrown: unknown, correlationId: string): Refusal {
    if (thrown instanceof Refusal) return thrown;
    if (thrown instanceof BodyTooLarge) {
      return new Refusal(413, { message: "The request is too large.", ...codeOfStatus(413) });
    }
    if (thrown instanceof TooManySignIns) {
      return new Refusal(503, {
        message: "Too many people are signing in at this moment.",
        code: "TOO_BUSY",
        hint: "Try again in a few seconds.",
        details: { retryAfterSeconds: 3 },
      });
    }
    const error = errors.map(thrown, { correlationId, visitor: true, operation: "auth" });
    return new Refusal(statuses[error.code] ?? 400, error);
  }

  return {
    "/auth/sign-in": counted(guarded(signIn)),
    "/auth/sign-out": guarded(signOut),
    [initialPasswordPath]: guarded(makeInitialPasswordHandler({ pool, sessions, errors, trustProxy })),
  };
}

/** What a sign-in came to, by the status that it was answered with; any other is "invalid". */
const outcomes: Readonly<Record<number, string>> = {
  200: "signed_in",
  401: "refused",
  423: "locked",
  503: "busy",
  500: "failed",
};

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body), "utf8");
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    "cache-control": "no-store",
  });
  response.end(bytes);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
