import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportReport } from "../../bin/lib/import/batch.ts";

/** A sample of a legacy export, with the state that it must lead to. */
export const legacy = join(import.meta.dirname, "../data/legacy");

export function readImportReport(file: string): ImportReport {
  return JSON.parse(readFileSync(file, "utf8")) as ImportReport;
}

export const expectedImport = readImportReport(join(legacy, "expected.json"));
