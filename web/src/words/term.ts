import { humanize } from "../lib/format.ts";
import type { Catalogue } from "./catalogue.ts";
import { currentCatalogue } from "./language.ts";

type Terms = Catalogue["terms"];

/** The field's word for a code of the database; one that has none yet is shown as it is. */
export function term(kind: keyof Terms, code: string): string {
  const known: Readonly<Record<string, string>> = currentCatalogue().terms[kind];
  return known[code] ?? humanize(code);
}
