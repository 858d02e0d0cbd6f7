import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../bin/lib/replay/report.ts";

/** A sample of a floor's feed, with the state that it must lead to. */
export const lakeview = join(import.meta.dirname, "../data/lakeview");

export interface FeedEvent {
  readonly key: string;
  readonly type: string;
  readonly card?: string;
  readonly person?: string;
  readonly agent_for?: string;
  readonly ref?: string;
}

export const lakeviewEvents = readFileSync(join(lakeview, "feed.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as FeedEvent);

export const lakeviewLines = lakeviewEvents.length;

export const cashTypes = ["person", "cash", "cash_corrected", "identified"];

/** The part of a report that is the same after every complete replay. */
export function stateOf(report: Report) {
  const { refused: _refused, replayed: _replayed, ...state } = report;
  return state;
}

export function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}

export const expected = readReport(join(lakeview, "expected.json"));
