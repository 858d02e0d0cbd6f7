import { renameSync, rmSync, writeFileSync } from "node:fs";
import pg from "pg";
import { openOwner } from "../replay/place.ts";
import { codeOf, messageOf, Sentence } from "../sentence.ts";
import { Undo } from "../undo.ts";

/** The books of one casino, over the owner's connection. */
export interface Books {
  readonly casinoId: number;
  readonly code: string;
  /** Runs a query as of this casino; a refusal becomes a sentence. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Does something with the books of a casino, or of each, one after the other. */
export async function withBooks<T>(code: string | undefined, work: (books: Books) => Promise<T>): Promise<T[]> {
  const undo = new Undo();
  try {
    const client = new pg.Client({
      connectionString: await openOwner(undo),
      application_name: "pitledger proof",
      connectionTimeoutMillis: 15_000,
    });
    client.on("error", () => undefined); // the query's own rejection tells
    await client.connect();
    undo.add("connection", () => client.end());
    const results: T[] = [];
    for (const { casinoId, code: each } of await casinosOf(client, code)) {
      await client.query("begin");
      try {
        await client.query("select set_config('pit.casino', $1, true)", [casinoId]);
        const query = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
          ask<Row>(client, text, values);
        results.push(await work({ casinoId, code: each, query }));
        await client.query("commit");
      } catch (thrown) {
        await client.query("rollback").catch(() => undefined); // the connection may be what failed
        throw thrown;
      }
    }
    return results;
  } finally {
    await undo.all();
  }
}

interface Casino {
  readonly casinoId: number;
  readonly code: string;
}

async function casinosOf(client: pg.Client, code: string | undefined): Promise<Casino[]> {
  const { rows } = await client.query<Casino>(
    `select casino_id as "casinoId", code from identity.casino where $1::text is null or code = $1 order by code`,
    [code ?? null],
  );
  if (rows.length > 0) return rows;
  throw new Sentence(code === undefined ? "There is no casino in this database." : `There is no casino ${code}.`);
}

async function ask<Row extends pg.QueryResultRow>(client: pg.Client, text: string, values?: unknown[]): Promise<Row[]> {
  try {
    return (await client.query<Row>(text, values)).rows;
  } catch (thrown) {
    // Our own refusals are sentences for whoever typed the command.
    if (!/^(OP|LY|MT|RS)[A-Z]{3}$/.test(String(codeOf(thrown)))) throw thrown;
    const hint = thrown instanceof pg.DatabaseError && thrown.hint ? ` ${thrown.hint}` : "";
    throw new Sentence(`${messageOf(thrown)}${hint}`);
  }
}

/** The one way in which proofs and files of seals are written: verify-proof.mjs takes no other. */
export function writeDocument(file: string, document: unknown): void {
  const draft = `${file}.${process.pid}.part`;
  try {
    writeFileSync(draft, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (thrown) {
    throw new Sentence(`${file} can't be written: ${messageOf(thrown)}.`);
  } finally {
    rmSync(draft, { force: true });
  }
}
