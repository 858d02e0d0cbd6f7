import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Home } from "./home.ts";
import { Server } from "./postgres/server.ts";
import { codeOf, messageOf, Sentence } from "./sentence.ts";

/** A PostgreSQL 18 with one connection string for each of PitLedger's logins. */
export interface Database {
  readonly ownerUrl: string;
  readonly gatewayUrl: string;
  readonly workerUrl: string;
  /** Whether the server is the one from npm, run by PitLedger itself. */
  readonly embedded: boolean;
  /** Stops the embedded server if this process runs it; otherwise does nothing. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** What to do when another process runs the home's database already: refuse, or use it too. */
  readonly whenRunning?: "refuse" | "share";
  /** Hears of a server that died and was started again. */
  readonly onNotice?: (sentence: string) => void;
  /** Hears that the server died and can't be started again. */
  readonly onLost?: (error: Error) => void;
}

/** Opens the database of `DATABASE_URL`, or else starts the embedded one of this home. */
export async function openDatabase(home: Home, options: DatabaseOptions = {}): Promise<Database> {
  const url = process.env.DATABASE_URL;
  return url ? openExternal(home, url) : openEmbedded(home, options);
}

async function openExternal(home: Home, ownerUrl: string): Promise<Database> {
  const client = await connectExternal(ownerUrl);
  try {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int / 10000 as version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < 18) throw new Sentence(`DATABASE_URL leads to PostgreSQL ${version}; PitLedger needs 18 or later.`);
  } catch (thrown) {
    if (thrown instanceof Sentence) throw thrown;
    throw new Sentence(`The database of DATABASE_URL doesn't answer: ${messageOf(thrown)}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
  return {
    ownerUrl,
    gatewayUrl: process.env.GATEWAY_DATABASE_URL || asRole(ownerUrl, "pit_gateway", home.secret("gateway")),
    workerUrl: process.env.WORKER_DATABASE_URL || asRole(ownerUrl, "pit_worker", home.secret("worker")),
    embedded: false,
    stop: async () => undefined,
  };
}

/** Connects to the database of DATABASE_URL, and makes it when its server doesn't have it yet. */
async function connectExternal(ownerUrl: string): Promise<pg.Client> {
  try {
    return await connect(ownerUrl);
  } catch (thrown) {
    const hasNoDatabase = codeOf(thrown) === "3D000";
    if (!hasNoDatabase) throw new Sentence(`The database of DATABASE_URL can't be reached: ${messageOf(thrown)}.`);
  }
  await createDatabase(ownerUrl);
  return connect(ownerUrl);
}

/** Connects, or leaves nothing behind. */
export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (thrown) {
    await client.end().catch(() => undefined);
    throw thrown;
  }
}

/** Starts the embedded server of a home, whatever `DATABASE_URL` says. */
export async function openEmbedded(home: Home, options: DatabaseOptions = {}): Promise<Database> {
  const server = new Server(home);
  const { keeper, port } = await settle(server, home, options);
  const ownerUrl = embeddedUrl(home, port);
  await createDatabase(ownerUrl);
  const supervisor = keeper && new Supervisor(server, home, options, keeper);
  return {
    ownerUrl,
    gatewayUrl: asRole(ownerUrl, "pit_gateway", home.secret("gateway")),
    workerUrl: asRole(ownerUrl, "pit_worker", home.secret("worker")),
    embedded: true,
    stop: async () => supervisor?.stop(),
  };
}

/** The superuser's connection string of the database in use, and whether it can be reached now. */
export function currentUrl(home: Home): { url: string; isRunning: boolean } {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, isRunning: true };
  const server = new Server(home);
  const running = server.running();
  return { url: embeddedUrl(home, running?.port ?? server.lastPort()), isRunning: running !== undefined };
}

function embeddedUrl(home: Home, port: number): string {
  return `postgres://postgres:${home.secret("superuser")}@127.0.0.1:${port}/pitledger`;
}

/** The same server and database as another login. */
export function asRole(url: string, role: string, password: string): string {
  const other = new URL(url);
  other.username = role;
  other.password = password;
  return other.href;
}

/** The same server and login, another database. */
export function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

/**
 * Whoever runs the home's server holds this lock in a session of its own, the keeper. The server
 * frees it the moment that process is gone, also by kill -9, and the next start takes the server
 * over. So there is no lock file to go stale.
 */
const keeperLock = 7_408_018;
const keeperName = "pitledger keeper, process ";

interface Settled {
  readonly port: number;
  /** Undefined when another process runs the server and we only use it. */
  readonly keeper: pg.Client | undefined;
}

