import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome, projectRoot } from "../../bin/lib/home.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { withClient } from "../support/cluster.ts";
import { expected, lakeview, readReport, stateOf } from "../support/lakeview.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { type Stack, startDatabase } from "../support/stack.ts";

type Environment = Record<string, string>;

const inTheMiddle = /lines \(30 %\)/;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const replay = (environment: Environment, ...args: string[]) => new Command(["replay", lakeview, ...args], environment);

/** Runs the same replay again and expects the state that an undisturbed one leads to. */
async function expectGoodEnd(environment: Environment): Promise<void> {
  const report = join(folder, "report.json");
  const command = replay(environment, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  expect(stateOf(readReport(report))).toEqual(stateOf(expected));
  expect(readReport(report).replayed).toBeGreaterThan(500);
}

test("with everything of its own: killed in the middle, then its database killed, the end is the same", async () => {
  const home = join(folder, "home");
  const environment = { PITLEDGER_HOME: home };
  try {
    const first = replay(environment);
    await first.says(inTheMiddle);
    first.kill("SIGKILL");
    expect(await first.exited).toBe("SIGKILL");

    const second = replay(environment, "--report", join(folder, "second.json"));
    await second.says(/lines \(60 %\)/);
    const postmaster = readFileSync(join(home, "postgres/postmaster.pid"), "utf8").split("\n")[0];
    process.kill(Number(postmaster), "SIGKILL");
    expect(await second.exited, second.output).toBe(0);
    expect(stateOf(readReport(join(folder, "second.json")))).toEqual(stateOf(expected));

    await expectGoodEnd(environment);
  } finally {
    await new Server(openHome(home)).stop();
  }
});

/** A server in a process of its own, on a given port, so that it can be killed and come back. */
class Gateway {
  readonly #url: string;
  #process: ChildProcess | undefined;
  port = 0;

  constructor(gatewayUrl: string) {
    this.#url = gatewayUrl;
  }

  async start(): Promise<void> {
    const source = `const { startServer } = await import(${JSON.stringify(join(projectRoot, "graphql/server.ts"))});
      const server = await startServer({ gatewayUrl: process.env.GATEWAY_URL, port: ${this.port}, host: "127.0.0.1" });
      console.log(new URL(server.url).port);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
      env: { ...process.env, GATEWAY_URL: this.#url, PITLEDGER_LOG_LEVEL: "silent" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    this.port = Number(port.toString());
  }

  async kill(): Promise<void> {
    if (this.#process?.exitCode !== null) return;
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
  }

  get environment(): Environment {
    return { PITLEDGER_URL: `http://127.0.0.1:${this.port}` };
  }
}

async function withGateway(work: (gateway: Gateway, database: Omit<Stack, "url">) => Promise<void>): Promise<void> {
  const database = await startDatabase();
  const gateway = new Gateway(database.gatewayUrl);
  try {
    await gateway.start();
    await work(gateway, database);
  } finally {
    await gateway.kill();
    await database.stop();
  }
}

test("a server whose connections are cut, and that is killed then and comes back, is waited for", () =>
  withGateway(async (gateway, { ownerUrl }) => {
    const environment = { ...gateway.environment, DATABASE_URL: ownerUrl };
    const report = join(folder, "waited.json");
    const command = replay(environment, "--report", report);
    await command.says(inTheMiddle);
    for (let cut = 0; cut < 3; cut++) await cutConnections(ownerUrl);
    await command.says(/lines \(60 %\)/);
    await gateway.kill();
    await command.says(/can't be reached \(/);
    await gateway.start();
    expect(await command.exited, command.output).toBe(0);
    expect(stateOf(readReport(report))).toEqual(stateOf(expected));
  }));

/** The database ends every connection of the server, also one in the middle of a request. */
async function cutConnections(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (owner) =>
    owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = 'pit_gateway'`,
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
}

test("a server that stays away is given up with a sentence, and the next replay goes on", () =>
  withGateway(async (gateway, { ownerUrl }) => {
    const environment = { ...gateway.environment, DATABASE_URL: ownerUrl };
    const command = replay(environment, "--patience", "1");
    await command.says(inTheMiddle);
    await gateway.kill();
    expect(await command.exited).toBe(1);
    expect(command.output).toMatch(
      /Lines \d+ to \d+ could not be sent: The server at \S+ can't be reached \(.+\)\. What was sent before them is kept; run the same command again to go on\./,
    );
    await gateway.start();
    await expectGoodEnd(environment);
  }));

test("Ctrl-C ends it after the running request, and the next replay goes on", () =>
  withGateway(async (gateway, { ownerUrl }) => {
    const environment = { ...gateway.environment, DATABASE_URL: ownerUrl };
    const command = replay(environment);
    await command.says(inTheMiddle);
    command.kill("SIGINT");
    expect(await command.exited).toBe(130);
    expect(command.output).toContain("Stopped. What was sent is kept; run the same command again to go on.");

    const { rows } = await withClient(ownerUrl, (owner) =>
      owner.query(
        `select (select count(*)::int from identity.session where revoked_at is null) as open_sessions,
           (select count(*)::int from ops.ingested_event) as events`,
      ),
    );
    expect(rows[0].open_sessions).toBe(0);
    expect(rows[0].events).toBeGreaterThan(500);
    await expectGoodEnd(environment);
  }));

test("two replays of one file at the same time end in the same state", () =>
  withGateway(async (gateway, { ownerUrl }) => {
    const environment = { ...gateway.environment, DATABASE_URL: ownerUrl };
    const both = [replay(environment), replay(environment)];
    for (const command of both) expect(await command.exited, command.output).toBe(0);
    await expectGoodEnd(environment);
  }));
