import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFiles } from "../../bin/lib/import/files.ts";
import { withClient } from "../support/cluster.ts";
import { expectedImport, legacy, readImportReport } from "../support/legacy.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { type Stack, startDatabase } from "../support/stack.ts";

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

function importer(...args: string[]): Command {
  return new Command(["import", ...args], {
    DATABASE_URL: database.ownerUrl,
    GATEWAY_DATABASE_URL: database.gatewayUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    PITLEDGER_HOME: database.home,
  });
}

const query = <Row extends object>(text: string): Promise<Row[]> =>
  withClient(database.ownerUrl, async (owner) => (await owner.query<Row>(text)).rows);

/** Everything that an import writes. */
const written = `select (select count(*) from identity.casino)::int as casinos,
  (select count(*) from ops.import_row)::int as rows, (select count(*) from ops.import_posting)::int as postings,
  (select count(*) from ops.import_quarantine)::int as quarantined, (select count(*) from floor.player)::int as players,
  (select count(*) from loyalty.loyalty_ledger)::int as entries,
  (select md5(string_agg(p::text, ',' order by p.player_id)) from loyalty.player_loyalty as p) as standings`;

/** Of every casino, each after its own setting. */
const drift = `select count(distinct c.casino_id)::int as casinos, count(d.what)::int as differences
  from identity.casino as c
  cross join lateral (select set_config('pit.casino', c.casino_id::text, false) as casino offset 0) as s
  left join lateral loyalty._drift(case when s.casino = '' then uuidv7() end) as d on true`;

/** A copy of the sample, with one file changed. */
function changed(name: string, file: string, change: (text: string) => string): string {
  const made = join(folder, name);
  cpSync(legacy, made, { recursive: true });
  writeFileSync(join(made, file), change(readFileSync(join(made, file), "utf8")));
  return made;
}

test("a dry run gives the whole report and keeps nothing", async () => {
  const report = join(folder, "dry.json");
  const before = await query(written);
  const command = importer(legacy, "--dry-run", "--report", report);
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toContain("Dry run: nothing was kept.");
  expect(readImportReport(report)).toEqual(expectedImport);
  expect(await query(written)).toEqual(before);
}, 60_000);

