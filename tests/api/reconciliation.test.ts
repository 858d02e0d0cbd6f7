import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Command } from "../support/process.ts";
import type { Client } from "./support/client.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

let house: House;
let auditor: Client;
let admin: Client;
let player: string;
let patron: string;

beforeAll(async () => {
  house = await openHouse();
  [auditor, admin] = await Promise.all([house.as("auditor"), house.as("admin")]);
  const sender = await house.sender();
  const at = new Date(Date.now() - 60_000).toISOString();
  const events = [
    { key: newKey(), at, type: "player", card: "P1", first_name: "Pat", last_name: "One", birth_date: "1980-01-31" },
    { key: newKey(), at, type: "reward", card: "P1", points: 700, reason: "a fine afternoon" },
    { key: newKey(), at, type: "redeem", card: "P1", points: 30, reason: "coffee" },
    {
      ...{ key: newKey(), at, type: "cash", card: "P1", direction: "in", kind: "chip_purchase" },
      ...{ area: "cage", tender: "currency", amount: "12000" },
    },
  ];
  await sender.get("mutation ($events: JSON!) { ingestEvents(input: { events: $events }) { clientMutationId } }", {
    events,
  });
  const [row] = await house.sql<{ player: string; patron: string }>(
    `select p.player_id as player, t.patron_id as patron
    from floor.player as p join compliance.patron as t using (casino_id, player_id)`,
  );
  ({ player, patron } = row as { player: string; patron: string });
}, 60_000);

afterAll(() => house.close());

const reconcile = `mutation { reconcile(input: {}) { reconciliationResult { driftFound reconciliationRun {
  reconciliationRunId cause players entries cashEntries
  reconciliationDrifts(first: 100) { nodes {
    driftNo subject playerId patronId gamingDay entryNo entryId what expected actual
  } }
} } } }`;

interface Drift {
  readonly [column: string]: string | number | null;
}

interface Reconciled {
  readonly reconcile: {
    readonly reconciliationResult: {
      readonly driftFound: number;
      readonly reconciliationRun: {
        readonly reconciliationRunId: string;
        readonly cause: string;
        readonly players: string;
        readonly entries: string;
        readonly cashEntries: string;
        readonly reconciliationDrifts: { readonly nodes: readonly Drift[] };
      };
    };
  };
}

const rebuildLoyalty = `mutation ($dryRun: Boolean) { rebuildLoyalty(input: { dryRun: $dryRun }) { loyaltyRebuild {
  dryRun players differences { playerId entryNo what expected actual } standings { playerId currentBalance }
} } }`;
const rebuildTotals = `mutation ($dryRun: Boolean) { rebuildTotals(input: { dryRun: $dryRun }) { totalsRebuild {
  dryRun days differences { patronId playerId gamingDay what expected actual } totals { patronId cashIn }
} } }`;

const damageStanding = "update loyalty.player_loyalty set current_balance = 7 where player_id = $1";
const damageTotal = "update compliance.patron_gaming_day set cash_in = 5 where patron_id = $1";

async function reconciled(): Promise<Reconciled["reconcile"]["reconciliationResult"]> {
  return (await auditor.get<Reconciled>(reconcile)).reconcile.reconciliationResult;
}

/** Runs a command against the house's database; its output and its exit code. */
async function run(...args: string[]): Promise<{ code: number | string | null; output: string }> {
  const command = new Command(args, { PITLEDGER_URL: house.url, DATABASE_URL: house.ownerUrl });
  const code = await command.exited;
  return { code, output: command.output };
}

