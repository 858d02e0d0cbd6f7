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

/** A line that says nothing for so long counts as one that is cut. */
const SIGNED_OUT_WITHIN_MS = 10_000;

function json(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The problem, or undefined when the person is signed in. */
export async function signIn(credentials: Credentials): Promise<Problem | undefined> {
  return (await askHttp("/auth/sign-in", json(credentials), t("signingIn"))).problem;
}

/** The problem, or undefined when nobody is signed in any more. */
export async function signOut(): Promise<Problem | undefined> {
  const signal = AbortSignal.timeout(SIGNED_OUT_WITHIN_MS);
  return (await askHttp("/auth/sign-out", { ...json({}), signal }, t("signingOut"))).problem;
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
