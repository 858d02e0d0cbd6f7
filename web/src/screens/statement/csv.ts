import type { PlayerStatementQuery } from "../../generated/graphql.ts";
import { type CsvColumn, saveCsv } from "../../lib/csv.ts";
import { isPresent } from "../../lib/present.ts";

type Statement = NonNullable<PlayerStatementQuery["playerStatement"]>;
type Line = NonNullable<NonNullable<Statement["lines"]>[number]>;

const columns: readonly CsvColumn<Line>[] = [
  { field: "entry_no", raw: (line) => line.entryNo },
  { field: "gaming_day", raw: (line) => line.gamingDay },
  { field: "occurred_at", raw: (line) => line.occurredAt, isInstant: true },
  { field: "type", raw: (line) => line.transactionType },
  { field: "description", raw: (line) => line.description },
  { field: "points", raw: (line) => line.pointsChange },
  { field: "balance", raw: (line) => line.balance },
];

/** The lines of a statement for a spreadsheet. */
export function saveStatement(statement: Statement, timezone: string): void {
  const name = `statement-${statement.cardNo}-${statement.firstDay}-${statement.lastDay}`;
  saveCsv(name, columns, statement.lines?.filter(isPresent) ?? [], timezone);
}
