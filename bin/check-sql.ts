import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./lib/home.ts";
import { readOrder } from "./lib/sql/order.ts";
import { checkSource, checkText, type Finding } from "./lib/sql/rules.ts";
import { runSquawk } from "./lib/sql/squawk.ts";

/** `npm run lint:sql`: the house rules for SQL, and squawk for what the migrations will run. */
export async function main(): Promise<number> {
  const read = (file: string) => readFileSync(join(projectRoot, file), "utf8");
  const sources = globSync("db/*/**/*.sql", { cwd: projectRoot }).sort();
  const others = globSync(["db/*.sql", "tests/sql/**/*.sql"], { cwd: projectRoot }).sort();
  const findings = [
    ...[...sources, ...others].flatMap((file) => checkText(file, read(file))),
    ...sources.flatMap((file) => checkSource(file, read(file))),
    ...missingFromOrder(sources),
    ...(await runSquawk([...sources, ...others].filter((file) => file.startsWith("db/")))),
  ];
  for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
  console.log(`${sources.length + others.length} SQL files, ${findings.length} findings`);
  return findings.length === 0 ? 0 : 1;
}

/** A file that the order leaves out would never reach a database. */
function missingFromOrder(sources: readonly string[]): Finding[] {
  const listed = new Set(readOrder());
  const unlisted = sources.map((file) => file.slice("db/".length)).filter((file) => !listed.has(file));
  return unlisted.map((file) => ({ file: `db/${file}`, line: 1, message: "is not in db/order.txt" }));
}
