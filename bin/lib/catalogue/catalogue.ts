import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** One object of a database, with its definition as text that can be compared. */
export interface CatalogueEntry {
  readonly kind: string;
  readonly name: string;
  readonly definition: string;
}

const queryFile = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");

/** Everything that makes the database what it is; the embedded server comes without pg_dump. */
export async function readCatalogue(url: string): Promise<CatalogueEntry[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Names come out with their schema, whatever the login's search_path is.
    await client.query("set search_path = pg_catalog");
    await client.query(queryFile("helpers.sql"));
    const { rows } = await client.query<CatalogueEntry>(queryFile("catalogue.sql"));
    return rows;
  } finally {
    await client.end();
  }
}

/** What distinguishes two catalogues, one sentence each, with the lines that differ. */
export function differences(
  left: { readonly name: string; readonly entries: readonly CatalogueEntry[] },
  right: { readonly name: string; readonly entries: readonly CatalogueEntry[] },
): string[] {
  const titled = (entries: readonly CatalogueEntry[]) =>
    new Map(entries.map(({ kind, name, definition }) => [`${kind} ${name}`, definition]));
  const [ours, theirs] = [titled(left.entries), titled(right.entries)];
  const titles = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return titles.flatMap((title) => {
    const [a, b] = [ours.get(title), theirs.get(title)];
    if (a === b) return [];
    if (a === undefined) return [`${title} exists only in ${right.name}`];
    if (b === undefined) return [`${title} exists only in ${left.name}`];
    return [`${title} differs\n${differingLines(left.name, a, b)}${differingLines(right.name, b, a)}`.trimEnd()];
  });
}

/** Lines of one definition that the other lacks; function texts are one long JSON line each. */
function differingLines(name: string, one: string, other: string): string {
  const split = (text: string) => text.split(/\n|\\n/);
  const known = new Set(split(other));
  const lines = split(one).filter((line) => !known.has(line));
  return lines.map((line) => `  ${name}: ${line.trim()}\n`).join("");
}
