import { randomId } from "../lib/random.ts";
import type { Problem } from "./errors.ts";

// Signing in and out are plain HTTP routes beside GraphQL: they set and clear the cookie.

export interface Credentials {
  casino: string;
  username: string;
  password: string;
}

async function post(path: string, body: object): Promise<Problem | undefined> {
  const correlationId = randomId();
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", "x-correlation-id": correlationId },
      body: JSON.stringify(body),
    });
  } catch {
    return {
      kind: "network",
      code: "NETWORK",
      message: "The server can't be reached.",
      hint: "Check this device's connection and try again.",
      correlationId,
      details: {},
    };
  }
  if (response.ok) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  return readProblem(answer, response.headers.get("x-correlation-id") ?? correlationId);
}

function readProblem(answer: unknown, correlationId: string): Problem {
  const error = field(answer, "error") ?? answer;
  const details = field(error, "details");
  return {
    kind: "refused",
    code: textOf(error, "code") ?? "UNKNOWN",
    message: textOf(error, "message") ?? "Signing in did not work.",
    hint: textOf(error, "hint") ?? "Try again.",
    correlationId,
    details: typeof details === "object" && details !== null ? { ...details } : {},
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === "string" ? found : undefined;
}

/** The problem, or undefined when the person is signed in. */
export function signIn(credentials: Credentials): Promise<Problem | undefined> {
  return post("/auth/sign-in", credentials);
}

export function signOut(): Promise<Problem | undefined> {
  return post("/auth/sign-out", {});
}
