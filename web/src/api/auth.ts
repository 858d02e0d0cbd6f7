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

async function post(path: string, body: object): Promise<Problem | undefined> {
  const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const { problem } = await askHttp(path, request, t("signingIn"));
  return problem;
}

/** The problem, or undefined when the person is signed in. */
export function signIn(credentials: Credentials): Promise<Problem | undefined> {
  return post("/auth/sign-in", credentials);
}

export function signOut(): Promise<Problem | undefined> {
  return post("/auth/sign-out", {});
}

/** A password for somebody to sign in with once; or why there is none. */
export async function giveInitialPassword(
  staffId: string,
): Promise<{ password: string; problem?: undefined } | { password?: undefined; problem: Problem }> {
  const request = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ staffId }),
  };
  const { response, problem } = await askHttp("/auth/initial-password", request, t("initialPassword"));
  if (problem) return { problem };
  const { password } = (await response.json()) as { password: string };
  return { password };
}
