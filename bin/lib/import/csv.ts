import { createReadStream } from "node:fs";
import { basename } from "node:path";
import Papa from "papaparse";
import { Sentence } from "../sentence.ts";
import type { LegacyFile } from "./files.ts";

/** A row as `ops.stage_import_rows` takes it. */
export interface StagedRow {
  readonly row_no: number;
  readonly raw: string;
  readonly fields: readonly string[];
}

export interface Block {
  readonly rows: readonly StagedRow[];
  /** Bytes of the file that are read. */
  readonly bytes: number;
}

const blockSize = 1 << 20;

/** A row longer than this is a quotation mark that nobody closed. */
const longestRow = 16 << 20;

/**
 * The rows of a file in blocks of about a megabyte, whatever its size. Blank lines hold nothing and
 * don't count; values that are missing are empty; what has no column of its own is in the raw text.
 */
export async function* readRows(file: LegacyFile): AsyncGenerator<Block> {
  const decoder = new TextDecoder();
  let rest = "";
  let bytes = 0;
  let rowNo = 0;
  const table = new Table(file);
  for await (const { chunk, isLast } of chunksOf(file.path)) {
    bytes += chunk.length;
    rest += decoder.decode(chunk, { stream: !isLast }).replaceAll("\0", "\uFFFD");
    const { records, read } = table.parse(rest, isLast);
    rest = rest.slice(read);
    if (rest.length > longestRow) throw new Sentence(unclosed(file, rowNo + records.length + 1));
    const rows = records.map((record) => ({ row_no: ++rowNo, ...record }));
    if (rows.length > 0 || isLast) yield { rows, bytes };
  }
}

interface TextRecord {
  readonly raw: string;
  readonly fields: readonly string[];
}

/** What the first line of a file says about the others. */
class Table {
  readonly #file: LegacyFile;
  #places: readonly number[] | undefined;

  constructor(file: LegacyFile) {
    this.#file = file;
  }

  /** The complete records at the beginning of a text, and how much of it they are. */
  parse(text: string, isLast: boolean): { records: TextRecord[]; read: number } {
    const records: TextRecord[] = [];
    let read = 0;
    const parser = new Papa.Parser({
      delimiter: ",",
      // A carriage return before it is taken off below; files mix both kinds of line ends.
      newline: "\n",
      step: ({ data, errors, meta }) => {
        const values = ((data as unknown as string[][])[0] ?? []).map((value, place, { length }) =>
          place === length - 1 ? value.replace(/\r$/, "") : value,
        );
        if (errors.some(({ code }) => code === "MissingQuotes")) {
          throw new Sentence(unclosed(this.#file, records.length + 1));
        }
        const raw = text.slice(read, meta.cursor).replace(/\r?\n$/, "");
        read = meta.cursor;
        if (raw.trim() === "") return;
        if (this.#places) records.push({ raw, fields: this.#places.map((place) => values[place] ?? "") });
        else this.#places = this.#placesIn(values);
      },
    });
    parser.parse(text, 0, !isLast);
    return { records, read };
  }

  #placesIn(header: readonly string[]): number[] {
    const names = header.map((name) =>
      name
        .replace(/^\uFEFF/, "")
        .trim()
        .toLowerCase(),
    );
    const missing = this.#file.columns.filter((column) => !names.includes(column));
    if (missing.length > 0) {
      throw new Sentence(
        `${this.#file.path} has no column ${missing.join(", ")}; its first line must name the columns.`,
      );
    }
    return this.#file.columns.map((column) => names.indexOf(column));
  }
}

function unclosed(file: LegacyFile, rowNo: number): string {
  return `${basename(file.path)} can't be read: a quotation mark near row ${rowNo} isn't closed.`;
}

async function* chunksOf(path: string): AsyncGenerator<{ chunk: Buffer; isLast: boolean }> {
  for await (const chunk of createReadStream(path, { highWaterMark: blockSize }) as AsyncIterable<Buffer>) {
    yield { chunk, isLast: false };
  }
  yield { chunk: Buffer.alloc(0), isLast: true };
}
