import { readFileSync, writeFileSync } from "node:fs";

/** How many checks of a step held. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
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
    const report = JSON.parse(readFileSync(file, "utf8")) as Record<string, number | undefined>;
    return {
      passed: report.passed ?? report.numPassedTests ?? 0,
      failed: report.failed ?? (report.numFailedTests ?? 0) + failedSuites(report),
    };
  } catch {
    return undefined;
  }
}

/** A file that fails outside its tests, in an import or a hook, has no failed test to count. */
function failedSuites(report: Record<string, number | undefined>): number {
  return report.numFailedTests ? 0 : (report.numFailedTestSuites ?? 0);
}
