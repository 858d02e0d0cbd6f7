import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";

/** Milliseconds within which a check has to answer. */
const patience = 2_000;

export interface Readiness {
  readonly ready: boolean;
  /** What each check found; those in `failed` are why it isn't ready. */
  readonly checks: Readonly<Record<string, string>>;
  readonly failed: readonly string[];
}

export type Check = () => Promise<string>;

/** Why a check failed, in words for whoever runs PitLedger. */
export class Unready extends Error {}

/** Runs all checks at once; one that fails or takes too long makes the whole unready. */
export async function readinessOf(required: Record<string, Check>, told: Record<string, Check>): Promise<Readiness> {
  const failed: string[] = [];
  const run = async (name: string, check: Check): Promise<[string, string]> => {
    try {
      return [name, await withinPatience(check())];
    } catch (thrown) {
      if (Object.hasOwn(required, name)) failed.push(name);
      return [name, thrown instanceof Unready ? thrown.message : "no answer"];
    }
  };
  const all = Object.entries({ ...required, ...told });
  const checks = Object.fromEntries(await Promise.all(all.map(([name, check]) => run(name, check))));
  return { ready: failed.length === 0, checks, failed: failed.sort() };
}

/** Whether the database can be reached with a connection of this pool. */
export function answers(pool: Pool, login: string): Check {
  return async () => {
    const { rows } = await pool.query<{ login: string }>("select session_user as login");
    if (rows[0]?.login !== login) throw new Unready(`the login is ${rows[0]?.login}, not ${login}`);
    return "ok";
  };
}

/** Whether the migrations that this build was made with have all run; later ones may have, too. */
export function isMigrated(pool: Pool): Check {
  const folder = join(import.meta.dirname, "../migrations/committed");
  const expected = readdirSync(folder).map(numberOf).filter(Boolean).sort();
  return async () => {
    const { rows } = await pool.query<{ filename: string }>("select filename from graphile_migrate.migrations");
    const done = new Set(rows.map(({ filename }) => numberOf(filename)));
    const missing = expected.find((number) => !done.has(number));
    if (missing) throw new Unready(`migration ${missing} has not run`);
    return "ok";
  };
}

function numberOf(filename: string): string {
  return /^\d{6}/.exec(filename)?.[0] ?? "";
}

/** Every living worker's connections show in the server's list, which every login sees. */
export function workerIsThere(pool: Pool): Check {
  return async () => {
    const { rowCount } = await pool.query(
      "select from pg_stat_activity where application_name = 'pitledger worker' and datname = current_database()",
    );
    return rowCount ? "present" : "absent";
  };
}

async function withinPatience<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unready(`no answer within ${patience / 1_000} seconds`)), patience);
  });
  answer.catch(() => undefined);
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
