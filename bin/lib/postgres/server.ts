import { spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Home } from "../home.ts";
import { codeOf, Sentence } from "../sentence.ts";
import { type Account, serverAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { isAlive, type Postmaster, placeOfData, runningServer } from "./files.ts";

/** The embedded server of one home: the folder and the process, without who uses it. */
export class Server {
  readonly dataDir: string;
  readonly #home: Home;
  readonly #account: Account | undefined;

  constructor(home: Home) {
    this.#home = home;
    this.#account = serverAccount();
    this.dataDir = placeOfData(home, this.#account);
  }

  running(): Postmaster | undefined {
    return runningServer(this.dataDir);
  }

  /** The port that the server had last; 0 when it never ran. */
  lastPort(): number {
    return existsSync(this.#home.portFile) ? Number(readFileSync(this.#home.portFile, "utf8")) : 0;
  }

  /** Makes the data directory: whole or not at all, so that a kill in between leaves no half of it. */
  async initialise(): Promise<void> {
    if (this.isInitialised()) return;
    const { initdb } = findBinaries(this.#account);
    const draft = this.#makeDraft();
    const passwordFile = join(draft, "password");
    const data = join(draft, "data");
    try {
      writeFileSync(passwordFile, this.#home.secret("superuser"), { mode: 0o600 });
      if (this.#account) for (const path of [passwordFile, draft]) this.#give(path);
      const flags = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"];
      // PostgreSQL's own collation is the same everywhere; the system's changes with its updates.
      flags.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
      // Written to postgresql.conf, where whoever looks after the server can change it.
      flags.push(`--set=max_parallel_workers_per_gather=${helpers()}`);
      await this.#run(initdb, [...flags, `--pwfile=${passwordFile}`, `--pgdata=${data}`]);
      renameSync(data, this.dataDir);
    } catch (thrown) {
      // Another start was faster.
      if (!this.isInitialised()) throw thrown;
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }

  /** Makes the data directory from a base backup's tar, once its files have passed the check. */
  async restore(tar: string, check: (folder: string) => Promise<number>): Promise<number> {
    if (this.isInitialised()) {
      throw new Sentence(`There is a database in ${this.dataDir}: move the folder away first, it may still be needed.`);
    }
    const draft = this.#makeDraft();
    try {
      await unpack(tar, draft);
      const files = await check(draft);
      this.#giveAll(draft);
      renameSync(draft, this.dataDir);
      return files;
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }

  #makeDraft(): string {
    try {
      return mkdtempSync(`${this.dataDir}.new-`);
    } catch (thrown) {
      throw new Sentence(
        `The folder ${dirname(this.dataDir)} can't be written (${codeOf(thrown)}): set PITLEDGER_HOME to a folder that you can write to.`,
      );
    }
  }

  /** Starts the server and waits until it takes connections, or until another process did that. */
  async start(): Promise<void> {
    const { postgres } = findBinaries(this.#account);
    const deadline = Date.now() + 60_000;
    let keepPort = true;
    while (Date.now() < deadline) {
      const port = await this.#choosePort(keepPort);
      const logStart = existsSync(this.#home.logFile) ? statSync(this.#home.logFile).size : 0;
      const exited = this.#spawn(postgres, port);
      if (await this.#isReady(exited, deadline)) return;
      // A lost race for the directory, or a killed server's processes that are still on their way out.
      const said = readFileSync(this.#home.logFile, "utf8").slice(logStart);
      const isPassing = /lock file .* already exists|shared memory block .* still in use|could not bind/s.test(said);
      if (!isPassing) throw new Sentence(this.#whyItFailed(said));
      if (this.running()) return;
      // Whoever uses the server knows its port; it changes only when somebody else has it.
      keepPort = !said.includes("could not bind");
      await sleep(300);
    }
    throw new Sentence(`The embedded PostgreSQL didn't start within a minute: see ${this.#home.logFile}.`);
  }

  /** Ends the server: open transactions are rolled back, everything committed is on disk. */
  async stop(): Promise<void> {
    await this.#end("SIGINT", 30_000);
    await this.#end("SIGQUIT", 10_000);
    if (this.running()) throw new Sentence(`The database in ${this.dataDir} doesn't stop; end its processes yourself.`);
  }

  async #end(signal: NodeJS.Signals, patience: number): Promise<void> {
    const server = this.running();
    if (!server) return;
    this.signal(signal);
    const deadline = Date.now() + patience;
    while (isAlive(server.pid) && Date.now() < deadline) await sleep(20);
  }

  signal(signal: NodeJS.Signals): void {
    const server = this.running();
    try {
      if (server) process.kill(server.pid, signal);
    } catch (thrown) {
      if (codeOf(thrown) !== "ESRCH") throw thrown;
    }
  }

  isInitialised(): boolean {
    try {
      return readFileSync(join(this.dataDir, "PG_VERSION")).length > 0;
    } catch (thrown) {
      if (codeOf(thrown) === "ENOENT") return false;
      throw new Sentence(`${this.dataDir} belongs to another user: run PitLedger as that user, or set PITLEDGER_HOME.`);
    }
  }

  #give(path: string): void {
    if (this.#account) chownSync(path, this.#account.uid, this.#account.gid);
  }

  #giveAll(path: string): void {
    this.#give(path);
    if (!this.#account) return;
    for (const entry of readdirSync(path, { recursive: true, encoding: "utf8" })) this.#give(join(path, entry));
  }

  /** Only what the server needs: PGDATA, PGPORT and the like of the user's shell mustn't reach it. */
  #environment(): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  }

  /** The server has its own process group: Ctrl-C at the terminal must not reach it before us. */
  #spawn(postgres: string, port: number): Promise<void> {
    const log = this.#openLog();
    const settings = {
      listen_addresses: "127.0.0.1",
      port,
      unix_socket_directories: "",
      max_connections: 200,
      // Every refusal is an error to PostgreSQL: the log gets its line, but neither the statement, which
      // a client can make long, nor the details, which quote rows.
      log_min_error_statement: "panic",
      log_error_verbosity: "terse",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child = spawn(postgres, ["-D", this.dataDir, ...flags], {
      ...this.#account,
      cwd: "/",
      detached: true,
      env: this.#environment(),
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child.unref();
    return new Promise((resolve, reject) => {
      child.once("exit", () => resolve());
      child.once("error", reject);
    });
  }

  async #isReady(exited: Promise<void>, deadline: number): Promise<boolean> {
    let isOver = false;
    const watch = exited.then(() => {
      isOver = true;
    });
    while (!isOver && Date.now() < deadline) {
      if (this.running()?.ready) return true;
      await Promise.race([watch, sleep(15)]);
    }
    return false;
  }

  async #run(file: string, flags: string[]): Promise<void> {
    const child = spawn(file, flags, {
      ...this.#account,
      cwd: "/",
      env: this.#environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code !== 0) throw new Sentence(this.#whyItFailed(said));
  }

  #whyItFailed(said: string): string {
    const reason = /(?:FATAL|PANIC|error|ERROR):\s*(.+)/.exec(said)?.[1] ?? said.trim().split("\n").pop();
    return `The embedded PostgreSQL in ${dirname(this.dataDir)} doesn't start: ${reason || "it said nothing"}. Its log is ${this.#home.logFile}.`;
  }

  #openLog(): number {
    const tooLarge = 20 * 1024 * 1024;
    const size = statSync(this.#home.logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size > tooLarge) renameSync(this.#home.logFile, `${this.#home.logFile}.1`);
    return openSync(this.#home.logFile, "a", 0o600);
  }

  /** The port of last time when it is free, so that a DBA's saved connections go on working. */
  async #choosePort(keepLast: boolean): Promise<number> {
    const last = this.lastPort();
    const port = (keepLast && last > 0 ? await freePort(last) : undefined) ?? (await freePort(0));
    if (port === undefined) throw new Sentence("This machine has no free port on 127.0.0.1 for the database.");
    if (port !== last) writeFileSync(this.#home.portFile, `${port}\n`);
    return port;
  }
}

/** Processors beside the one that runs a query: more workers than that only take turns. */
function helpers(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

/** PostgreSQL's tar holds no links but those of tablespaces, which the embedded server has none of. */
async function unpack(tar: string, folder: string): Promise<void> {
  const child = spawn("tar", ["-x", "-f", tar, "-C", folder, "--no-same-owner"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(new Sentence("tar isn't installed here.")));
    child.once("close", resolve);
  });
  if (code !== 0) throw new Sentence(`The backup is damaged: ${tar} can't be unpacked (${said.trim()}).`);
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}