test("whoever answers for the books reconciles, and reads what came of it", async () => {
  const sound = await reconciled();
  expect(sound).toMatchObject({
    driftFound: 0,
    reconciliationRun: { cause: "person", players: "1", entries: "2", cashEntries: "1" },
  });

  await house.sql(damageStanding, [player]);
  await house.sql(damageTotal, [patron]);
  const { driftFound, reconciliationRun } = await reconciled();
  expect(driftFound).toBe(2);
  expect(reconciliationRun.reconciliationDrifts.nodes).toMatchObject([
    { driftNo: 1, subject: "loyalty", playerId: player, entryNo: "2", what: "current_balance", expected: "670" },
    { driftNo: 2, subject: "cash", playerId: player, patronId: patron, what: "cash_in", expected: "12000.00" },
  ]);

  const { reconciliationRuns } = await auditor.get<{ reconciliationRuns: { nodes: Drift[] } }>(
    "{ reconciliationRuns(first: 2, orderBy: CREATED_AT_DESC) { nodes { reconciliationRunId driftFound } } }",
  );
  expect(reconciliationRuns.nodes).toEqual([
    { reconciliationRunId: reconciliationRun.reconciliationRunId, driftFound: 2 },
    { reconciliationRunId: sound.reconciliationRun.reconciliationRunId, driftFound: 0 },
  ]);
  const { reconciliationDrifts } = await auditor.get<{ reconciliationDrifts: { nodes: Drift[] } }>(
    `query ($filter: ReconciliationDriftFilter) {
      reconciliationDrifts(first: 10, filter: $filter, orderBy: DRIFT_NO_ASC) { nodes { what actual } }
    }`,
    { filter: { reconciliationRunId: { equalTo: reconciliationRun.reconciliationRunId } } },
  );
  expect(reconciliationDrifts.nodes).toEqual([
    { what: "current_balance", actual: "7" },
    { what: "cash_in", actual: "5.00" },
  ]);
});

test("an administrator rebuilds: a look first, then what the entries say, once", async () => {
  const look = await admin.get<{ rebuildLoyalty: unknown }>(rebuildLoyalty);
  expect(look.rebuildLoyalty).toMatchObject({
    loyaltyRebuild: {
      dryRun: true,
      players: 1,
      differences: [{ playerId: player, what: "current_balance", expected: "670", actual: "7" }],
      standings: [],
    },
  });
  const standings = await admin.get<{ rebuildLoyalty: unknown }>(rebuildLoyalty, { dryRun: false });
  expect(standings.rebuildLoyalty).toMatchObject({
    loyaltyRebuild: { dryRun: false, players: 1, standings: [{ playerId: player, currentBalance: "670" }] },
  });
  const totals = await admin.get<{ rebuildTotals: unknown }>(rebuildTotals, { dryRun: false });
  expect(totals.rebuildTotals).toMatchObject({
    totalsRebuild: { dryRun: false, days: 1, totals: [{ patronId: patron, cashIn: "12000.00" }] },
  });
  const again = await admin.get<{ rebuildTotals: unknown }>(rebuildTotals, { dryRun: false });
  expect(again.rebuildTotals).toMatchObject({ totalsRebuild: { days: 0, differences: [], totals: [] } });
  expect((await reconciled()).driftFound).toBe(0);
  const { auditLogs } = await admin.get<{ auditLogs: { nodes: { action: string; details: string | object }[] } }>(
    "{ auditLogs(first: 2, orderBy: CREATED_AT_DESC) { nodes { action details } } }",
  );
  expect(auditLogs.nodes.map(({ action }) => action)).toEqual(["cash total rebuilt", "standing rebuilt"]);
  expect(JSON.stringify(auditLogs.nodes)).toContain("12000");
});

test("nobody else may", async () => {
  const boss = await house.as("pit_boss");
  expect(await boss.refused(reconcile)).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  const { reconciliationRuns } = await boss.get<{ reconciliationRuns: { nodes: Drift[] } }>(
    "{ reconciliationRuns(first: 10) { nodes { reconciliationRunId } } }",
  );
  expect(reconciliationRuns.nodes).toEqual([]);
  const marketing = await house.as("marketing");
  expect(await marketing.refused(rebuildLoyalty)).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  const officer = await house.as("compliance_officer");
  expect(await officer.refused(rebuildTotals)).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(await auditor.refused(rebuildLoyalty)).toMatchObject({ extensions: { code: "FORBIDDEN" } });
});

