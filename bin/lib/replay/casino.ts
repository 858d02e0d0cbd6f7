import type pg from "pg";
import { codeOf, messageOf, Sentence } from "../sentence.ts";

export interface LoadedCasino {
  readonly casinoId: number;
  readonly code: string;
  readonly name: string;
  readonly timezone: string;
  readonly outcome: "created" | "changed" | "unchanged";
}

/** Sets a property up from the text of its casino.json; loading the same again changes nothing. */
export async function loadCasino(owner: pg.Client, property: string, file: string): Promise<LoadedCasino> {
  try {
    const { rows: before } = await owner.query("select from identity.casino where code = ($1::jsonb) ->> 'code'", [
      property,
    ]);
    const { rows: loaded } = await owner.query<{ casino_id: number; changed: boolean }>(
      "select casino_id, changed from ops.load_casino($1::jsonb)",
      [property],
    );
    const { rows: casinos } = await owner.query<Omit<LoadedCasino, "outcome">>(
      `select casino_id as "casinoId", code, name, timezone from identity.casino where casino_id = $1`,
      [loaded[0]?.casino_id],
    );
    const casino = casinos[0];
    if (!casino) throw new Error("ops.load_casino gave no casino.");
    return { ...casino, outcome: loaded[0]?.changed ? (before.length === 0 ? "created" : "changed") : "unchanged" };
  } catch (thrown) {
    throw explain(thrown, file);
  }
}

/** A refusal of the registry is about the file; anything else is a fault. */
function explain(thrown: unknown, file: string): unknown {
  const sqlstate = codeOf(thrown) ?? "";
  // Text that JavaScript takes for JSON and PostgreSQL doesn't: the character 0, half a surrogate.
  if (/^22P0[25]$/.test(sqlstate)) return new Sentence(`${file} can't be used: ${messageOf(thrown)}.`);
  if (!/^[I-Z][A-Z0-9]{4}$/.test(sqlstate) || sqlstate.startsWith("XX") || sqlstate.startsWith("P0")) return thrown;
  return new Sentence(`${file} can't be used. ${messageOf(thrown)}`);
}
