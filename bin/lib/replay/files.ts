import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf, Sentence } from "../sentence.ts";
import { fromWhereItWasTyped } from "../typed-path.ts";

/** What `npm run replay` reads and writes. */
export interface ReplayFiles {
  readonly property: string;
  readonly feed: string;
  readonly report: string | undefined;
}

/** The files of a folder, checked before anything is started. */
export function replayFiles(folder: string, report: string | undefined): ReplayFiles {
  const dir = fromWhereItWasTyped(folder, "replay");
  const found = statSync(dir, { throwIfNoEntry: false });
  if (!found) throw new Sentence(`There is no folder ${dir}.`);
  if (!found.isDirectory())
    throw new Sentence(`${dir} is a file; give the folder that holds casino.json and feed.jsonl.`);
  const property = join(dir, "casino.json");
  const feed = join(dir, "feed.jsonl");
  for (const file of [property, feed]) {
    if (!existsSync(file)) throw new Sentence(`There is no ${file}: a replay needs casino.json and feed.jsonl.`);
  }
  const reportFile = report === undefined ? undefined : fromWhereItWasTyped(report, "replay");
  if (reportFile !== undefined && !existsSync(dirname(reportFile))) {
    throw new Sentence(`The report can't be written: there is no folder ${dirname(reportFile)}.`);
  }
  return { property, feed, report: reportFile };
}

/** The text of casino.json, known to be JSON. PostgreSQL reads it itself, with exact numbers. */
export function readProperty(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (thrown) {
    throw new Sentence(`${file} can't be read: ${messageOf(thrown)}.`);
  }
  try {
    JSON.parse(text);
  } catch (thrown) {
    throw new Sentence(`${file} isn't JSON: ${messageOf(thrown)}.`);
  }
  return text;
}

/** How many lines a file has, the last one counted whether or not it ends. */
export async function countLines(file: string): Promise<number> {
  const newline = 0x0a;
  let lines = 0;
  let last = newline;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === newline) lines += 1;
    last = chunk.at(-1) ?? last;
  }
  return last === newline ? lines : lines + 1;
}
