import type { CombinedError } from "urql";
import { refusal } from "../words/refusal.ts";
import { words } from "../words/words.ts";

const t = words("errors");

/** An error as a screen shows it: what happened, what to do, and how support finds it. */
export interface Problem {
  kind: "network" | "refused" | "fault";
  code: string;
  message: string;
  hint: string;
  correlationId: string | undefined;
  details: Record<string, unknown>;
}

// The server failed on the way; whether it had committed can't be told from here.
const UNCERTAIN = new Set(["UNAVAILABLE", "INTERNAL_ERROR", "TIMEOUT"]);

const requestIds = new WeakMap<CombinedError, string>();

/** The client's own id of the request, for failures in which the server couldn't say it. */
export function rememberRequest(error: CombinedError, correlationId: string): void {
  requestIds.set(error, correlationId);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

export function toProblem(error: CombinedError): Problem {
  const first = error.graphQLErrors[0];
  if (!first) {
    return {
      kind: "network",
      code: "NETWORK",
      message: t("network.message"),
      hint: t("network.hint"),
      correlationId: requestIds.get(error),
      details: {},
    };
  }
  const extensions = record(first.extensions);
  const code = text(extensions.code);
  return {
    kind: code === undefined || UNCERTAIN.has(code) ? "fault" : "refused",
    code: code ?? "UNKNOWN",
    ...refusal({ code, message: first.message, hint: text(extensions.hint) ?? t("unknown.report") }),
    correlationId: text(extensions.correlationId) ?? requestIds.get(error),
    details: record(extensions.details),
  };
}

/** True when it isn't known whether the server did it: no answer, or one from its ruins. */
export function isUnanswered(error: CombinedError): boolean {
  const code = error.graphQLErrors[0]?.extensions?.code;
  return error.graphQLErrors.length === 0 || UNCERTAIN.has(String(code));
}

export function isSignedOut(error: CombinedError): boolean {
  return error.graphQLErrors.some((each) => each.extensions?.code === "UNAUTHORIZED");
}
