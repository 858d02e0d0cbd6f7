import { chmodSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome } from "../../bin/lib/home.ts";
import { isAlive } from "../../bin/lib/postgres/files.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { withClient } from "../support/cluster.ts";
import { Command, temporaryFolder } from "../support/process.ts";

let folder: string;
let home: string;
const running = /The database runs: (\S+)/;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder, "home");
});

afterEach(async () => {
  await new Server(openHome(home)).stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = () => new Command(["db"], { PITLEDGER_HOME: home });
const postmaster = () => Number(readFileSync(join(home, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

async function urlOf(command: Command): Promise<string> {
  return (await command.says(running))[1] ?? "";
}

/** Commits a row that must be there after whatever the test does. */
async function leaveMark(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query("create table if not exists public.mark (made timestamptz default now())"),
  );
  await withClient(url, (client) => client.query("insert into public.mark default values"));
}

async function marks(url: string): Promise<number> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ n: number }>("select count(*)::int as n from public.mark"),
  );
  return rows[0]?.n ?? 0;
}

test.each(["SIGINT", "SIGTERM"] as const)("%s stops the database and leaves nothing running", async (signal) => {
  const command = start();
  await command.says(running);
  const pid = postmaster();
  command.kill(signal);
  expect(await command.exited).toBe(0);
  expect(isAlive(pid)).toBe(false);
  expect(readdirSync(join(home, "postgres"))).not.toContain("postmaster.pid");
  expect(readFileSync(join(home, "postgres.log"), "utf8")).toContain("database system is shut down");
});

test("a second start on one home refuses with one sentence, and the first goes on", async () => {
  const first = start();
  const url = await urlOf(first);
  const second = start();
  expect(await second.exited).toBe(1);
  expect(second.output.trim()).toBe(
    `PitLedger already runs on ${home} (process ${first.pid}): stop it first, or set PITLEDGER_HOME to another folder.`,
  );
  await leaveMark(url);
  first.kill("SIGINT");
  expect(await first.exited).toBe(0);
});

test("of two first starts at the same moment one serves and one refuses", async () => {
  const commands = [start(), start()];
  const winner = await Promise.any(commands.map(async (command) => (await command.says(running)) && command));
  const loser = commands.find((command) => command !== winner);
  expect(await loser?.exited).toBe(1);
  expect(loser?.output).toContain("already runs on");
  winner.kill("SIGINT");
  expect(await winner.exited).toBe(0);
});

test("after kill -9 the next start takes the orphaned server over, with everything committed", async () => {
  const first = start();
  const url = await urlOf(first);
  await leaveMark(url);
  const orphan = postmaster();
  first.kill("SIGKILL");
  await first.exited;
  expect(isAlive(orphan)).toBe(true);

  const second = start();
  expect(await urlOf(second)).toBe(url);
  expect(await marks(url)).toBe(1);
  second.kill("SIGINT");
  expect(await second.exited).toBe(0);
  expect(isAlive(orphan)).toBe(false);
});

test("a killed server is started again on the same port while the command goes on", async () => {
  const command = start();
  const url = await urlOf(command);
  await leaveMark(url);
  process.kill(postmaster(), "SIGKILL");
  await command.says(/stopped unexpectedly and was started again/);
  expect(await marks(url)).toBe(1);
  command.kill("SIGINT");
  expect(await command.exited).toBe(0);
});

test("kill -9 of both, as when the machine loses power, loses nothing that was committed", async () => {
  const command = start();
  const url = await urlOf(command);
  await leaveMark(url);
  const pid = postmaster();
  command.kill("SIGKILL");
  process.kill(pid, "SIGKILL");
  await command.exited;
  const next = start();
  expect(await marks(await urlOf(next))).toBe(1);
  next.kill("SIGINT");
  await next.exited;
});

test("a postmaster.pid whose number belongs to another program by now doesn't stand in the way", async () => {
  const first = start();
  await first.says(running);
  const file = join(home, "postgres/postmaster.pid");
  const lines = readFileSync(file, "utf8").split("\n");
  first.kill("SIGINT");
  await first.exited;
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join("\n"));
  const second = start();
  await second.says(running);
  second.kill("SIGINT");
  expect(await second.exited).toBe(0);
});

test("a port that somebody else took since is replaced by a free one", async () => {
  const first = start();
  const url = new URL(await urlOf(first));
  first.kill("SIGINT");
  await first.exited;
  const squatter = createServer().listen(Number(url.port), "127.0.0.1");
  try {
    const second = start();
    expect(new URL(await urlOf(second)).port).not.toBe(url.port);
    second.kill("SIGINT");
    await second.exited;
  } finally {
    squatter.close();
  }
});

test("the server listens on this machine only, keeps its durability, and its secrets are private", async () => {
  const command = start();
  const url = await urlOf(command);
  const settings = ["listen_addresses", "unix_socket_directories", "fsync", "synchronous_commit", "full_page_writes"];
  const { rows } = await withClient(url, (client) =>
    client.query<{ name: string; setting: string }>("select name, setting from pg_settings where name = any($1)", [
      settings,
    ]),
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
  });
  expect(statSync(join(home, "secrets.json")).mode & 0o777).toBe(0o600);
  const wrong = new pg.Client({ connectionString: url.replace(/:[^:@]+@/, ":wrong@") });
  await expect(wrong.connect()).rejects.toThrow("password authentication failed");
  const secrets = Object.values(JSON.parse(readFileSync(join(home, "secrets.json"), "utf8")) as Record<string, string>);
  const log = readFileSync(join(home, "postgres.log"), "utf8");
  for (const secret of secrets) expect(log).not.toContain(secret);
  command.kill("SIGINT");
  await command.exited;
});

test("a home that can't be made and a port that is none are told in a sentence", async () => {
  writeFileSync(home, "a file, not a folder");
  const blocked = start();
  expect(await blocked.exited).toBe(1);
  expect(blocked.output).toMatch(/^\nThe folder \S+ can't be made \(EEXIST\): set PITLEDGER_HOME/);
  rmSync(home);
  const wrongPort = new Command(["server"], {
    PITLEDGER_HOME: home,
    PORT: "many",
    GATEWAY_DATABASE_URL: "postgres://x",
  });
  expect(await wrongPort.exited).toBe(1);
  expect(wrongPort.output).toContain('PORT is "many", which is no port number.');
});

test.runIf(process.getuid?.() === 0)(
  "as root, the data of a closed home lies where the server reaches it",
  async () => {
    chmodSync(folder, 0o700);
    const command = start();
    expect(await marksAfterOne(await urlOf(command))).toBe(1);
    const place = readlinkSync(join(home, "postgres"));
    expect(place).toMatch(/^\/var\/lib\/pitledger\//);
    command.kill("SIGINT");
    expect(await command.exited).toBe(0);
    rmSync(dirname(place), { recursive: true });
  },
);

async function marksAfterOne(url: string): Promise<number> {
  await leaveMark(url);
  return marks(url);
}
