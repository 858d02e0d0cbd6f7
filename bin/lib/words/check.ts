import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../home.ts";
import type { Finding } from "../sql/rules.ts";
import { compareCatalogues, readCatalogue } from "./catalogue.ts";
import { checkFirst } from "./first.ts";
import { literalsIn } from "./literals.ts";
import { checkRefusals } from "./refusals.ts";
import { checkUsages, type Usage, usagesIn } from "./usage.ts";

const client = join(projectRoot, "web/src");

/** Everything that must hold between the client's sources and its catalogue. */
export function checkWords(): { files: number; messages: number; findings: Finding[] } {
  const english = readCatalogue(join(client, "words"), "en");
  const spanish = readCatalogue(join(client, "words"), "es");
  const files = globSync("**/*.{ts,tsx}", { cwd: client })
    .filter((file) => !file.startsWith("generated/"))
    .sort();
  const findings: Finding[] = [...compareCatalogues(english, spanish, "es"), ...checkRefusals()];
  const usages = new Map<string, readonly Usage[]>();
  const sources = new Map<string, ts.SourceFile>();
  for (const file of files) {
    const path = `web/src/${file}`;
    const source = parseSource(path, readFileSync(join(client, file), "utf8"));
    sources.set(path, source);
    const asked = usagesIn(path, source);
    usages.set(path, asked.usages);
    findings.push(...asked.findings);
    findings.push(...literalsIn(path, source));
  }
  findings.push(...checkUsages(english, usages), ...checkFirst(sources));
  const messages = [...english.values()].reduce((sum, each) => sum + each.size, 0);
  return { files: files.length, messages, findings };
}

export function parseSource(file: string, text: string): ts.SourceFile {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
}
