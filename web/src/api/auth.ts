import { words } from "../words/words.ts";
import type { Problem } from "./errors.ts";
import { askHttp } from "./http.ts";

const t = words("errors");

// Signing in and out are plain HTTP routes beside GraphQL: they set and clear the cookie.

export interface Credentials {
  casino: string;
  username: string;
  password: string;
  /** The password that replaces this one. */
  newPassword?: string;
}

/** A line that says nothing for so long counts as one that is cut; a busy server takes its time to sign in. */
const SIGNED_IN_WITHIN_MS = 30_000;
const SIGNED_OUT_WITHIN_MS = 10_000;

function json(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * One at a time in all tabs: each answer sets or clears the cookie that they share, and one that came late would
 * do it to whoever signed in meanwhile. Browsers have locks for origins that they trust, which TLS makes of any.
 */
function oneAtATime(ask: () => Promise<Problem | undefined>): Promise<Problem | undefined> {
  return "locks" in navigator ? navigator.locks.request("pitledger-cookie", ask) : ask();
}

/** The problem, or undefined when the person is signed in. */
export function signIn(credentials: Credentials): Promise<Problem | undefined> {
  return oneAtATime(async () => {
    const signal = AbortSignal.timeout(SIGNED_IN_WITHIN_MS);
    return (await askHttp("/auth/sign-in", { ...json(credentials), signal }, t("signingIn"))).problem;
  });
}

/** The problem, or undefined when this person isn't signed in any more. */
export function signOut(staffId: string | undefined): Promise<Problem | undefined> {
  return oneAtATime(async () => {
    const signal = AbortSignal.timeout(SIGNED_OUT_WITHIN_MS);
    return (await askHttp("/auth/sign-out", { ...json({}), signal }, t("signingOut"), staffId)).problem;
  });
}

/** A password for somebody to sign in with once; or why there is none. */
export async function giveInitialPassword(
  staffId: string,
): Promise<{ password: string; problem?: undefined } | { password?: undefined; problem: Problem }> {
  const { response, problem } = await askHttp("/auth/initial-password", json({ staffId }), t("initialPassword"));
  if (problem) return { problem };
  const { password } = (await response.json()) as { password: string };
  return { password };
}
