import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../bin/lib/home.ts";
import { complete, enroll, ledgerOf, nextSeat, playFor, redeem, reward } from "../api/support/floor.ts";
import { type House, openHouse, type Person, password } from "../api/support/house.ts";
import { Guide, makeDesk } from "../support/guide.ts";
import { Command, temporaryFolder } from "../support/process.ts";

// Every command of the runbooks about points and jobs, as it is printed, on the trouble that it is for.

const patient = { timeout: 60_000 };

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

function open(name: string, values: Record<string, string> = {}, casino = "ONE"): Guide {
  return new Guide(name, {
    folder,
    values,
    meaning: { "http://localhost:4000": house.url, HPC: casino },
    environment: {
      PITLEDGER_URL: house.url,
      PITLEDGER_HOME: join(folder, "home"),
      DATABASE_URL: house.ownerUrl,
      GATEWAY_DATABASE_URL: house.gatewayUrl,
      WORKER_DATABASE_URL: house.workerUrl,
    },
    sql: (text) => house.sql(text),
    ask: async (role, operation) => {
      const { data, errors } = await (await house.as(role as Person, casino)).ask(operation);
      return errors[0] ?? data;
    },
  });
}

/** A slip completed at a property that has no policy in force. */
async function pendingSlip(casino: string) {
  await house.load(casino, { policy: undefined });
  const boss = await house.as("pit_boss", casino);
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  const { correlationId } = await complete(boss, slip.ratingSlipId);
  return { boss, slip, correlationId };
}

test("a pending award", async () => {
  const { slip, correlationId } = await pendingSlip("LATE");
  const guide = open("a-pending-award.md", { slip: slip.ratingSlipId }, "LATE");
  const pending = await guide.run("select c.code");
  expect(pending.rows).toMatchObject([{ code: "LATE", rating_slip_id: slip.ratingSlipId, sqlstate: "LYPOL" }]);

  await house.load("LATE");
  expect((await guide.run("mutation { recoverSlipLoyalty")).answer).toMatchObject({
    recoverSlipLoyalty: { slipOutcome: { outcome: "awarded", points: "1620" } },
  });
  expect((await guide.run("select c.code")).rows).toEqual([]);
  expect((await guide.run("select entry_no")).rows).toMatchObject([
    { points_change: "1620", correlation_id: correlationId },
  ]);
  expect(guide.left).toEqual([]);
});

test("a wrong reward, whose points are still there or partly spent", async () => {
  const boss = await house.as("pit_boss");
  const player = await enroll(boss, { cardNo: "WRONG1" });
  await reward(boss, player, { points: "800" });
  const guide = open("a-wrong-reward.md", { card: "WRONG1", player, entry: "1" });
  expect((await guide.run("select l.player_id")).rows).toMatchObject([{ entry_no: "1", points_change: "800" }]);
  expect((await guide.run("mutation { reverseEntry")).answer).toMatchObject({
    reverseEntry: { ledgerResult: { currentBalance: "0", replayed: false } },
  });
  expect((await guide.run("mutation { reverseEntry")).answer).toMatchObject({
    reverseEntry: { ledgerResult: { replayed: true } },
  });

  const other = await house.hire("pit_boss");
  await reward(other, player, { points: "500" });
  await redeem(boss, player, { points: "300" });
  Object.assign(guide.values, { entry: "3", "minus what is there": "-200" });
  expect((await guide.run("mutation { reverseEntry")).answer).toMatchObject({
    extensions: { code: "INSUFFICIENT_BALANCE", details: { shortfall: 300 } },
  });
  const { answer } = await guide.run("mutation { adjustPoints");
  guide.values.request = JSON.stringify(answer).match(/"rewardRequestId":"([^"]+)"/)?.[1] ?? "";
  expect((await guide.run("mutation { approveReward")).answer).toMatchObject({
    approveReward: { ledgerResult: { currentBalance: "0" } },
  });
  const { rows } = await guide.run("select l.entry_no");
  expect(rows).toMatchObject([
    { entry_no: "1" },
    { entry_no: "2", transaction_type: "REVERSAL", reverses_entry_no: "1" },
    { entry_no: "3" },
    { entry_no: "4" },
    { entry_no: "5", transaction_type: "ADJUSTMENT", points_change: "-200", approved_by: expect.any(String) },
  ]);
  expect((await guide.run("npm run reconcile")).output).toContain("everything agrees");
  expect(guide.left).toEqual([]);
});

