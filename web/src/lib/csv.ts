import Papa from "papaparse";
import { saveFile } from "./download.ts";

export interface CsvColumn<Row> {
  /** Its name, which is for programs and the same in every language. */
  field: string;
  raw: (row: Row) => string | number | null | undefined;
}

/** What a spreadsheet would run as a formula; a number below zero isn't one. */
const formula = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/;

/** Has the browser save rows for a spreadsheet, with formulas in what people typed escaped. */
export function saveCsv<Row>(name: string, columns: readonly CsvColumn<Row>[], rows: readonly Row[]): void {
  const csv = Papa.unparse(
    { fields: columns.map(({ field }) => field), data: rows.map((row) => columns.map(({ raw }) => raw(row))) },
    { escapeFormulae: formula, newline: "\r\n" },
  );
  // The mark tells spreadsheets that it is UTF-8.
  saveFile(`${name}.csv`, new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
}
