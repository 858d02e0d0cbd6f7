import Papa from "papaparse";
import type { AccessLineFragment } from "../../generated/graphql.ts";

const columns: readonly { name: string; of: (line: AccessLineFragment) => string | null }[] = [
  { name: "username", of: (line) => line.username },
  { name: "name", of: (line) => line.displayName },
  { name: "role", of: (line) => line.role },
  { name: "active", of: (line) => (line.active ? "yes" : "no") },
  { name: "capability", of: (line) => line.capability },
  { name: "source", of: (line) => line.source },
  { name: "held", of: (line) => (line.held ? "yes" : "no") },
  { name: "reason", of: (line) => line.reason },
  { name: "given_by", of: (line) => line.givenByName },
  { name: "since", of: (line) => line.since },
];

/** An access review for a spreadsheet, in the database's own codes; formulas in names are escaped. */
export function toCsv(lines: readonly AccessLineFragment[]): string {
  return Papa.unparse(
    {
      fields: columns.map((column) => column.name),
      data: lines.map((line) => columns.map((column) => column.of(line))),
    },
    { escapeFormulae: true, newline: "\r\n" },
  );
}
