import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome } from "../../bin/lib/home.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { runWorker } from "../../bin/lib/run.ts";
import { writeExport } from "../bench/legacy.ts";
import { withClient } from "../support/cluster.ts";
import { expectedImport, legacy, readImportReport } from "../support/legacy.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { startDatabase } from "../support/stack.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Environment = Record<string, string>;

const importer = (environment: Environment, ...args: string[]) => new Command(["import", ...args], environment);

async function reportOf(environment: Environment, dir: string) {
  const report = join(folder, "report.json");
  const command = importer(environment, dir, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toContain("All rows are accounted for.");
  return readImportReport(report);
}

/** Whether there was one to kill. */
function killDatabase(home: string): boolean {
  const pidFile = join(home, "postgres/postmaster.pid");
  if (!existsSync(pidFile)) return false;
  try {
    return process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGKILL");
  } catch {
    return false; // It was killed before, and its file is still there.
  }
}

test("a database that is killed under it is waited for", async () => {
  const dir = join(folder, "export");
  mkdirSync(dir);
  await writeExport(dir, 40_000);
  const environment = { PITLEDGER_HOME: join(folder, "home") };
  const home = openHome(environment.PITLEDGER_HOME);
  try {
    const report = join(folder, "killed.json");
    const command = importer(environment, dir, "--report", report);
    for (const moment of [/KB \(30 %\)/, /Posting/]) {
      await command.says(moment);
      expect(killDatabase(home.dir)).toBe(true);
    }
    expect(await command.exited, command.output).toBe(0);
    const found = readImportReport(report);
    expect(found.replayed).toBe(0);
    expect(await reportOf(environment, dir)).toEqual(found);
  } finally {
    await new Server(home).stop();
  }
}, 300_000);

test("the worker finishes what a killed importer has staged, and importers side by side do no harm", async () => {
  const database = await startDatabase();
  const environment = {
    DATABASE_URL: database.ownerUrl,
    GATEWAY_DATABASE_URL: database.gatewayUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    PITLEDGER_HOME: database.home,
  };
  try {
    const command = importer(environment, legacy);
    await command.says(/Enrolling|Posting/);
    command.kill("SIGKILL");
    await command.exited;
    const both = [importer(environment, legacy), importer(environment, legacy)];
    const worker = await runWorker(database.workerUrl);
    try {
      for (const each of both) expect(await each.exited, each.output).toBe(0);
      await expect.poll(() => countJobs(database.ownerUrl), { timeout: 30_000 }).toBe(0);
    } finally {
      await worker.stop();
    }
    expect(await reportOf(environment, legacy)).toEqual(expectedImport);
  } finally {
    await database.stop();
  }
}, 120_000);

async function countJobs(url: string): Promise<number> {
  const { rows } = await withClient(url, (owner) =>
    owner.query("select count(*)::int as n from graphile_worker.jobs where task_identifier = 'ops/advance_import'"),
  );
  return rows[0].n;
}
