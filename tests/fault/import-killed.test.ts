import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbedded } from "../../bin/lib/database.ts";
import { openHome } from "../../bin/lib/home.ts";
import { migrate } from "../../bin/lib/migrate.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { randomNumbers } from "../bench/legacy.ts";
import { withClient } from "../support/cluster.ts";
import { expectedImport, legacy, readImportReport } from "../support/legacy.ts";
import { Command, temporaryFolder } from "../support/process.ts";

// Whoever works at an import is killed with kill -9 at random moments, again and again over one import.

const victims = ["importer", "worker", "database"] as const;
type Victim = (typeof victims)[number];

const killsOfEach = 8;

const seed = Number(process.env.PITLEDGER_TEST_SEED || Date.now() % 2 ** 31);
const patient = { timeout: 60_000, interval: 100 };

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("importer, worker and database are killed 24 times over one import, and the end is the expected one", async () => {
  console.log(`PITLEDGER_TEST_SEED=${seed} repeats these kills`);
  const random = randomNumbers(seed);
  const site = await Site.make(join(folder, "home"));
  const kills: Record<Victim, number> = { importer: 0, worker: 0, database: 0 };
  const states: string[] = [];
  try {
    const lift = await slowDown(site.ownerUrl);
    for (const victim of orderOfKills(random)) {
      await site.atWork(victim);
      await sleep(random() * 400);
      states.push(await site.state());
      await site.kill(victim);
      kills[victim] += 1;
    }
    await site.startDatabase();
    expect(await site.state(), "the import goes on after the last kill").toBe("posting");
    expect(kills).toEqual({ importer: killsOfEach, worker: killsOfEach, database: killsOfEach });
    expect(states.filter((state) => state === "staging").length).toBeGreaterThanOrEqual(2);
    expect(states.filter((state) => state === "posting").length).toBeGreaterThanOrEqual(15);
    expect(await site.steps("pit_worker")).toBeGreaterThanOrEqual(killsOfEach);
    expect(await site.steps("postgres")).toBeGreaterThanOrEqual(killsOfEach);

    await lift();
    site.startWorker();
    expect(await site.report(join(folder, "report.json"))).toEqual(expectedImport);
    await expect.poll(() => site.jobs(), patient).toBe(0);
    expect(await site.report(join(folder, "again.json"))).toEqual(expectedImport);
    for (const proof of ["verify", "reconcile"]) {
      const command = new Command([proof], site.environment);
      expect(await command.exited, command.output).toBe(0);
    }
  } finally {
    await site.close();
  }
}, 300_000);

/** The worker has nothing to do before the rows are staged; after that anybody may be next. */
function orderOfKills(random: () => number): Victim[] {
  const first: Victim[] = ["importer", "database", "importer"];
  const rest = victims.flatMap((victim) =>
    Array<Victim>(killsOfEach - first.filter((each) => each === victim).length).fill(victim),
  );
  const drawn: Victim[] = [];
  while (rest.length > 0) drawn.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return [...first, ...drawn];
}

/**
 * The same functions in steps of four rows, with a pause in each transaction that stages rows or posts
 * them, so that there are moments to kill at; and on record who has taken a step. Gives what lifts it.
 */
async function slowDown(ownerUrl: string): Promise<() => Promise<void>> {
  const chunked = ["ops._advance_import", "ops._halfway"];
  return withClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ text: string }>(
      "select pg_get_functiondef(f::regproc) as text from unnest($1::text[]) as f",
      [chunked],
    );
    const usual = rows.map(({ text }) => text);
    for (const text of usual) {
      const slower = text.replace("DEFAULT 20000", "DEFAULT 4");
      expect(slower).not.toBe(text);
      await owner.query(slower);
    }
    await owner.query(`
      create table public.step (who name not null);
      create function public.take_a_step() returns trigger language plpgsql security definer as $$
      begin
        perform pg_sleep(0.25);
        insert into public.step values (session_user);
        return null;
      end $$;
      create function public.take_a_moment() returns trigger language plpgsql as $$
      begin
        perform pg_sleep(0.5);
        return null;
      end $$;
      create trigger takes_a_step before update on ops.import_batch
      for each statement execute function public.take_a_step();
      create trigger takes_a_moment before insert on ops.import_row
      for each statement execute function public.take_a_moment()`);
    return () =>
      withClient(ownerUrl, async (again) => {
        await again.query("drop trigger takes_a_step on ops.import_batch");
        await again.query("drop trigger takes_a_moment on ops.import_row");
        for (const text of usual) await again.query(text);
      });
  });
}

