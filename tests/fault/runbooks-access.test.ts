import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asRole } from "../../bin/lib/database.ts";
import { openHome } from "../../bin/lib/home.ts";
import { complete, enroll, nextSeat, playFor, reward } from "../api/support/floor.ts";
import { type House, openHouse, type Person } from "../api/support/house.ts";
import { Guide, makeDesk } from "../support/guide.ts";
import { Command, temporaryFolder } from "../support/process.ts";

// The runbooks about passwords, the review and a rolled-back import, each command as it is printed.

let house: House;
let folder: string;

beforeAll(async () => {
  house = await openHouse();
  folder = temporaryFolder();
  makeDesk(folder);
}, 60_000);

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(name: string, address = house.url): Guide {
  return new Guide(name, {
    folder,
    meaning: { "http://localhost:4000": address, HPC: "ONE" },
    environment: {
      PITLEDGER_HOME: join(folder, "home"),
      DATABASE_URL: house.ownerUrl,
      GATEWAY_DATABASE_URL: house.gatewayUrl,
      WORKER_DATABASE_URL: house.workerUrl,
    },
    sql: (text) => house.sql(text),
    ask: async (role, operation) => {
      const { data, errors } = await (await house.as(role as Person)).ask(operation);
      return errors[0] ?? data;
    },
  });
}

async function isOpenedBy(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "28P01" });
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

test("the embedded database's passwords", { timeout: 120_000 }, async () => {
  const home = join(folder, "own");
  const guide = open("rotate-credentials.md");
  guide.environment = { PITLEDGER_HOME: home };
  const logins = { superuser: "postgres", gateway: "pit_gateway", worker: "pit_worker" };
  const secrets = () => JSON.parse(readFileSync(join(home, "secrets.json"), "utf8")) as Record<string, string>;

  const first = new Command(["db"], { PITLEDGER_HOME: home });
  await first.says(/The database runs/);
  const meanwhile = new Command(["rotate"], { PITLEDGER_HOME: home });
  expect(await meanwhile.exited).toBe(1);
  expect(meanwhile.output).toContain("stop it first");
  first.kill("SIGINT");
  await first.exited;
  const before = secrets();

  expect((await guide.run("npm run rotate")).output).toContain("holds new passwords");
  const after = secrets();
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  expect(statSync(join(home, "secrets.json")).mode & 0o777).toBe(0o600);

  // As if a rotation had been killed just before its commit: the file is ahead of the database.
  openHome(home).replaceSecrets({ superuser: "never committed", superuser_before: after.superuser });
  const next = new Command(["db"], { PITLEDGER_HOME: home });
  const url = (await next.says(/The database runs: (\S+)/))[1] ?? "";
  try {
    expect(secrets()).toEqual(after);
    for (const [name, role] of Object.entries(logins)) {
      expect([name, await isOpenedBy(asRole(url, role, after[name] ?? ""))]).toEqual([name, true]);
      expect([name, await isOpenedBy(asRole(url, role, before[name] ?? ""))]).toEqual([name, false]);
    }
  } finally {
    next.kill("SIGINT");
    await next.exited;
  }
});

test("everybody else's passwords and tokens", { timeout: 90_000 }, async () => {
  const metered = await house.serve({ metricsToken: "the new one" });
  const guide = open("rotate-credentials.md", metered);
  Object.assign(guide.values, { user: "cashier", "new token": "the new one", "old token": "the old one" });
  expect((await guide.run("npm run migrate")).output).toContain("up to date");

  const cashier = await house.as("cashier");
  const { answer } = await guide.run("{ staffAccounts");
  expect(answer).toMatchObject({ staffAccounts: { nodes: [{ username: "cashier", openSessions: 1 }] } });
  guide.values.person = JSON.stringify(answer).match(/"staffId":"([^"]+)"/)?.[1] ?? "";
  expect((await guide.run("mutation { revokeSessions")).answer).toMatchObject({
    revokeSessions: { staffResult: { replayed: false } },
  });
  expect(await cashier.refused("{ me { username } }")).toMatchObject({ extensions: { code: "UNAUTHORIZED" } });

  const admin = await house.as("admin");
  const { hostname } = new URL(metered);
  writeFileSync(join(folder, "session"), `${hostname}\tFALSE\t/\tFALSE\t0\tpit_session\t${admin.token}\n`);
  expect((await guide.run("curl --silent --fail-with-body")).output).toMatch(/password/i);

  expect(Number((await guide.run("curl --silent --fail --header 'authorization: Bearer <new")).output)).toBeGreaterThan(
    20,
  );
  await guide.run("curl --silent --fail --header 'authorization: Bearer <old");

  const sender = await house.sender();
  expect((await guide.run("select identity.revoke_sender_sessions")).rows).toEqual([{ revoke_sender_sessions: 1 }]);
  expect(await sender.refused("{ me { username } }")).toMatchObject({ extensions: { code: "UNAUTHORIZED" } });
  const { rows } = await guide.run("select happened_at");
  expect(rows.map((row) => (row as { action: string }).action)).toEqual(
    expect.arrayContaining(["password set", "sessions revoked", "sender session opened"]),
  );
  expect(guide.left).toEqual(["npm run rotate"]);
});

test("the review tells what is off, and ends with 0 when nothing is", { timeout: 120_000 }, async () => {
  const boss = await house.as("pit_boss");
  await reward(boss, await enroll(boss), { points: "100" });
  await (await house.as("floor_supervisor")).ask("mutation { sealLedger(input: {}) { clientMutationId } }");
  const guide = open("48-hour-review.md");
  const { output } = await guide.run("npm run review");
  expect(output).toMatch(/ONE {2}ledger .*: intact/);
  expect(output).toMatch(/refused: FORBIDDEN/);
  expect(output).not.toMatch(/^ +!/m);
  expect((await guide.run("curl")).output).toMatch(/none|pitledger_refusals_total/);
  expect((await guide.run("select happened_at")).rows).toContainEqual(expect.objectContaining({ code: "FORBIDDEN" }));
  expect(guide.left).toEqual([]);

  await house.load("LATE", { policy: undefined });
  const late = await house.as("pit_boss", "LATE");
  await complete(late, (await playFor(60, late, await nextSeat(late, late))).ratingSlipId);
  await expect(guide.run("npm run review")).rejects.toThrow(/ended with 1[\s\S]*! +1 +pending awards/);
});

test("a rolled-back import", { timeout: 120_000 }, async () => {
  const guide = open("roll-back-an-import.md");
  guide.environment = {};
  const { output } = await guide.run("mkdir .drill");
  guide.values.import = /import ([0-9a-f-]{36})/.exec(output)?.[1] ?? "";
  expect((await guide.run("PITLEDGER_HOME=.drill npm run import -- --roll-back")).output).toContain(
    "Ledger and balances agree: no drift.",
  );
  expect((await guide.run("PITLEDGER_HOME=.drill npm run import")).output).toContain("All rows are accounted for.");
  await guide.run("rm -r .drill");
  expect(existsSync(join(folder, ".drill"))).toBe(false);
  expect(guide.left).toEqual([]);
});
