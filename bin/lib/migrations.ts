import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compile, current, Logger, migrate, type Settings } from "graphile-migrate";
import { clearAllPools } from "graphile-migrate/dist/pgReal.js";
import type pg from "pg";
import { DatabaseError } from "pg";
import { inDatabase } from "./database.ts";
import { projectRoot } from "./home.ts";
import { codeOf, messageOf, Sentence } from "./sentence.ts";

export const migrationsFolder = join(projectRoot, "migrations");

/** Settings of graphile-migrate for one database; `.gmrc` holds what doesn't depend on it. */
export function migrationSettings(ownerUrl: string, log?: (message: string) => void): Settings {
  return {
    connectionString: ownerUrl,
    rootConnectionString: inDatabase(ownerUrl, "template1"),
    migrationsFolder,
    logger: new Logger(() => (level, message) => {
      // Errors are thrown as well, and told by whoever catches them.
      if (level !== "error") log?.(message);
    }),
  };
}

/** Runs what is committed and not yet run, then the migration in the making if there is one. */
export async function applyMigrations(owner: pg.Client, ownerUrl: string): Promise<void> {
  const settings = migrationSettings(ownerUrl);
  try {
    if (await isInTheMaking()) await current(settings);
    else {
      await refuseUnfinished(owner);
      await migrate(settings);
    }
  } catch (thrown) {
    if (thrown instanceof Sentence) throw thrown;
    if (isDuplicate(thrown) && (await isInTheMaking())) throw new Sentence(startOver);
    const culprit = (await isInTheMaking()) ? await findCulprit(owner, settings) : undefined;
    throw new Error(culprit ?? explain(thrown), { cause: thrown });
  } finally {
    clearAllPools();
  }
}

/** Whether migrations/current holds more than comments. */
export async function isInTheMaking(): Promise<boolean> {
  const folder = join(migrationsFolder, "current");
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".sql"));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return texts.some((text) => /^(?!\s*--(?!![ \t]*include\b))\s*\S/m.test(text));
}

const startOver =
  "This database was made by a migration in the making that has changed since: remove PITLEDGER_HOME (.pitledger), or make a new database.";

function isDuplicate(thrown: unknown): boolean {
  return ["42701", "42P06", "42P07", "42710", "42723"].includes(codeOf(thrown) ?? "");
}

/** A database that ran an unfinished migration can't run the committed one on top of it. */
async function refuseUnfinished(owner: pg.Client): Promise<void> {
  const { rows: known } = await owner.query("select to_regclass('graphile_migrate.current') as current");
  if (known[0]?.current === null) return;
  const { rows } = await owner.query<{ unfinished: boolean }>(
    `select exists (select from graphile_migrate.current where content like '%create schema%')
        and not exists (select from graphile_migrate.migrations) as unfinished`,
  );
  if (!rows[0]?.unfinished) return;
  throw new Sentence(startOver);
}

/** Names the file of db/ that the migration in the making fails in; PostgreSQL often doesn't. */
async function findCulprit(owner: pg.Client, settings: Settings): Promise<string | undefined> {
  const folder = join(migrationsFolder, "current");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const parts = (await compile(settings, texts.join("\n"))).split(/^(?=--! Included )/m);
  await owner.query("begin");
  for (const part of parts) {
    try {
      await owner.query(part);
    } catch (thrown) {
      await owner.query("rollback");
      const name = /^--! Included (.*)/.exec(part)?.[1] ?? "its beginning";
      const at = thrown instanceof DatabaseError && thrown.position ? Number(thrown.position) : undefined;
      const line = at === undefined ? "" : `:${part.slice(0, at).split("\n").length - 1}`;
      return `migrations/current fails in db/${name}${line}: ${messageOf(thrown)}`;
    }
  }
  await owner.query("rollback");
  return undefined;
}

/** What failed where, as graphile-migrate draws it. */
export function explain(thrown: unknown): string {
  const drawn =
    thrown instanceof Error && "_gmMessageOverride" in thrown ? String(thrown._gmMessageOverride) : undefined;
  const where = thrown instanceof Error && "where" in thrown && thrown.where ? `\n${String(thrown.where)}` : "";
  return `A migration failed. ${drawn ?? messageOf(thrown)}${where}`;
}
