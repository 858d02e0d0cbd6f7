import { fromAbsolute } from "@internationalized/date";
import Papa from "papaparse";
import { saveFile } from "./download.ts";

export interface CsvColumn<Row> {
  /** Its name, which is for programs and the same in every language. */
  field: string;
  raw: (row: Row) => Value;
  /** It is an instant, and written in the property's time. */
  isInstant?: boolean;
}

type Value = string | number | null | undefined;

/** What a spreadsheet would run as a formula; a number below zero isn't one. */
const formula = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/;

/** Has the browser save rows for a spreadsheet, with formulas in what people typed escaped. */
export function saveCsv<Row>(
  name: string,
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
  timezone: string,
): void {
  const cell = (row: Row, { raw, isInstant }: CsvColumn<Row>) => {
    const value = raw(row);
    return isInstant && typeof value === "string" ? inZone(value, timezone) : value;
  };
  const csv = Papa.unparse(
    { fields: columns.map(({ field }) => field), data: rows.map((row) => columns.map((column) => cell(row, column))) },
    { escapeFormulae: formula, newline: "\r\n" },
  );
  // The mark tells spreadsheets that it is UTF-8.
  saveFile(`${name}.csv`, new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
}

/** As the clock there shows it, with its offset: "2026-11-26T06:00:00-08:00". */
function inZone(iso: string, timezone: string): string {
  return fromAbsolute(Date.parse(iso), timezone)
    .toString()
    .replace(/\[.*\]$/, "");
}