test("a broken ledger isn't rebuilt", async () => {
  const trigger = (how: string) =>
    house.sql(`alter table loyalty.loyalty_ledger ${how} trigger loyalty_ledger_is_append_only`);
  await trigger("disable");
  await house.sql("create table public.kept as select * from loyalty.loyalty_ledger where entry_no = 2");
  await house.sql("delete from loyalty.loyalty_ledger where entry_no = 2");
  try {
    expect(await admin.refused(rebuildLoyalty, { dryRun: false })).toMatchObject({
      extensions: { code: "LEDGER_BROKEN" },
    });
    const { code, output } = await run("rebuild", "--casino", "ONE", "--apply");
    expect(output).toContain(`The ledger of player ${player} is broken, first at entry 2.`);
    expect(code).toBe(1);
  } finally {
    await house.sql("insert into loyalty.loyalty_ledger select * from public.kept; drop table public.kept");
    await trigger("enable always");
  }
  expect((await reconciled()).driftFound).toBe(0);
});

test("the command line reconciles and rebuilds without a server", async () => {
  const sound = await run("reconcile");
  expect(sound.output).toContain("ONE  2 entries of 1 players, 1 of the cash log: everything agrees");
  expect(sound.output).toContain("TWO  0 entries of 0 players, 0 of the cash log: everything agrees");
  expect(sound.code).toBe(0);

  await house.sql(damageStanding, [player]);
  await house.sql(damageTotal, [patron]);
  const found = await run("reconcile", "--casino", "ONE");
  expect(found.output).toContain("2 DIFFERENCES");
  expect(found.output).toMatch(new RegExp(`${player} +2 +current_balance +670 +7\n`));
  expect(found.output).toMatch(new RegExp(`${player} +\\d{4}-\\d\\d-\\d\\d +cash_in +12000.00 +5.00\n`));
  expect(found.code).toBe(1);

  const look = await run("rebuild");
  expect(look.output).toContain("ONE  standings: 1 DIFFERENCES, --apply rebuilds them");
  expect(look.code).toBe(1);
  const cash = await run("rebuild", "--casino", "ONE", "--only", "cash", "--apply");
  expect(cash.output).toContain("ONE  cash totals: 1 DIFFERENCES, rebuilt");
  expect(cash.output).not.toContain("standings");
  expect(cash.code).toBe(0);
  expect((await run("reconcile", "--casino", "ONE")).output).toContain("1 DIFFERENCES");
  expect((await run("rebuild", "--apply")).code).toBe(0);
  expect((await reconciled()).driftFound).toBe(0);
  expect((await run("rebuild", "--only", "everything")).output).toContain("neither loyalty nor cash");
  const causes = await house.sql<{ cause: string }>(
    "select distinct cause from ops.reconciliation_run where staff_id is null",
  );
  expect(causes).toEqual([{ cause: "command" }]);
}, 180_000);

test("the worker reconciles each casino, and warns of what differs", async () => {
  const lines = () => house.log.filter(({ event }) => event === "ops.reconciled");
  async function reconcileAll(casinos: number): Promise<void> {
    const before = lines().length;
    await house.sql("select ops.queue_recurring_job('ops/reconcile')");
    for (let tries = 0; lines().length < before + casinos && tries < 200; tries++) await sleep(100);
  }
  await house.work();
  await reconcileAll(2);
  await house.sql(damageStanding, [player]);
  await reconcileAll(2);
  await admin.get(rebuildLoyalty, { dryRun: false });

  const ofOne = lines().filter(({ casino_id }) => casino_id === 1);
  expect(ofOne).toMatchObject([
    { level: 30, entries: 2, cash_entries: 1, players: 1, drift: 0 },
    { level: 40, drift: 1 },
  ]);
  for (const line of lines()) {
    expect(line.duration_ms).toBeGreaterThan(0);
    expect(line.correlation_id).toMatch(/^[0-9a-f-]{36}$/);
  }
  const runs = await house.sql<{ reconciliation_run_id: string; correlation_id: string }>(
    "select reconciliation_run_id, correlation_id from ops.reconciliation_run where cause = 'job' order by 1",
  );
  expect(runs).toHaveLength(4);
  for (const { reconciliation_run_id, correlation_id } of runs) {
    expect(lines()).toContainEqual(expect.objectContaining({ run_id: reconciliation_run_id, correlation_id }));
  }
}, 60_000);
