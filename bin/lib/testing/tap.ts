import { readFileSync } from "node:fs";
import pg from "pg";
import { type FinalResults, Parser } from "tap-parser";

/** What one pgTAP file said. */
export interface TapResult {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

/**
 * Runs a pgTAP file as psql would under pg_prove: statement by statement in one session, stopping
 * at the first error. The embedded server comes without psql.
 */
export async function runTapFile(url: string, file: string): Promise<TapResult> {
  const text = readFileSync(file, "utf8");
  const { lines, error } = /^\\/m.test(text)
    ? { lines: [], error: "it uses psql's backslash commands, which only psql understands" }
    : await execute(url, text);
  const results = await parse(lines);
  const failures = results.failures.map((failure) => describe(failure, lines));
  if (error) failures.push(`the file failed: ${error}`);
  if (failures.length === 0 && (!results.ok || results.pass === 0)) failures.push("it asserted nothing, or bailed out");
  return { file, passed: results.pass, failures };
}

async function execute(url: string, text: string): Promise<{ lines: string[]; error?: string }> {
  const client = new pg.Client({ connectionString: url });
  const lines: string[] = [];
  const config: pg.QueryArrayConfig = { text, rowMode: "array" };
  await client.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      const query = new pg.Query(config);
      query.on("row", (row: unknown) => {
        if (Array.isArray(row))
          lines.push(...row.filter((cell) => cell !== null).flatMap((cell) => String(cell).split("\n")));
      });
      query.on("error", reject);
      query.on("end", () => resolve());
      client.query(query);
    });
    return { lines };
  } catch (thrown) {
    return { lines, error: explain(thrown, text) };
  } finally {
    await client.end();
  }
}

function explain(thrown: unknown, text: string): string {
  if (!(thrown instanceof pg.DatabaseError)) return String(thrown);
  const line = thrown.position ? ` (line ${text.slice(0, Number(thrown.position)).split("\n").length})` : "";
  return [`${thrown.code} ${thrown.message}${line}`, thrown.detail, thrown.hint, thrown.where]
    .filter(Boolean)
    .join("\n");
}

function parse(lines: readonly string[]): Promise<FinalResults> {
  return new Promise((resolve) => {
    const parser = new Parser({}, resolve);
    parser.end(`TAP version 13\n${lines.join("\n")}\n`);
  });
}

/** The failed assertion with the remarks that pgTAP wrote below it. */
function describe(failure: FinalResults["failures"][number], lines: readonly string[]): string {
  if (!("id" in failure)) return failure.tapError;
  const at = lines.findIndex((line) => line.startsWith(`not ok ${failure.id} `) || line === `not ok ${failure.id}`);
  const remarks = at === -1 ? [] : lines.slice(at + 1);
  const end = remarks.findIndex((line) => !line.startsWith("#"));
  return [`${failure.id} ${failure.name ?? ""}`, ...remarks.slice(0, end === -1 ? undefined : end)].join("\n");
}
