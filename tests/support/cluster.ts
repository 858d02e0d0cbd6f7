import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Database, inDatabase, openEmbedded } from "../../bin/lib/database.ts";
import { type Home, openHome } from "../../bin/lib/home.ts";
import { closeDatabase, migrate } from "../../bin/lib/migrate.ts";
import { installPgtap } from "../../bin/lib/pgtap.ts";
import { isAlive } from "../../bin/lib/postgres/files.ts";
import { Server } from "../../bin/lib/postgres/server.ts";

/** A PostgreSQL for one test run, in a home of its own under the system's temporary folder. */
export interface Cluster {
  readonly home: string;
  /** Connections to the template `pitledger`: migrated, empty, never touched by a test. */
  readonly ownerUrl: string;
  readonly gatewayUrl: string;
  readonly workerUrl: string;
}

export interface RunningCluster extends Cluster {
  stop(): Promise<void>;
}

const prefix = "pitledger-test-";

/** Starts the server and makes the template, which is the migrated database unless told otherwise. */
export async function startCluster(
  makeTemplate: (database: Database) => Promise<void> = migrate,
): Promise<RunningCluster> {
  await removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o755);
  const home = openHome(join(folder, "home"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const database = await openEmbedded(home);
    await makeTemplate(database).catch(async (thrown: unknown) => {
      await database.stop();
      throw thrown;
    });
    const { ownerUrl, gatewayUrl, workerUrl } = database;
    return {
      home: home.dir,
      ownerUrl,
      gatewayUrl,
      workerUrl,
      async stop() {
        await database.stop();
        remove();
      },
    };
  } catch (thrown) {
    remove();
    throw thrown;
  }
}

/** Stops and removes the clusters of test runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    try {
      await new Server(openHome(join(folder, "home"))).stop();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's; it will tidy up its own.
    }
  }
}

export interface TestDatabase extends Cluster {
  readonly name: string;
  drop(): Promise<void>;
}

/** What a template holds beside the migrated schema. */
export type Content = "empty" | "demo" | "pgtap";

/** Makes a database of its own for a test file, from the template with this content. */
export async function createTestDatabase(cluster: Cluster, content: Content = "empty"): Promise<TestDatabase> {
  const name = `test_${process.pid}_${counter++}_${Math.random().toString(36).slice(2, 8)}`;
  await asRoot(cluster, async (root) => {
    // One at a time: CREATE DATABASE refuses while another session is connected to the template.
    await root.query("select pg_advisory_lock(7408020)");
    const template = await ensureTemplate(cluster, root, content);
    await root.query(`create database ${name} template ${template}`);
  });
  const urls = urlsFor(cluster, name);
  await withClient(urls.ownerUrl, closeDatabase);
  return {
    ...urls,
    name,
    drop: () =>
      asRoot(cluster, async (root) => void (await root.query(`drop database if exists ${name} with (force)`))),
  };
}

/** A database that holds nothing at all. */
export async function createEmptyDatabase(cluster: Cluster): Promise<Cluster> {
  const name = `test_${process.pid}_${counter++}_empty`;
  await asRoot(cluster, async (root) => void (await root.query(`create database ${name}`)));
  return urlsFor(cluster, name);
}

let counter = 0;

function urlsFor(cluster: Cluster, name: string): Cluster {
  return {
    home: cluster.home,
    ownerUrl: inDatabase(cluster.ownerUrl, name),
    gatewayUrl: inDatabase(cluster.gatewayUrl, name),
    workerUrl: inDatabase(cluster.workerUrl, name),
  };
}

async function ensureTemplate(cluster: Cluster, root: pg.Client, content: Content): Promise<string> {
  if (content === "empty") return "pitledger";
  const name = `template_${content}`;
  const { rowCount } = await root.query("select from pg_database where datname = $1 and datistemplate", [name]);
  if (rowCount === 1) return name;
  await root.query(`drop database if exists ${name}`);
  await root.query(`create database ${name} template pitledger`);
  const urls = urlsFor(cluster, name);
  if (content === "pgtap") await withClient(urls.ownerUrl, installPgtap);
  else await fillWithDemo(urls, openHome(cluster.home));
  await root.query(`alter database ${name} is_template true`);
  return name;
}

async function fillWithDemo(urls: Cluster, home: Home): Promise<void> {
  const { prepareDemo } = await import("../../bin/lib/demo-sign-ins.ts");
  const database: Database = { ...urls, embedded: true, stop: async () => undefined };
  await prepareDemo(database, home);
}

async function asRoot(cluster: Cluster, work: (root: pg.Client) => Promise<void>): Promise<void> {
  await withClient(inDatabase(cluster.ownerUrl, "postgres"), work);
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
