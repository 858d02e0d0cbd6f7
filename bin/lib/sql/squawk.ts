import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { projectRoot } from "../home.ts";
import type { Finding } from "./rules.ts";

interface SquawkFinding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly rule_name: string;
}

/** Rules that don't fit sources, from which a database is made while nobody uses it. */
const notForSources = [
  // Locks and slow statements matter in later migrations, which run under load.
  "require-lock-timeout",
  "require-statement-timeout",
  // Nearly all integers here are casino ids, seats and counts; ids are uuid and points bigint.
  "prefer-bigint-over-int",
  "ban-create-domain-with-constraint",
  // A SQLSTATE has five characters.
  "ban-char-field",
];

/** The last migration of which nobody had a database yet: those up to it run under no load either. */
const beforeFirstRelease = "000012";

/** Parses sources and migrations with PostgreSQL's grammar and reports what is risky to run. */
export async function runSquawk(sources: readonly string[]): Promise<Finding[]> {
  const later = globSync("migrations/committed/*.sql", { cwd: projectRoot }).filter(
    (file) => basename(file).slice(0, beforeFirstRelease.length) > beforeFirstRelease,
  );
  return [...squawk(sources, notForSources), ...squawk(later, [])];
}

function squawk(files: readonly string[], excluded: readonly string[]): Finding[] {
  if (files.length === 0) return [];
  const binary = join(projectRoot, "node_modules/.bin/squawk");
  const flags = ["--assume-in-transaction", "--pg-version=18", "--reporter=json"];
  if (excluded.length > 0) flags.push(`--exclude=${excluded.join(",")}`);
  const { stdout, stderr, error } = spawnSync(binary, [...flags, ...files], { cwd: projectRoot, encoding: "utf8" });
  if (error || stdout.trim() === "") throw new Error(`squawk failed: ${error?.message ?? stderr}`);
  const found = JSON.parse(stdout) as SquawkFinding[];
  // Counted from zero.
  return found.map(({ file, line, message, rule_name }) => ({
    file,
    line: line + 1,
    message: `${message} (${rule_name})`,
  }));
}