/** A command that is started whenever it doesn't run. */
class Service {
  readonly #start: () => Command;
  #command: Command | undefined;

  constructor(start: () => Command) {
    this.#start = start;
  }

  running(): Command {
    if (this.#command) return this.#command;
    const command = this.#start();
    this.#command = command;
    void command.exited.then(() => {
      if (this.#command === command) this.#command = undefined;
    });
    return command;
  }

  async kill(): Promise<void> {
    const command = this.#command;
    command?.kill("SIGKILL");
    await command?.exited;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** A database, an importer and a worker, each in a process of its own. */
class Site {
  readonly ownerUrl: string;
  readonly environment: Record<string, string>;
  readonly #server: Server;
  readonly #importer: Service;
  readonly #worker: Service;

  private constructor(home: string, urls: { ownerUrl: string; gatewayUrl: string; workerUrl: string }) {
    this.ownerUrl = urls.ownerUrl;
    this.environment = {
      DATABASE_URL: urls.ownerUrl,
      GATEWAY_DATABASE_URL: urls.gatewayUrl,
      WORKER_DATABASE_URL: urls.workerUrl,
      PITLEDGER_HOME: home,
    };
    this.#server = new Server(openHome(home));
    this.#importer = new Service(() => new Command(["import", legacy], this.environment));
    this.#worker = new Service(() => new Command(["worker"], { WORKER_DATABASE_URL: urls.workerUrl }));
  }

  /** With a server that nobody looks after, so that it can be killed as often as one likes. */
  static async make(home: string): Promise<Site> {
    const database = await openEmbedded(openHome(home));
    await migrate(database).finally(() => database.stop());
    const site = new Site(home, database);
    await site.#server.start();
    return site;
  }

  async startDatabase(): Promise<void> {
    if (!this.#server.running()) await this.#server.start();
  }

  startWorker(): void {
    this.#worker.running();
  }

  /** Starts what doesn't run, and waits until the one that is to be killed has something in hand. */
  async atWork(victim: Victim): Promise<void> {
    await this.startDatabase();
    if (victim === "importer") {
      await expect.poll(() => this.#importer.running().output, patient).toMatch(/Staging|Posting/);
    } else if (victim === "worker") {
      const before = await this.steps("pit_worker");
      const hasTakenAStep = async () => {
        this.#importer.running();
        this.#worker.running();
        await this.#hurry();
        return (await this.steps("pit_worker")) > before;
      };
      await expect.poll(hasTakenAStep, patient).toBe(true);
    }
  }

  async kill(victim: Victim): Promise<void> {
    if (victim === "importer") return this.#importer.kill();
    if (victim === "worker") return this.#worker.kill();
    const { pid = 0, port = 0 } = this.#server.running() ?? {};
    expect(pid).toBeGreaterThan(0);
    process.kill(pid, "SIGKILL");
    // Its processes see that it is gone and let go of the port, which the next one has again.
    await expect.poll(() => this.#server.running(), patient).toBeUndefined();
    await expect.poll(() => isFree(port), patient).toBe(true);
  }

  async state(): Promise<string> {
    const [row] = await this.#sql<{ state: string }>("select state from ops.import_batch");
    return row?.state ?? "none";
  }

  /** How many steps somebody has taken, by the login. */
  async steps(who: string): Promise<number> {
    const [row] = await this.#sql<{ n: number }>("select count(*)::int as n from public.step where who = $1", [who]);
    return row?.n ?? 0;
  }

  async jobs(): Promise<number> {
    await this.#hurry();
    const [row] = await this.#sql<{ n: number }>(
      "select count(*)::int as n from graphile_worker.jobs where task_identifier = 'ops/advance_import'",
    );
    return row?.n ?? 0;
  }

  async report(file: string) {
    const command = new Command(["import", legacy, "--report", file], this.environment);
    expect(await command.exited, command.output).toBe(0);
    expect(command.output).toContain("All rows are accounted for.");
    return readImportReport(file);
  }

  async close(): Promise<void> {
    await this.#importer.kill();
    await this.#worker.kill();
    await this.#server.stop();
  }

  /** A job that has failed waits longer each time, for hours in the end; here time goes faster. */
  async #hurry(): Promise<void> {
    await this.#sql(`update graphile_worker._private_jobs set run_at = now(), attempts = 1
      where key like 'pit:ops/advance_import:%' and locked_at is null and attempts > 0`);
  }

  #sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return withClient(this.ownerUrl, async (owner) => (await owner.query<Row>(text, values)).rows);
  }
}
