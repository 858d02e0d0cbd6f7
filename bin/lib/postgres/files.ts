import { randomBytes } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Home } from "../home.ts";
import { codeOf, Sentence } from "../sentence.ts";
import { type Account, canReach } from "./account.ts";
import { sharedDir } from "./binaries.ts";

/** What postmaster.pid says about the server that wrote it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/**
 * Where the data directory really is. When the home lies in a folder that is closed to the server's
 * account, such as /root, the data goes to /var/lib/pitledger and the home holds a link to it.
 */
export function placeOfData(home: Home, account: Account | undefined): string {
  const entry = lstatSync(home.dataDir, { throwIfNoEntry: false });
  if (entry?.isSymbolicLink()) return readlinkSync(home.dataDir);
  if (entry || !account || canReach(account, home.dir)) return home.dataDir;
  const folder = join(sharedDir, randomBytes(6).toString("hex"));
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(sharedDir, 0o755);
    chmodSync(folder, 0o755);
    symlinkSync(join(folder, "postgres"), home.dataDir);
  } catch (thrown) {
    throw new Sentence(
      `The user "postgres", as which the database runs, can't reach ${home.dir}, and ${sharedDir} can't be written (${codeOf(thrown)}): set PITLEDGER_HOME to a folder that is open to all.`,
    );
  }
  return join(folder, "postgres");
}

/** The server that runs on this data directory, or undefined. Removes what a killed one left. */
export function runningServer(dataDir: string): Postmaster | undefined {
  const file = join(dataDir, "postmaster.pid");
  const lines = readLines(file);
  if (!lines) return undefined;
  const pid = Math.abs(Number(lines[0]));
  if (!isAlive(pid)) return undefined;
  if (!isServerOf(pid, dataDir)) {
    // The number belongs to another program by now, which PostgreSQL itself can't tell.
    rmSync(file, { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === "ready" };
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return undefined;
    throw new Sentence(`${file} belongs to another user: run PitLedger as that user, or set PITLEDGER_HOME.`);
  }
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return codeOf(thrown) === "EPERM";
  }
  return !isZombie(pid);
}

/** A killed server whose parent is gone stays in the table in containers that nobody reaps. */
function isZombie(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.startsWith("Z") ?? false;
  } catch {
    return false;
  }
}

function isServerOf(pid: number, dataDir: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataDir);
  } catch {
    // No /proc here (macOS): trust the file, as PostgreSQL does.
    return true;
  }
}
