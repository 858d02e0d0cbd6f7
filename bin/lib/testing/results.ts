import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { projectRoot } from "../home.ts";

/** How many checks of a step held, and a line for each that didn't. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

/** The parts of vitest's JSON report that are read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** The variable that names the file to which a step run by `npm test` writes its counts. */
export const resultsVariable = "PITLEDGER_TEST_RESULTS";

export function reportCounts(counts: Counts): void {
  const file = process.env[resultsVariable];
  if (file) writeFileSync(file, JSON.stringify(counts));
}

/** The counts of a step, written by us or by vitest's JSON reporter; undefined when it wrote none. */
export function readCounts(file: string): Counts | undefined {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Counts | VitestReport;
    return "testResults" in report ? countsOf(report) : report;
  } catch {
    return undefined;
  }
}

function countsOf(report: VitestReport): Counts {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(projectRoot, name);
    const failed = assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    // A file that fails outside its tests, in an import or a hook, has no failed test to name.
    return failed.length === 0 && status === "failed" ? [`${file}: ${firstLine(message)}`] : failed;
  });
  return { passed: report.numPassedTests, failed: failures.length, failures };
}

function firstLine(text: string | undefined): string {
  return text?.split("\n", 1)[0] || "failed outside a test";
}
