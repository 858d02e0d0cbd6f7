import type { LoggedEntryFragment } from "../../generated/graphql.ts";
import { formatMoney, humanize } from "../../lib/format.ts";

// How the log speaks of an entry.

type Named = Pick<LoggedEntryFragment, "personName">;

export function nameOf({ personName }: Named): string {
  return personName ?? "Unknown person";
}

export function placeOf(entry: Pick<LoggedEntryFragment, "area" | "tableLabel" | "windowNo">): string {
  const { area, tableLabel, windowNo } = entry;
  return [humanize(area ?? ""), tableLabel, windowNo && `window ${windowNo}`].filter(Boolean).join(" · ");
}

/** An offset takes away what it offsets. */
export function signedAmount({ amount, entryRole }: Pick<LoggedEntryFragment, "amount" | "entryRole">): string {
  return formatMoney(`${entryRole === "offset" ? "-" : ""}${amount ?? "0"}`);
}
