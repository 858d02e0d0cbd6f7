import type { IncomingMessage } from "node:http";
import { readBody } from "../body.ts";
import { Refusal } from "../refusal.ts";

const longestBody = 4_096;

export interface Credentials {
  readonly casino: string;
  readonly username: string;
  readonly password: string;
  /** The password that replaces this one, where there is one. */
  readonly newPassword: string | undefined;
}

/** What a sign-in is asked with. */
export async function readCredentials(request: IncomingMessage): Promise<Credentials> {
  const body = await readBody(request, longestBody);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    parsed = undefined;
  }
  const fields: Record<string, unknown> = typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  const { casino, username, password, newPassword } = fields;
  if (
    !isText(casino) ||
    !isText(username) ||
    !isText(password) ||
    (newPassword !== undefined && typeof newPassword !== "string")
  ) {
    throw new Refusal(400, {
      message: "Signing in takes casino, username and password.",
      code: "BAD_REQUEST",
      hint: "Send all three as text.",
    });
  }
  return { casino, username, password, newPassword };
}

/** PostgreSQL's text can't hold a NUL, and nothing that long is a name or a password. */
function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 1_000 && !value.includes("\0");
}
