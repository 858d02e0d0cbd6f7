import Papa from "papaparse";
import type { PatronDayRowFragment } from "../../generated/graphql.ts";

const columns: readonly { name: string; of: (row: PatronDayRowFragment) => string | number | null }[] = [
  { name: "gaming_day", of: (row) => row.gamingDay },
  { name: "patron", of: (row) => row.name },
  { name: "card_no", of: (row) => row.cardNo },
  { name: "description", of: (row) => row.description },
  { name: "cash_in", of: (row) => row.cashIn },
  { name: "entries_in", of: (row) => row.entriesIn },
  { name: "badge_in", of: (row) => row.badgeIn },
  { name: "cash_out", of: (row) => row.cashOut },
  { name: "entries_out", of: (row) => row.entriesOut },
  { name: "badge_out", of: (row) => row.badgeOut },
  { name: "areas", of: (row) => row.areas?.join(" ") ?? "" },
  { name: "ctr_state", of: (row) => row.caseState },
  { name: "ctr_due_on", of: (row) => row.dueOn },
];

/**
 * Patron-days for a spreadsheet. Names and descriptions are what somebody typed: a cell that a
 * spreadsheet would run as a formula is escaped.
 */
export function toCsv(rows: readonly PatronDayRowFragment[]): string {
  return Papa.unparse(
    { fields: columns.map((column) => column.name), data: rows.map((row) => columns.map((column) => column.of(row))) },
    { escapeFormulae: true, newline: "\r\n" },
  );
}
