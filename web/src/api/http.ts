import { randomId } from "../lib/random.ts";
import { refusal } from "../words/refusal.ts";
import { words } from "../words/words.ts";
import type { Problem } from "./errors.ts";
import { shownStaff, staffHeaders } from "./staff.ts";

const t = words("errors");

// Routes beside GraphQL: signing in and out, and files. Refusals look like GraphQL's.

export type HttpAnswer = { response: Response; problem?: undefined } | { response?: undefined; problem: Problem };

/**
 * Sends a request with the session's cookie, as whoever's screens are shown. `failed` says what didn't work when
 * the server doesn't.
 */
export async function askHttp(
  path: string,
  init: RequestInit,
  failed: string,
  staffId = shownStaff(),
): Promise<HttpAnswer> {
  const correlationId = randomId();
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      credentials: "same-origin",
      headers: { ...init.headers, "x-correlation-id": correlationId, ...staffHeaders(staffId) },
    });
  } catch {
    return {
      problem: {
        kind: "network",
        code: "NETWORK",
        message: t("network.message"),
        hint: t("network.hint"),
        correlationId,
        details: {},
      },
    };
  }
  if (response.ok) return { response };
  const answer: unknown = await response.json().catch(() => undefined);
  return { problem: readProblem(answer, response.headers.get("x-correlation-id") ?? correlationId, failed) };
}

function readProblem(answer: unknown, correlationId: string, failed: string): Problem {
  const error = field(answer, "error") ?? answer;
  const details = field(error, "details");
  const code = textOf(error, "code");
  return {
    kind: "refused",
    code: code ?? "UNKNOWN",
    ...refusal({
      code,
      message: textOf(error, "message") ?? failed,
      hint: textOf(error, "hint") ?? t("unknown.tryAgain"),
    }),
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