test("drift of a cache", async () => {
  const boss = await house.as("pit_boss");
  const player = await enroll(boss);
  await reward(boss, player, { points: "700" });
  const damage = "update loyalty.player_loyalty set current_balance = 7 where player_id = $1";
  await house.sql(damage, [player]);

  const guide = open("drift.md", { player });
  expect((await guide.run("npm run reconcile")).output).toMatch(new RegExp(`${player} +1 +current_balance +700 +7`));
  const { output } = await guide.run("npm run verify");
  expect(output).toMatch(/ONE {2}seals .*: intact/);
  for (const [, problem] of output.matchAll(/-[0-9a-f]{12} +\d+ +(.*)/g)) expect(problem).toMatch(/^The standing's/);
  expect(output).toMatch(/ONE {2}standings .*: 1 PROBLEMS/);
  expect(JSON.stringify((await guide.run("{ searchAuditLog")).answer)).toContain("nodes");

  expect((await guide.run("npm run rebuild")).output).toContain("1 DIFFERENCES, --apply rebuilds them");
  expect((await guide.run("npm run rebuild -- --apply")).output).toContain("1 DIFFERENCES, rebuilt");
  const proof = await guide.run("npm run reconcile\nnpm run verify");
  expect(proof.output).not.toMatch(/DIFFERENCES|PROBLEMS/);
  const found = await guide.run("select r.started_at");
  expect(found.rows).toMatchObject([{ cause: "command", player_id: player, expected: "700", actual: "7" }]);
  expect((await guide.run("select happened_at")).rows).toMatchObject([{ action: "standing rebuilt" }]);
  expect(guide.left).toEqual([]);
});

test("drift of a broken ledger is told from it, and isn't rebuilt", async () => {
  const boss = await house.as("pit_boss");
  const player = await enroll(boss);
  await reward(boss, player, { points: "700" });
  const trigger = (how: string) =>
    house.sql(`alter table loyalty.loyalty_ledger ${how} trigger loyalty_ledger_is_append_only`);
  await trigger("disable");
  await house.sql(`create table public.kept as select * from loyalty.loyalty_ledger where player_id = '${player}'`);
  await house.sql("delete from loyalty.loyalty_ledger where player_id = $1", [player]);
  try {
    const guide = open("drift.md", { player });
    expect((await guide.run("npm run reconcile")).output).toContain(player);
    expect((await guide.run("npm run verify")).output).toMatch(new RegExp(`${player} +1 +(?!The standing's)`));
    await expect(guide.run("npm run rebuild -- --apply")).rejects.toThrow(`The ledger of player ${player} is broken`);
  } finally {
    await house.sql("insert into loyalty.loyalty_ledger select * from public.kept");
    await trigger("enable always");
  }
});

test("a stuck job: no worker, a killed one, a job that was given up", { timeout: 120_000 }, async () => {
  const { boss, slip } = await pendingSlip("STUCK");
  const guide = open("a-stuck-job.md", {}, "STUCK");
  expect((await guide.run("select application_name")).rows).toEqual([]);

  // As if a worker had been killed with it, and as after four days of trying.
  await house.sql(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-gone', attempts = max_attempts
    where payload ->> 'rating_slip_id' = $1`,
    [slip.ratingSlipId],
  );
  const queued = async () => (await guide.run("select id, task_identifier")).rows as Queued[];
  const [locked] = (await queued()).filter(({ locked_by }) => locked_by !== null);
  expect(locked).toMatchObject({ task_identifier: "loyalty/recover_accruals", locked_by: "worker-gone" });
  Object.assign(guide.values, { worker: locked?.locked_by, job: String(locked?.id) });
  await guide.run("select graphile_worker.force_unlock_workers");
  expect((await queued()).filter(({ locked_by }) => locked_by !== null)).toEqual([]);
  const { answer } = await guide.run("{ jobs(");
  expect(answer).toMatchObject({ jobs: { nodes: [{ state: "given_up", task: "loyalty/recover_accruals" }] } });
  expect((await guide.run("select count(*) as given_up")).rows).toEqual([{ given_up: "1" }]);

  await house.load("STUCK");
  expect((await guide.run("mutation { retryJob")).answer).toMatchObject({
    retryJob: { retriedJob: { replayed: false } },
  });
  const worker = new Command(["worker"], { WORKER_DATABASE_URL: house.workerUrl });
  try {
    await expect.poll(() => ledgerOf(boss, slip.playerId), patient).toHaveLength(1);
    expect((await guide.run("select application_name")).rows).toContainEqual(
      expect.objectContaining({ application_name: "pitledger worker" }),
    );
  } finally {
    worker.kill("SIGTERM");
    await worker.exited;
  }
  expect((await guide.run("npm run seal")).output).toMatch(/STUCK .*sealed[\s\S]*everything agrees/);
  expect((await guide.run("curl")).output).toMatch(/pitledger_jobs\{state="given_up"\} 0/);
  expect((await guide.run("select count(*) as given_up")).rows).toEqual([{ given_up: "0" }]);
  expect(guide.left).toEqual([]);
});

interface Queued {
  readonly id: string;
  readonly task_identifier: string;
  readonly locked_by: string | null;
}

test("what the index says: readiness, a request's trace, sending an operation", async () => {
  const boss = await house.as("pit_boss");
  const { ledgerEntry } = await reward(boss, await enroll(boss), { points: "10" });
  const guide = open("README.md", { correlation: ledgerEntry?.correlationId ?? "" });
  expect((await guide.run("curl --silent http://localhost:4000/readyz")).output).toContain("ok");
  expect(JSON.stringify((await guide.run("{ trace(")).answer)).toContain("ledger");
  writeFileSync(join(folder, "sign-in.json"), JSON.stringify({ casino: "ONE", username: "auditor", password }));
  writeFileSync(join(folder, "operation.json"), JSON.stringify({ query: "{ me { username } }" }));
  expect((await guide.run("curl --silent --fail-with-body")).output).toContain(
    '{"data":{"me":{"username":"auditor"}}}',
  );
  expect(guide.left).toEqual([]);
});

test("every alert leads to a guide that is there, and every guide is in the index", () => {
  const { groups } = parse(readFileSync(join(projectRoot, "docker/observability/alerts.yml"), "utf8")) as {
    groups: { rules: { alert: string }[] }[];
  };
  const index = readFileSync(join(projectRoot, "docs/how-to/README.md"), "utf8");
  for (const { alert } of groups.flatMap(({ rules }) => rules))
    expect(index).toMatch(new RegExp(`^\\|.*\`${alert}\``, "m"));
  const links = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, file]) => file);
  const guides = readdirSync(join(projectRoot, "docs/how-to")).filter((file) => /^(?!README).*\.md$/.test(file));
  expect([...new Set(links)].sort()).toEqual(guides.sort());
});
