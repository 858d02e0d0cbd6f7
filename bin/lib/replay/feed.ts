import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/** One line of a feed, ready to be sent: an event, or as text what can't be read as one. */
export interface Line {
  readonly number: number;
  readonly json: string;
}

/** How many events `ops.ingest_events` takes at once. */
const mostEvents = 30;

/** Room for the rest of the request within what the server reads. */
const mostBytes = 80_000;

/** No event is this long, and a request of 30 of them would be too large. */
const longestLine = 16_000;

const deepest = 20;

/** The lines of a feed in order, in lists of at most 30. Blank lines hold nothing and don't count. */
export async function* readBatches(file: string): AsyncGenerator<readonly Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === "") continue;
    const json = readLine(number === 1 ? text.replace(/^\uFEFF/, "") : text);
    const length = Buffer.byteLength(json);
    if (batch.length === mostEvents || bytes + length > mostBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ number, json });
    bytes += length;
  }
  if (batch.length > 0) yield batch;
}

/**
 * A line as JSON that PostgreSQL can read. What isn't such JSON becomes a JSON text of its
 * beginning, which the database refuses and counts as it does with any malformed event.
 */
export function readLine(text: string): string {
  if (text.length <= longestLine) {
    try {
      const value: unknown = JSON.parse(text);
      if (isStorable(value, deepest)) return JSON.stringify(value);
    } catch {
      // Not JSON: sent as text.
    }
  }
  return JSON.stringify(text.slice(0, 200).toWellFormed().replaceAll("\0", "\uFFFD"));
}

/** PostgreSQL stores neither the character 0 nor half a surrogate pair. */
function isStorable(value: unknown, depth: number): boolean {
  if (depth === 0) return false;
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, each]) => isStorable(name, depth) && isStorable(each, depth - 1));
}
