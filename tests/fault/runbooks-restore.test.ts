import { spawn } from "node:child_process";
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome } from "../../bin/lib/home.ts";
import { serverAccount } from "../../bin/lib/postgres/account.ts";
import { findBinaries } from "../../bin/lib/postgres/binaries.ts";
import { Server } from "../../bin/lib/postgres/server.ts";
import { withClient } from "../support/cluster.ts";
import { Guide, makeDesk } from "../support/guide.ts";
import { expectedImport, legacy } from "../support/legacy.ts";
import { Command, temporaryFolder } from "../support/process.ts";

// Backup, loss, restore and proof, as docs/how-to/restore-from-backup.md has them.

let folder: string;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder, ".pitledger");
  makeDesk(folder);
  mkdirSync(join(folder, "backup"));
  mkdirSync(join(folder, "elsewhere"));
});

afterEach(async () => {
  await new Server(openHome(home)).stop();
  rmSync(folder, { recursive: true, force: true });
});

const guideOf = () =>
  new Guide("restore-from-backup.md", {
    folder,
    environment: { PITLEDGER_HOME: home },
    meaning: { "/mnt/": `${folder}/`, HPC: "LEGACY" },
  });

async function run(...args: string[]): Promise<string> {
  const command = new Command(args, { PITLEDGER_HOME: home });
  expect(await command.exited, command.output).toBe(0);
  return command.output;
}

/** Does something while the database runs by itself. */
async function whileRunning<T>(work: (url: string) => Promise<T>): Promise<T> {
  const command = new Command(["db"], { PITLEDGER_HOME: home });
  const url = (await command.says(/The database runs: (\S+)/))[1] ?? "";
  try {
    return await work(url);
  } finally {
    command.kill("SIGINT");
    await command.exited;
  }
}

const entries = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ n: number; points: string }>(
      "select count(*)::int as n, sum(points_change) as points from loyalty.loyalty_ledger",
    );
    return rows[0];
  });

test("backup while it runs, more writes, loss, restore and proof", async () => {
  await run("import", legacy, "--quiet");
  await run("seal");
  const guide = guideOf();
  const before = await whileRunning(async (url) => {
    const written = await entries(url);
    const writing = withClient(url, (client) =>
      client.query(
        "create table public.more as select g, repeat('x', 1000) as text from generate_series(1, 20000) as g",
      ),
    );
    const { output } = await guide.run("npm run backup");
    expect(output).toContain("the backup is whole");
    await writing;
    await withClient(url, (client) => client.query("drop table public.more; create table public.later (n integer)"));
    return written;
  });
  expect(before?.n).toBe(expectedImport.ledger_entries);
  expect(readdirSync(join(folder, "backup/monday")).sort()).toEqual(["backup_manifest", "base.tar", "secrets.json"]);

  await guide.run("mv .pitledger");
  rmSync(join(folder, ".pitledger.lost"), { recursive: true });
  expect((await guide.run("npm run restore")).output).toMatch(/\d+ files restored, each as it was backed up/);
  const { output } = await guide.run("npm run verify");
  expect(output).toMatch(/LEGACY {2}seals .*compared with the file: intact/);
  expect(output).toContain("everything agrees");
  await whileRunning(async (url) => {
    expect(await entries(url)).toEqual(before);
    const { rows } = await withClient(url, (client) => client.query("select to_regclass('public.later') as later"));
    expect(rows).toEqual([{ later: null }]);
  });

  const second = new Command(["restore", join(folder, "backup/monday")], { PITLEDGER_HOME: home });
  expect(await second.exited).toBe(1);
  expect(second.output).toContain("move the folder away first");
  await guide.run("mkdir -m 700 data");
  await ownServerStarts(join(folder, "data"));
  expect(guide.left).toEqual([]);
}, 240_000);

test("a backup that was changed is refused, and one that was made of a changed ledger is found by the seals", async () => {
  await run("import", legacy, "--quiet");
  await run("seal");
  const guide = guideOf();
  await guide.run("npm run backup");

  // The newest entry of somebody disappears together with the balance that it left.
  await whileRunning((url) =>
    withClient(url, async (client) => {
      await client.query(`alter table loyalty.loyalty_ledger disable trigger all;
        with gone as (
          delete from loyalty.loyalty_ledger as l
          where (player_id, entry_no) in (
            select player_id, max(entry_no) from loyalty.loyalty_ledger group by player_id having max(entry_no) > 1
            order by player_id limit 1
          )
          returning *
        )
        update loyalty.player_loyalty as p
        set current_balance = l.balance_after, tier = l.tier_after, last_entry_no = l.entry_no,
          lifetime_points = p.lifetime_points - greatest(g.points_change, 0), last_entry_hash = l.entry_hash
        from gone as g
        join loyalty.loyalty_ledger as l on l.player_id = g.player_id and l.entry_no = g.entry_no - 1
        where p.player_id = g.player_id;
        alter table loyalty.loyalty_ledger enable trigger all`);
    }),
  );
  await run("backup", join(folder, "backup/forged"));
  rmSync(home, { recursive: true });
  await run("restore", join(folder, "backup/forged"));
  const verify = new Command(["verify", "--casino", "LEGACY", "--seals", join(folder, "elsewhere/seals.json")], {
    PITLEDGER_HOME: home,
  });
  expect(await verify.exited).toBe(1);
  expect(verify.output).toMatch(/seals .*PROBLEMS/);

  rmSync(home, { recursive: true });
  const tar = join(folder, "backup/monday/base.tar");
  const bytes = readFileSync(tar);
  const place = bytes.indexOf("Moved from the old system") > 0 ? bytes.indexOf("Moved from") : bytes.length >> 1;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(tar, bytes);
  const restore = new Command(["restore", join(folder, "backup/monday")], { PITLEDGER_HOME: home });
  expect(await restore.exited).toBe(1);
  expect(restore.output).toMatch(/The backup is damaged/);
  expect(readdirSync(home)).not.toContain("postgres");
}, 240_000);

/** Starts the unpacked folder as somebody's own server, which opens it after playing its log back. */
async function ownServerStarts(data: string): Promise<void> {
  const account = serverAccount();
  if (account) {
    for (const path of ["", ...readdirSync(data, { recursive: true, encoding: "utf8" })]) {
      chownSync(join(data, path), account.uid, account.gid);
    }
  }
  const settings = ["-D", data, "-c", "port=5", "-c", "listen_addresses=", "-c", `unix_socket_directories=${data}`];
  const server = spawn(findBinaries(account).postgres, settings, {
    ...account,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
  });
  let said = "";
  server.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const exited = new Promise((resolve) => server.once("close", resolve));
  try {
    await expect.poll(() => said, { timeout: 60_000 }).toContain("ready to accept connections");
    expect(said).toContain("completed backup recovery");
  } finally {
    server.kill("SIGINT");
    await exited;
  }
}
