import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../bin/lib/home.ts";

/** A command of PitLedger that runs in a process of its own, and what it has said so far. */
export class Command {
  readonly #child: ChildProcess;
  readonly exited: Promise<number | NodeJS.Signals | null>;
  output = "";

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, [join(projectRoot, "bin/pitledger.js"), ...args], {
      env: { ...withoutConnections(), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    this.exited = new Promise((resolve) => this.#child.once("close", (code, signal) => resolve(signal ?? code)));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until the output matches, or fails with what was said instead. */
  async says(expected: RegExp, seconds = 60): Promise<RegExpExecArray> {
    const deadline = Date.now() + seconds * 1_000;
    let isOver = false;
    void this.exited.then(() => {
      isOver = true;
    });
    for (;;) {
      const found = expected.exec(this.output);
      if (found) return found;
      if (isOver || Date.now() > deadline) throw new Error(`expected ${expected}, but it said:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** The shell's own settings must not lead a test to somebody's database. */
function withoutConnections(): NodeJS.ProcessEnv {
  const { DATABASE_URL, GATEWAY_DATABASE_URL, WORKER_DATABASE_URL, PITLEDGER_HOME, PORT, ...rest } = process.env;
  return rest;
}

/** A folder for a home, which the server's account can reach when the tests run as root. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `pitledger-test-${process.pid}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
