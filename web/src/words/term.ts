import { humanize } from "../lib/format.ts";
import type { Catalogue } from "./catalogue.ts";
import { currentCatalogue } from "./language.ts";

type Terms = Catalogue["terms"];

/** The field's word for a code of the database; one that has none yet is shown as it is, or as `unknown`. */
export function term(kind: keyof Terms, code: string, unknown = humanize(code)): string {
  const known: Readonly<Record<string, string>> = currentCatalogue().terms[kind];
  return known[code] ?? unknown;
}
