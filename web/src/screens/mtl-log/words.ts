import type { LoggedEntryFragment } from "../../generated/graphql.ts";
import { formatMoney } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";

const t = words("mtlLog");

// How the log speaks of an entry.

type Named = Pick<LoggedEntryFragment, "personName">;

export function nameOf({ personName }: Named): string {
  return personName ?? t("unknown");
}

export function placeOf(entry: Pick<LoggedEntryFragment, "area" | "tableLabel" | "windowNo">): string {
  const { area, tableLabel, windowNo } = entry;
  return [term("area", area ?? ""), tableLabel, windowNo && t("window", { window: windowNo })]
    .filter(Boolean)
    .join(" · ");
}

/** "$150.00 in"; where there is little room the direction is below the figure. */
export function amountOf(entry: Pick<LoggedEntryFragment, "amount" | "entryRole" | "direction">): string {
  const direction = term("direction", entry.direction ?? "").replaceAll(" ", "\u00a0");
  return t("amount", { amount: signedAmount(entry), direction });
}

/** An offset takes away what it offsets. */
function signedAmount({ amount, entryRole }: Pick<LoggedEntryFragment, "amount" | "entryRole">): string {
  return formatMoney(`${entryRole === "offset" ? "-" : ""}${amount ?? "0"}`);
}
