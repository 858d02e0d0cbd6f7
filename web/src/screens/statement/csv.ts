import Papa from "papaparse";
import type { PlayerStatementQuery } from "../../generated/graphql.ts";
import { saveFile } from "../../lib/download.ts";
import { isPresent } from "../pit-board/board.ts";

type Statement = NonNullable<PlayerStatementQuery["playerStatement"]>;

/** The lines of a statement for a spreadsheet; a name that it would run as a formula is escaped. */
export function saveCsv(statement: Statement): void {
  const csv = Papa.unparse(
    {
      fields: ["entry_no", "gaming_day", "occurred_at", "type", "description", "points", "balance"],
      data: (statement.lines?.filter(isPresent) ?? []).map((line) => [
        line.entryNo,
        line.gamingDay,
        line.occurredAt,
        line.transactionType,
        line.description,
        line.pointsChange,
        line.balance,
      ]),
    },
    { escapeFormulae: /^[=+@\t\r]|^-(?!\d)/, newline: "\r\n" },
  );
  // The mark tells spreadsheets that it is UTF-8.
  const content = new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" });
  saveFile(`statement-${statement.cardNo}-${statement.firstDay}-${statement.lastDay}.csv`, content);
}
