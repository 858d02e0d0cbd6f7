import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../bin/lib/replay/report.ts";

/** A sample of a floor's feed, with the state that it must lead to. */
export const lakeview = join(import.meta.dirname, "../data/lakeview");

export const lakeviewLines = 3_363;

/** There is no cash log yet: what the sample says of cash can't be compared. */
const cashEvents = cashKeys();

function cashKeys(): ReadonlySet<string> {
  const lines = readFileSync(join(lakeview, "feed.jsonl"), "utf8").trim().split("\n");
  const events = lines.map((line) => JSON.parse(line) as { key: string; type: string });
  const types = ["person", "cash", "cash_corrected", "identified"];
  return new Set(events.filter(({ type }) => types.includes(type)).map(({ key }) => key));
}

/** The part of a report that is the same after every complete replay. */
export function stateOf(report: Report) {
  const { players, slips, open_slips, ledger_entries, ledger_points } = report;
  return { players, slips, open_slips, ledger_entries, ledger_points };
}

export function refusalsOf(report: Report) {
  return report.refused.filter(({ key }) => key === null || !cashEvents.has(key));
}

export function isCash(key: string | null): boolean {
  return key !== null && cashEvents.has(key);
}

export function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}

export const expected = readReport(join(lakeview, "expected.json"));
