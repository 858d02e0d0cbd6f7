import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Database, inDatabase, openDatabase } from "../../bin/lib/database.ts";
import { openHome } from "../../bin/lib/home.ts";
import { migrate } from "../../bin/lib/migrate.ts";
import { Sentence } from "../../bin/lib/sentence.ts";
import type { Undo } from "../../bin/lib/undo.ts";

/**
 * A migrated database of the bench's own: on the embedded server in a temporary home, or a scratch
 * database on the server of `DATABASE_URL`. The undo removes it.
 */
export async function openBenchDatabase(undo: Undo): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), `pitledger-bench-${process.pid}-`));
  chmodSync(folder, 0o755);
  undo.add("folder", async () => rmSync(folder, { recursive: true, force: true }));
  const opened = await openDatabase(openHome(join(folder, "home")));
  undo.add("database", opened.stop);
  return opened.embedded ? migrated(opened) : openAnother(opened, undo);
}

/** A further migrated database on the same server. The undo removes it. */
export async function openAnother(server: Database, undo: Undo, name = "bench"): Promise<Database> {
  return migrated(await makeScratch(server, undo, `pitledger_${name}_${process.pid}`));
}

async function migrated(database: Database): Promise<Database> {
  await migrate(database);
  return database;
}

async function makeScratch(server: Database, undo: Undo, name: string): Promise<Database> {
  const root = new pg.Client({ connectionString: server.ownerUrl });
  await root.connect();
  undo.add("connection", () => root.end());
  await root.query(`create database ${name}`);
  undo.add("scratch database", async () => void (await root.query(`drop database ${name} with (force)`)));
  return {
    ...server,
    ownerUrl: inDatabase(server.ownerUrl, name),
    gatewayUrl: inDatabase(server.gatewayUrl, name),
    workerUrl: inDatabase(server.workerUrl, name),
  };
}

/** Settings without which a rate says nothing, and those that explain one. */
export async function readSettings(owner: pg.Client): Promise<Record<string, string>> {
  const names = ["server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size"];
  const { rows } = await owner.query<{ name: string; value: string }>(
    "select name, current_setting(name) as value from unnest($1::text[]) as name",
    [names],
  );
  const settings = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  if (settings.fsync !== "on" || settings.synchronous_commit !== "on") {
    throw new Sentence("The bench measures durable commits only: set fsync and synchronous_commit to on.");
  }
  return settings;
}
