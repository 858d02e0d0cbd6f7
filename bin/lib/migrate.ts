import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Database } from "./database.ts";
import { projectRoot } from "./home.ts";
import { applyMigrations } from "./migrations.ts";
import { scramVerifier } from "./scram.ts";
import { codeOf, messageOf, Sentence } from "./sentence.ts";
import { installWorkerSchema } from "./worker-schema.ts";

/** Concurrent migrations of one database wait for each other on this advisory lock. */
const migrationLock = 7_408_019;

/**
 * Brings a database to what this checkout says: cluster roles, the job queue's schema, migrations,
 * privileges on the database itself, passwords of the two logins. Does nothing when nothing is due.
 */
export async function migrate(database: Pick<Database, "ownerUrl" | "gatewayUrl" | "workerUrl">): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await owner.query("select pg_advisory_lock($1)", [migrationLock]);
    await makeRoles(owner);
    await installWorkerSchema(owner, database.ownerUrl);
    await applyMigrations(owner, database.ownerUrl);
    await closeDatabase(owner);
    await showVersion(owner);
    await openLogin(owner, database.gatewayUrl, "GATEWAY_DATABASE_URL");
    await openLogin(owner, database.workerUrl, "WORKER_DATABASE_URL");
  } finally {
    await owner.end();
  }
}

/** The cluster's roles, of db/roles.sql. */
export async function makeRoles(owner: pg.Client): Promise<void> {
  const file = join(projectRoot, "db/roles.sql");
  try {
    await owner.query(await readFile(file, "utf8"));
  } catch (thrown) {
    if (codeOf(thrown) !== "42501") throw new Error(`db/roles.sql: ${messageOf(thrown)}`, { cause: thrown });
    throw new Sentence("DATABASE_URL must be the connection of a superuser, because PitLedger makes roles.");
  }
}

/** Who may enter the database at all; these privileges aren't part of it, so no migration holds them. */
export async function closeDatabase(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string; open: boolean }>(
    `select current_database() as name,
       has_database_privilege('public', current_database(), 'temporary')
       or has_database_privilege('public', current_database(), 'connect')
       or not has_database_privilege('pit_gateway', current_database(), 'connect') as open`,
  );
  const { name, open } = rows[0] ?? { name: "", open: false };
  if (!open) return;
  const database = pg.escapeIdentifier(name);
  await owner.query(`revoke all on database ${database} from public`);
  await owner.query(`grant connect on database ${database} to pit_gateway, pit_worker, pit_auditor`);
}

/** Lets the two logins see which migrations have run: a process that waits for one isn't ready. */
async function showVersion(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ hidden: boolean }>(
    `select not has_table_privilege('pit_gateway', 'graphile_migrate.migrations', 'select')
       or not has_table_privilege('pit_worker', 'graphile_migrate.migrations', 'select') as hidden`,
  );
  if (!rows[0]?.hidden) return;
  await owner.query("grant usage on schema graphile_migrate to pit_gateway, pit_worker");
  await owner.query("grant select on graphile_migrate.migrations to pit_gateway, pit_worker");
}

/** Sets a login's password when the one that its URL holds doesn't open the database. */
async function openLogin(owner: pg.Client, url: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return;
  } catch (thrown) {
    if (codeOf(thrown) !== "28P01") throw thrown;
  } finally {
    await client.end().catch(() => undefined);
  }
  const { username, password } = new URL(url);
  await refuseWhenShared(owner, username, variable);
  const role = pg.escapeIdentifier(decodeURIComponent(username));
  // The server's log may hold statements; it sees the verifier, never the password.
  const verifier = pg.escapeLiteral(scramVerifier(decodeURIComponent(password)));
  await owner.query(`alter role ${role} password ${verifier}`);
}

/** Logins belong to the whole server: a new password would lock out whoever uses the old one. */
async function refuseWhenShared(owner: pg.Client, login: string, variable: string): Promise<void> {
  const { rows } = await owner.query<{ datname: string }>(
    "select datname from pg_stat_activity where usename = $1 and datname <> current_database() limit 1",
    [login],
  );
  if (!rows[0]) return;
  throw new Sentence(
    `The login ${login} is in use by the PitLedger of the database "${rows[0].datname}" on this server: set ${variable} to a connection with that login's password.`,
  );
}
