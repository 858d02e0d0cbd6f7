/**
 * What no line of the log may hold, however a field is spelled (card_no, cardNo, CARD-NO): people's
 * names, birth dates and numbers, and whatever opens something. The one list of it.
 */
const personal = [
  "name",
  "first_name",
  "middle_name",
  "last_name",
  "full_name",
  "known_name",
  "display_name",
  "username",
  "birth_date",
  "date_of_birth",
  "card_no",
  "card_number",
  "identification",
  "identification_number",
  "document_number",
  "tin",
  "ssn",
  "address",
  "street",
  "phone",
  "email",
  "occupation",
  "search",
];
const secret = [
  "password",
  "phc",
  "secret",
  "token",
  "token_hash",
  "ticket",
  "session",
  "claim",
  "cookie",
  "set_cookie",
  "authorization",
  "credentials",
  "connection_string",
  "idempotency_key",
];
/** Whole bags of what a client or the queue sent: nothing in them is known to be harmless. */
const unread = ["variables", "payload", "arguments", "args", "body", "headers", "values", "parameters"];

const redacted = new Set([...personal, ...secret, ...unread].map(plain));
const seen = new Map<string, boolean>();
const deepest = 8;

export const censored = "[redacted]";

function plain(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function isRedacted(key: string): boolean {
  let known = seen.get(key);
  if (known === undefined) {
    known = redacted.has(plain(key));
    if (seen.size < 1_000) seen.set(key, known);
  }
  return known;
}

/** The same object when there is nothing to hide, or else a copy that hides it, however deep it lies. */
export function redact(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const [key, value] of Object.entries(fields)) {
    const shown = value == null ? value : isRedacted(key) ? censored : redactValue(value, depth);
    if (shown === value) continue;
    copy ??= { ...fields };
    copy[key] = shown;
  }
  return copy ?? fields;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth >= deepest) return censored;
  // What an error says may quote what it was about; its kind doesn't.
  if (value instanceof Error) return { error: value.constructor.name };
  if (!Array.isArray(value)) return redact(value as Record<string, unknown>, depth + 1);
  const shown = value.map((each: unknown) => redactValue(each, depth + 1));
  return shown.some((each, at) => each !== value[at]) ? shown : value;
}
