import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "../support/cluster.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { type Stack, startDatabase } from "../support/stack.ts";

// npm run import -- --retry: what an import has in quarantine, tried again as it is.

let database: Omit<Stack, "url">;
let folder: string;

beforeAll(async () => {
  database = await startDatabase();
  folder = temporaryFolder();
});

afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function importer(...args: string[]): Promise<{ code: unknown; output: string }> {
  const command = new Command(["import", ...args], {
    DATABASE_URL: database.ownerUrl,
    GATEWAY_DATABASE_URL: database.gatewayUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    PITLEDGER_HOME: database.home,
  });
  return { code: await command.exited, output: command.output };
}

const query = <Row extends object>(text: string): Promise<Row[]> =>
  withClient(database.ownerUrl, async (owner) => (await owner.query<Row>(text)).rows);

const balances = () =>
  query(`select p.card_no as card, l.current_balance::int as balance from floor.player as p
    join loyalty.player_loyalty as l using (casino_id, player_id) order by 1`);

const attempts = () =>
  query(`select q.legacy_id as id, t.retry_no as no, t.outcome, t.reason from ops.import_retry as t
    join ops.import_quarantine as q using (casino_id, import_quarantine_id) order by 1, 2`);

function exported(name: string, cards: readonly string[], history: readonly string[]): string {
  const made = join(folder, name);
  mkdirSync(made);
  const write = (file: string, head: string, rows: readonly string[]) =>
    writeFileSync(join(made, file), [head, ...rows, ""].join("\n"));
  const players = cards.map((card) => `${card},Ana,Silva,1970-01-01,2024-01-01T00:00:00Z`);
  write("players.csv", "card,first_name,last_name,birth_date,enrolled_at", players);
  write("points_history.csv", "id,card,type,points,description,slip_id,created_at", history);
  write("rating_slips.csv", "slip_id,card,status,points,closed_at", []);
  write("balances.csv", "card,balance,lifetime_points", []);
  return made;
}

async function imported(dir: string): Promise<string> {
  const { code, output } = await importer(dir);
  expect(code, output).toBe(0);
  return /import ([0-9a-f-]{36})/.exec(output)?.[1] ?? "";
}

let batch: string;

test("what waits for a player stays while nothing has changed", async () => {
  batch = await imported(
    exported(
      "first",
      ["C1"],
      [
        "H1,C1,CREDIT,10,text,,2024-02-01T00:00:00Z",
        "H2,C9,CREDIT,20,text,,2024-02-02T00:00:00Z",
        "H3,C9,DEBIT,5,text,,2024-02-03T00:00:00Z",
        "H4,C1,CREDIT,none,text,,2024-02-04T00:00:00Z",
      ],
    ),
  );
  const { code, output } = await importer("--retry", batch);
  expect(code, output).toBe(0);
  expect(output).toContain("1 posted, 0 replayed, 3 quarantined");
  expect(output).toContain("PLAYER_NOT_FOUND: 2");
  expect(output).toContain("All rows are accounted for.");
  expect(await balances()).toEqual([{ card: "C1", balance: 10 }]);
  expect(await attempts()).toEqual([
    { id: "H2", no: 1, outcome: "quarantined", reason: "PLAYER_NOT_FOUND" },
    { id: "H3", no: 1, outcome: "quarantined", reason: "PLAYER_NOT_FOUND" },
    { id: "H4", no: 1, outcome: "quarantined", reason: "INVALID_POINTS" },
  ]);
}, 60_000);

test("and is posted in its order once the player is enrolled, once", async () => {
  await imported(exported("players", ["C9"], []));
  const { code, output } = await importer("--retry", batch, "--casino", "LEGACY");
  expect(code, output).toBe(0);
  expect(output).toContain("3 posted, 0 replayed, 1 quarantined");
  expect(output).not.toContain("PLAYER_NOT_FOUND");
  const settled = [
    { card: "C1", balance: 10 },
    { card: "C9", balance: 15 },
  ];
  expect(await balances()).toEqual(settled);

  const again = await importer("--retry", batch, "--quiet");
  expect(again).toEqual({ code: 0, output: "" });
  expect(await balances()).toEqual(settled);
  const found = (await attempts()) as { id: string; outcome: string }[];
  expect(found.filter(({ outcome }) => outcome === "settled").map(({ id }) => id)).toEqual(["H2", "H3"]);
  expect(found.filter(({ id }) => id === "H4")).toHaveLength(3);
}, 60_000);

test("what can't be tried again is told in a sentence", async () => {
  const dir = join(folder, "first");
  const other = "019a0000-0000-7000-8000-000000000000";
  const undone = await importer("--roll-back", batch, "--reason", "It was the wrong export");
  expect(undone.code, undone.output).toBe(0);
  const cases: [args: string[], sentence: RegExp][] = [
    [["--retry", other], /There is no such import/],
    [["--retry", batch], /The import is undone/],
    [["--retry", "H2"], /"H2" is no batch/],
    [["--retry", batch, dir], /Give one folder, or one batch/],
    [["--retry", batch, "--casino", "NONE"], /There is no casino NONE/],
  ];
  for (const [args, sentence] of cases) {
    const { code, output } = await importer(...args);
    expect(code, args.join(" ")).toBe(1);
    expect(output, args.join(" ")).toMatch(sentence);
    expect(output, args.join(" ")).not.toContain("    at ");
  }
  expect(await balances()).toEqual([
    { card: "C1", balance: 0 },
    { card: "C9", balance: 0 },
  ]);
}, 90_000);
