const verb = /^\s*(?:with|select|insert|update|delete|begin|commit|rollback|savepoint|release|listen|set)\b/i;
const ours = /"?\b(identity|floor|loyalty|compliance|ops|graphile_worker)\b"?\s*\.\s*"?([a-z_][a-z0-9_]*)/i;
const longestScan = 100_000;
const remembered = new Map<string, string>();

/**
 * What a statement does, by its verb and the first of our functions or tables that it names. The
 * statement itself isn't told: it may hold literals.
 */
export function summaryOf(query: unknown): string | undefined {
  const text = typeof query === "string" ? query : isText(query) ? query.text : undefined;
  if (text === undefined) return undefined;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const scanned = text.slice(0, longestScan);
  const does = verb.exec(scanned)?.[0].trim().toLowerCase() ?? "statement";
  const name = ours.exec(scanned);
  const summary = name ? `${does} ${name[1]}.${name[2]}`.toLowerCase() : does;
  if (remembered.size < 1_000) remembered.set(text, summary);
  return summary;
}

function isText(query: unknown): query is { text: string } {
  return typeof query === "object" && query !== null && "text" in query && typeof query.text === "string";
}