test("an import leads to exactly the expected state and accounts for every row", async () => {
  const report = join(folder, "first.json");
  const command = importer(legacy, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toMatch(/\d+ of \d+ KB \(100 %\)/);
  expect(command.output).toMatch(/(\d+) of \1 rows \(100 %\)/);
  expect(command.output).toContain("6,300 posted, 3 replayed, 91 quarantined; 824 other slips skipped");
  expect(command.output).toContain("All rows are accounted for.");

  const found = readImportReport(report);
  expect(Object.keys(found)).toEqual(Object.keys(expectedImport));
  expect(found).toEqual(expectedImport);
  expect(await query(drift)).toEqual([{ casinos: 1, differences: 0 }]);
}, 60_000);

test("a second import changes nothing", async () => {
  const before = await query(written);
  const report = join(folder, "second.json");
  const command = importer(legacy, "--report", report, "--quiet");
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toBe("");
  expect(readImportReport(report)).toEqual(expectedImport);
  expect(await query(written)).toEqual(before);
}, 60_000);

test("an export with one row more posts that row and knows the others", async () => {
  const more = changed(
    "more",
    "points_history.csv",
    (text) => `${text}N1,OLD200000,CREDIT,5,"new, and\nlong",,2025-09-01T00:00:00+00:00\n`,
  );
  const report = join(folder, "more.json");
  const command = importer(more, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  const found = readImportReport(report);
  expect(found.quarantined).toEqual(expectedImport.quarantined);
  expect(found.replayed).toBe(expectedImport.ledger_entries + expectedImport.replayed);
  expect(found.ledger_entries).toBe(expectedImport.ledger_entries + 1);
  expect(
    await query("select reason from loyalty.loyalty_ledger where idempotency_key = 'pit:import:history:N1'"),
  ).toEqual([{ reason: "new, and\nlong" }]);
  expect(await query("select raw from ops.import_row where fields[1] = 'N1'")).toEqual([
    { raw: 'N1,OLD200000,CREDIT,5,"new, and\nlong",,2025-09-01T00:00:00+00:00' },
  ]);
}, 60_000);

test("whatever a row quotes or lacks, its text and its values are kept", async () => {
  const rows: [text: string, ...values: string[]][] = [
    ["O1,OLD200000,CREDIT,5", "O1", "OLD200000", "CREDIT", "5", "", "", ""],
    ["O2,a,b,c,d,e,f,more,still", "O2", "a", "b", "c", "d", "e", "f"],
    ['O3,"a ""b"", c",d,,"e\r\nf",,', "O3", 'a "b", c', "d", "", "e\r\nf", "", ""],
    ['O4,a"b,"",\u001e\u001f\ue000,\t\\,e,f', "O4", 'a"b', "", "\u001e\u001f\ue000", "\t\\", "e", "f"],
    ["O5,Zoë,貴,d,e,f,g", "O5", "Zoë", "貴", "d", "e", "f", "g"],
  ];
  const odd = changed(
    "odd",
    "points_history.csv",
    (text) => `${text}${rows.map(([row], index) => row + (index % 2 ? "\n" : "\r\n\n \n")).join("")}`,
  );
  const command = importer(odd);
  expect(await command.exited, command.output).toBe(0);
  const kept = await query<{ raw: string; fields: string[] }>(
    `select r.raw, v.fields from ops.import_row as r
     cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
     where v.fields[1] ~ '^O[1-9]$' and r.file = 'history' order by r.row_no`,
  );
  expect(kept).toEqual(rows.map(([raw, ...fields]) => ({ raw, fields })));
}, 60_000);

test("columns are found by their names, whatever their order and line ends", async () => {
  const report = join(folder, "other.json");
  const other = changed("other", "balances.csv", (text) =>
    text
      .split(/\r?\n/)
      .map((line) =>
        line
          .split(",")
          .reverse()
          .concat(line ? "x" : [])
          .join(","),
      )
      .join("\r\n"),
  );
  const command = importer(other, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  expect(readImportReport(report).balance_mismatches).toEqual({ ...expectedImport.balance_mismatches, OLD200000: -5 });
}, 60_000);

test("a rollback leaves no imported points and no drift, and the export can be imported anew", async () => {
  const batches = await query<{ id: string }>("select import_batch_id as id from ops.import_batch order by created_at");
  for (const { id } of batches.toReversed()) {
    const command = importer("--roll-back", id, "--reason", "The drill of the how-to");
    expect(await command.exited, command.output).toBe(0);
    expect(command.output).toContain("Ledger and balances agree: no drift.");
  }
  expect(
    await query(
      "select sum(current_balance)::int as points, sum(lifetime_points)::int as lifetime from loyalty.player_loyalty",
    ),
  ).toEqual([{ points: 0, lifetime: 0 }]);
  expect(await query(drift)).toEqual([{ casinos: 1, differences: 0 }]);

  const report = join(folder, "anew.json");
  const command = importer(legacy, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  const found = readImportReport(report);
  expect(found.ledger_points).toBe(expectedImport.ledger_points);
  expect(found.quarantined).toEqual(expectedImport.quarantined);
  expect(found.balance_mismatches).toEqual(expectedImport.balance_mismatches);
}, 120_000);

test("what can't be read is a sentence", async () => {
  const cases: [name: string, folder: string, sentence: RegExp][] = [
    ["nowhere", join(folder, "nowhere"), /There is no folder/],
    ["header", changed("header", "players.csv", (text) => text.replace("birth_date", "born")), /no column birth_date/],
    [
      "quote",
      changed("quote", "points_history.csv", (text) => `${text}Q1,OLD200000,CREDIT,5,"never closed`),
      /isn't closed/,
    ],
  ];
  for (const [name, dir, sentence] of cases) {
    const command = importer(dir);
    expect(await command.exited, name).toBe(1);
    expect(command.output, name).toMatch(sentence);
    expect(command.output, name).not.toContain("    at ");
  }
  mkdirSync(join(folder, "empty"));
  expect(() => importFiles(join(folder, "empty"), undefined)).toThrow(/needs players\.csv/);
}, 60_000);

test("the columns are those that the database keeps", async () => {
  for (const { name, columns } of importFiles(legacy, undefined).files) {
    expect(await query(`select array_to_string(ops._import_columns('${name}'), ',') as columns`)).toEqual([
      { columns: columns.join(",") },
    ]);
  }
});