async function settle(server: Server, home: Home, options: DatabaseOptions): Promise<Settled> {
  await server.initialise();
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const running = server.running();
    if (!running) {
      await server.start();
      continue;
    }
    const keeper = running.port > 0 ? await connectKeeper(running.port, home) : undefined;
    if (keeper) {
      const holder = await takeLock(keeper);
      if (holder === undefined) return { port: running.port, keeper };
      await keeper.end();
      if (options.whenRunning === "share") return { port: running.port, keeper: undefined };
      throw new Sentence(
        `PitLedger already runs on ${home.dir} (process ${holder}): stop it first, or set PITLEDGER_HOME to another folder.`,
      );
    }
    await sleep(100);
  }
  throw new Sentence(`The database in ${home.dir} neither starts nor stops: see ${home.logFile}.`);
}

/** A connection, or undefined while the server is starting or stopping. */
async function connectKeeper(port: number, home: Home): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: home.secret("superuser"),
    database: "postgres",
    application_name: `${keeperName}${process.pid}`,
    keepAlive: true,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (thrown) {
    await client.end().catch(() => undefined);
    if (codeOf(thrown) === "28P01") {
      if (takeBackPassword(home)) return undefined;
      throw new Sentence(
        `The passwords in ${home.dir}/secrets.json don't open the database beside them: restore the file, or remove the whole folder.`,
      );
    }
    return undefined;
  }
}

/** A change of passwords that was killed before the server committed it never happened. */
function takeBackPassword(home: Home): boolean {
  const before = home.known("superuser_before");
  if (before === undefined) return false;
  home.replaceSecrets({ superuser: before, superuser_before: undefined });
  return true;
}

/** Takes the keeper's lock; returns who has it when that isn't us. */
async function takeLock(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ taken: boolean; holder: string | null }>(
    `select pg_try_advisory_lock($1) as taken,
       (select replace(a.application_name, $2, '') from pg_locks l join pg_stat_activity a using (pid)
         where l.locktype = 'advisory' and l.objid = $1 and l.granted and a.pid <> pg_backend_pid()
         limit 1) as holder`,
    [keeperLock, keeperName],
  );
  return rows[0]?.taken ? undefined : (rows[0]?.holder ?? "unknown");
}

async function createDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const client = await connect(inDatabase(url, "postgres"));
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (thrown) {
    // Two commands that share a fresh server may both try.
    if (!["23505", "42P04"].includes(codeOf(thrown) ?? "")) throw thrown;
  } finally {
    await client.end();
  }
}

/** Watches the server by the keeper's connection and starts it again when it dies. */
class Supervisor {
  readonly #server: Server;
  readonly #home: Home;
  readonly #options: DatabaseOptions;
  #keeper: pg.Client;
  #isStopping = false;
  #restarts: number[] = [];
  readonly #onExit = () => this.#server.signal("SIGINT");

  constructor(server: Server, home: Home, options: DatabaseOptions, keeper: pg.Client) {
    this.#server = server;
    this.#home = home;
    this.#options = options;
    this.#keeper = keeper;
    this.#watch(keeper);
    // Whatever ends this process without stop() still stops the server.
    process.once("exit", this.#onExit);
  }

  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    process.removeListener("exit", this.#onExit);
    await this.#letOthersLeave().catch(() => undefined);
    await this.#keeper.end().catch(() => undefined);
    await this.#server.stop();
  }

  /** Libraries close their pools without waiting; cut off, such a connection would raise an error. */
  async #letOthersLeave(): Promise<void> {
    const deadline = Date.now() + 1_000;
    while (Date.now() < deadline) {
      const { rowCount } = await this.#keeper.query(
        "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
      );
      if (rowCount === 0) return;
      await sleep(20);
    }
  }

  #watch(keeper: pg.Client): void {
    keeper.once("end", () => {
      if (!this.#isStopping) void this.#recover();
    });
  }

  async #recover(): Promise<void> {
    const now = Date.now();
    this.#restarts = [...this.#restarts.filter((at) => at > now - 60_000), now];
    try {
      if (this.#restarts.length > 3)
        throw new Sentence(`The database stopped three times in a minute: see ${this.#home.logFile}.`);
      if (!this.#server.isInitialised())
        throw new Sentence(`The database in ${this.#home.dir} was removed while it ran.`);
      const { keeper } = await settle(this.#server, this.#home, { whenRunning: "refuse" });
      if (!keeper) return;
      this.#keeper = keeper;
      this.#watch(keeper);
      this.#options.onNotice?.("The database stopped unexpectedly and was started again.");
      if (this.#isStopping) await this.#server.stop();
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (this.#options.onLost) this.#options.onLost(error);
      else throw error;
    }
  }
}
