import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "./lib/home.ts";
import { Sentence } from "./lib/sentence.ts";
import { type Counts, readCounts, resultsVariable } from "./lib/testing/results.ts";

interface Step {
  readonly name: string;
  readonly what: string;
  readonly command: readonly string[];
  /** Its checks are counted; any other step is one check. */
  readonly counts?: true;
}

const ours = (...args: string[]) => ["bin/pitledger.js", ...args];
const npmBinary = (name: string, ...args: string[]) => [`node_modules/.bin/${name}`, ...args];
const vitest = (project: string, results: string) =>
  npmBinary(
    "vitest",
    "run",
    "--config",
    "tests/vitest.config.ts",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
  );

/** Everything that must hold, the quick checks first. */
function stepsFor(results: string): Step[] {
  return [
    { name: "format", what: "code is formatted", command: npmBinary("biome", "ci", "--linter-enabled=false", ".") },
    {
      name: "lint",
      what: "TypeScript and CSS keep the rules",
      command: npmBinary("biome", "lint", "--error-on-warnings", "."),
    },
    { name: "lint:sql", what: "SQL keeps the rules", command: ours("check-sql") },
    { name: "lint:words", what: "every text of the client is in each language", command: ours("check-words") },
    {
      name: "types",
      what: "server, worker and command line have sound types",
      command: npmBinary("tsc", "-p", "tsconfig.json"),
    },
    {
      name: "types:tests",
      what: "the browser tests have sound types",
      command: npmBinary("tsc", "-p", "tests/web/tsconfig.json"),
    },
    { name: "types:web", what: "the web client has sound types", command: npmBinary("tsc", "-p", "web/tsconfig.json") },
    { name: "generated", what: "generated files are fresh", command: ours("generate", "--check") },
    { name: "migrations", what: "migrations lead to what db/ says", command: ours("check-migrations") },
    { name: "sql", what: "pgTAP", command: ours("test-sql"), counts: true },
    { name: "api", what: "the API over HTTP", command: vitest("api", results), counts: true },
    { name: "fault", what: "kills, races and malformed input", command: vitest("fault", results), counts: true },
    { name: "web", what: "the web client in a browser", command: vitest("web", results), counts: true },
    {
      name: "budget",
      what: "the web client is small and quick",
      command: ours("bench-web", "--check", "--samples", "3", "screen", "board"),
    },
  ];
}

/** `npm test`: all steps, or those named: `npm test -- types sql`. */
export async function main(names: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "pitledger-results-"));
  const results = join(folder, "counts.json");
  const steps = stepsFor(results);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Sentence(
      `There is no step ${unknown.join(", ")}; the steps are ${steps.map((step) => step.name).join(", ")}.`,
    );
  }
  const chosen = names.length > 0 ? steps.filter((step) => names.includes(step.name)) : steps;
  const lines: string[] = [];
  const failures: string[] = [];
  const total = { passed: 0, failed: 0 };
  try {
    for (const step of chosen) {
      console.log(`\n── ${step.name}: ${step.what}`);
      const begun = performance.now();
      const counts = run(step, results);
      total.passed += counts.passed;
      total.failed += counts.failed;
      lines.push(summaryLine(step, counts, performance.now() - begun));
      failures.push(...counts.failures.map((failure) => `✗ ${failure}`));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (failures.length > 0) console.log(`\n${failures.join("\n")}`);
  console.log(`\n${lines.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

function run(step: Step, results: string): Counts {
  rmSync(results, { force: true });
  const { status } = spawnSync(process.execPath, step.command, {
    cwd: projectRoot,
    stdio: "inherit",
    env: { ...process.env, [resultsVariable]: results },
  });
  const none = { passed: 0, failed: 0, failures: [] };
  const counts = step.counts ? (readCounts(results) ?? none) : { ...none, passed: status === 0 ? 1 : 0 };
  if (counts.failed > 0 || (status === 0 && counts.passed > 0)) return counts;
  const ended = status === 0 ? "it checked nothing" : `it ended with ${status ?? "a signal"}`;
  return { ...counts, failed: 1, failures: [`${step.name}: ${ended}`] };
}

function summaryLine(step: Step, { passed, failed }: Counts, milliseconds: number): string {
  const mark = failed === 0 ? "✓" : "✗";
  const count = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`;
  return `${mark} ${step.name.padEnd(11)} ${count.padEnd(24)} ${(milliseconds / 1000).toFixed(1)} s`;
}
