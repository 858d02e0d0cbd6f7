import type { IncomingMessage } from "node:http";

// Over TLS the name carries the prefix __Host-: a browser then takes the cookie only with Secure,
// for this host alone, so that neither plain HTTP nor a sibling domain can plant one.
const secureName = "__Host-pit_session";
const plainName = "pit_session";

/** Whether the browser's side of this request is TLS. */
export function isSecure(request: IncomingMessage, trustProxy: boolean): boolean {
  if ("encrypted" in request.socket && request.socket.encrypted === true) return true;
  return trustProxy && firstOf(request.headers["x-forwarded-proto"]) === "https";
}

/** The host that the browser asked for. */
export function hostOf(request: IncomingMessage, trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? firstOf(request.headers["x-forwarded-host"]) : undefined;
  return (forwarded ?? request.headers.host)?.toLowerCase();
}

/** The session token that came with a request. */
export function readToken(request: IncomingMessage, secure: boolean): string | undefined {
  const name = secure ? secureName : plainName;
  for (const pair of request.headers.cookie?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Strict: nothing links into PitLedger from outside, so no foreign page may bring the cookie. */
export function sessionCookie(token: string, secure: boolean, expires: Date): string {
  return `${attributes(token, secure)}; Expires=${expires.toUTCString()}`;
}

export function clearedCookie(secure: boolean): string {
  return `${attributes("", secure)}; Max-Age=0`;
}

function attributes(value: string, secure: boolean): string {
  return `${secure ? secureName : plainName}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

function firstOf(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  return value?.split(",")[0]?.trim() || undefined;
}
