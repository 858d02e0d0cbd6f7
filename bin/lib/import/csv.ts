import { createReadStream } from "node:fs";
import { basename } from "node:path";
import Papa from "papaparse";
import { Sentence } from "../sentence.ts";
import type { LegacyFile } from "./files.ts";

/** A row as `ops.stage_import_rows` takes it. */
export interface StagedRow {
  readonly raw: string;
  /** Only where they aren't what stands between the commas of the text. */
  readonly values: readonly string[] | undefined;
}

export interface Block {
  /** The number of its first row. */
  readonly first: number;
  readonly rows: readonly StagedRow[];
  /** Bytes of the file that are read. */
  readonly bytes: number;
}

/** Rows as one text, and the characters that keep its rows and their values apart. */
export function stagedText(rows: readonly StagedRow[]): [text: string, rowMark: string, valueMark: string] {
  const raw = rows.map((row) => row.raw).join("");
  const [rowMark, valueMark] = charactersNotIn(raw);
  const text = rows.map((row) => (row.values ? [row.raw, ...row.values].join(valueMark) : row.raw)).join(rowMark);
  return [text, rowMark, valueMark];
}

function charactersNotIn(text: string): [string, string] {
  const found: string[] = [];
  for (let code = 0x1e; found.length < 2; code = code === 0x1f ? 0xe000 : code + 1) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) found.push(character);
  }
  return found as [string, string];
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
  let first = 1;
  const table = new Table(file);
  for await (const { chunk, isLast } of chunksOf(file.path)) {
    bytes += chunk.length;
    rest += decoder.decode(chunk, { stream: !isLast }).replaceAll("\0", "\uFFFD");
    const { rows, read } = table.parse(rest, isLast);
    rest = rest.slice(read);
    if (rest.length > longestRow) throw new Sentence(unclosed(file, first + rows.length));
    if (rows.length > 0 || isLast) yield { first, rows, bytes };
    first += rows.length;
  }
}

/** What the first line of a file says about the others. */
class Table {
  readonly #file: LegacyFile;
  #places: readonly number[] | undefined;
  #isInOrder = false;

  constructor(file: LegacyFile) {
    this.#file = file;
  }

  /** The complete rows at the beginning of a text, and how much of it they are. */
  parse(text: string, isLast: boolean): { rows: StagedRow[]; read: number } {
    const rows: StagedRow[] = [];
    let read = 0;
    let quote = text.indexOf('"');
    while (read < text.length) {
      const line = text.indexOf("\n", read);
      if (line < 0 && !isLast) break;
      const end = line < 0 ? text.length : line;
      if (quote >= 0 && quote < read) quote = text.indexOf('"', read);
      if (quote >= 0 && quote < end) {
        const record = this.#parseQuoted(text.slice(read), isLast, rows.length);
        if (!record) break;
        this.#add(rows, text.slice(read, read + record.length), record.values);
        read += record.length;
      } else {
        this.#add(rows, text.slice(read, end));
        read = end + 1;
      }
    }
    return { rows, read };
  }

  /** Adds a row; without values it quotes nothing. */
  #add(rows: StagedRow[], text: string, quoted?: readonly string[]): void {
    const raw = text.replace(lineEnd, "");
    if (raw.trim() === "") return;
    if (this.#places && this.#isInOrder && !quoted && commasIn(raw) === this.#places.length - 1) {
      rows.push({ raw, values: undefined });
      return;
    }
    const values = quoted ?? raw.split(",");
    if (this.#places) rows.push({ raw, values: this.#places.map((place) => values[place] ?? "") });
    else {
      this.#places = this.#placesIn(values);
      this.#isInOrder = this.#places.every((place, index) => place === index);
    }
  }

  /** The record at the beginning of a text, unless the text ends before it does. */
  #parseQuoted(text: string, isLast: boolean, before: number): { values: string[]; length: number } | undefined {
    // A carriage return before it is taken off below; files mix both kinds of line ends.
    const parser = new Papa.Parser({ delimiter: ",", newline: "\n", preview: 1 });
    const { data, errors, meta } = parser.parse(text, 0, !isLast) as Papa.ParseResult<string[]>;
    const [values] = data;
    if (!values) return undefined;
    if (errors.some(({ code }) => code === "MissingQuotes")) throw new Sentence(unclosed(this.#file, before + 1));
    const last = values.length - 1;
    return { values: values.with(last, (values[last] ?? "").replace(/\r$/, "")), length: meta.cursor };
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

const lineEnd = /\r?\n?$/;

function commasIn(text: string): number {
  let commas = 0;
  for (let place = text.indexOf(","); place >= 0; place = text.indexOf(",", place + 1)) commas += 1;
  return commas;
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
