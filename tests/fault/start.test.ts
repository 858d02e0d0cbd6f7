import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome } from "../../bin/lib/home.ts";
import { isAlive } from "../../bin/lib/postgres/files.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { startDatabase } from "../support/stack.ts";

let folder: string;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder, "home");
});

afterEach(async () => {
  await new Server(openHome(home)).stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = (environment: NodeJS.ProcessEnv = {}) =>
  new Command(["start"], { PITLEDGER_HOME: home, PITLEDGER_DEMO: "off", PORT: "0", ...environment });

async function urlOf(command: Command): Promise<string> {
  return (await command.says(/PitLedger runs on (http:\S+)/))[1] ?? "";
}

test("serves, and Ctrl-C, which a terminal and npm both pass on, stops everything in order", async () => {
  const command = start();
  const url = await urlOf(command);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(url)).text()).toContain("<!doctype html>");
  const database = new Server(openHome(home)).running();
  command.kill("SIGINT");
  command.kill("SIGINT");
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).not.toMatch(/error/i);
  expect(isAlive(database?.pid ?? 0)).toBe(false);
});

test("goes on serving when its database is killed and comes back", async () => {
  const command = start();
  const url = await urlOf(command);
  process.kill(new Server(openHome(home)).running()?.pid ?? 0, "SIGKILL");
  await command.says(/stopped unexpectedly and was started again/);
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
  command.kill("SIGTERM");
  expect(await command.exited, command.output).toBe(0);
});

test("says in a sentence that its port is taken, and leaves no database running", async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
  const address = squatter.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const command = start({ PORT: String(port) });
  expect(await command.exited).toBe(1);
  squatter.close();
  expect(command.output).toContain(`Port ${port} is in use: stop the program that has it, or set PORT to another one.`);
  expect(new Server(openHome(home)).running()).toBeUndefined();
});

test("uses the PostgreSQL of DATABASE_URL, leaves it running, and starts none of its own", async () => {
  const database = await startDatabase();
  const { ownerUrl, gatewayUrl, workerUrl } = database;
  const command = start({
    DATABASE_URL: ownerUrl,
    GATEWAY_DATABASE_URL: gatewayUrl,
    WORKER_DATABASE_URL: workerUrl,
  });
  expect((await fetch(`${await urlOf(command)}/healthz`)).status).toBe(200);
  expect(command.output).toContain("of DATABASE_URL");
  command.kill("SIGINT");
  expect(await command.exited, command.output).toBe(0);
  expect(new Server(openHome(home)).running()).toBeUndefined();
  await database.stop();
});

test("says in a sentence that the database of DATABASE_URL can't be reached", async () => {
  const command = start({ DATABASE_URL: "postgres://postgres:x@127.0.0.1:9/pitledger" });
  expect(await command.exited).toBe(1);
  expect(command.output.trim()).toMatch(/^The database of DATABASE_URL can't be reached: .*ECONNREFUSED.*\.$/);
});
