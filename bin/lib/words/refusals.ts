import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../home.ts";
import type { Finding } from "../sql/rules.ts";

const registry = "db/ops/error_registry.sql";
const translated = "web/src/words/es/refusals.json";

/** Registered errors without a Spanish sentence, or with one for another English sentence. */
export function checkRefusals(): Finding[] {
  const sql = readFileSync(join(projectRoot, registry), "utf8");
  const spanish: Record<string, { from?: string }[]> = JSON.parse(readFileSync(join(projectRoot, translated), "utf8"));
  const text = "'((?:[^']|'')*)'";
  const rows = sql.matchAll(new RegExp(`\\('[A-Z0-9]{5}',\\s*${text},\\s*${text},\\s*${text}\\)`, "g"));
  return [...rows].flatMap(([, name = "", message = ""]) => {
    const own = spanish[name]?.[0]?.from;
    if (own === message.replaceAll("''", "'")) return [];
    const said =
      own === undefined ? `has no sentence for ${name}` : `has another sentence for ${name} than ${registry}`;
    return [{ file: translated, line: 1, message: said }];
  });
}
