import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "../support/cluster.ts";
import { expected, lakeview, lakeviewLines, readReport, stateOf } from "../support/lakeview.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let folder: string;

beforeAll(async () => {
  stack = await startStack();
  folder = temporaryFolder();
});

afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

function replay(...args: string[]): Command {
  return new Command(["replay", ...args], { PITLEDGER_URL: stack.url, DATABASE_URL: stack.ownerUrl });
}

/** A folder with a property and a feed of its own. */
function makeFeed(name: string, property: string, feed: string): string {
  const made = join(folder, name);
  mkdirSync(made);
  writeFileSync(join(made, "casino.json"), property);
  writeFileSync(join(made, "feed.jsonl"), feed);
  return made;
}

const sampleProperty = readFileSync(join(lakeview, "casino.json"), "utf8");

test("a replay leads to exactly the expected state", async () => {
  const report = join(folder, "first.json");
  const command = replay(lakeview, "--report", report);
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toContain("Lakeview Casino (LVD): created");
  expect(command.output).toContain(`${lakeviewLines} of ${lakeviewLines} lines (100 %)`);

  const found = readReport(report);
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  expect(found).toEqual(expected);
}, 60_000);

test("a second replay changes nothing and reports every applied event as replayed", async () => {
  const second = join(folder, "second.json");
  const command = replay(lakeview, "--report", second, "--quiet");
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toBe("");

  const found = readReport(second);
  expect(stateOf(found)).toEqual(stateOf(expected));
  expect(found.refused).toEqual(expected.refused);
  expect(found.replayed).toBe(lakeviewLines - expected.refused.length);
}, 60_000);

test("the sender's session ends with the replay", async () => {
  const { rows } = await withClient(stack.ownerUrl, (owner) =>
    owner.query("select revoked_at is not null as ended from identity.session"),
  );
  expect(rows).toEqual([{ ended: true }, { ended: true }]);
});

test("a changed property adds a version and rewrites nothing", async () => {
  const property = sampleProperty.replace('"house_edge": "0.75"', '"house_edge": "0.80"');
  const changed = makeFeed("changed", property, "");
  const versions = () =>
    withClient(stack.ownerUrl, (owner) =>
      owner.query(
        `select house_edge, effective_from = '-infinity' as first from floor.game_settings
         where code = 'BJ6' order by effective_from`,
      ),
    );
  expect((await versions()).rows).toEqual([{ house_edge: "0.7500", first: true }]);
  for (const outcome of ["changed", "unchanged"]) {
    const command = replay(changed, "--report", join(folder, "changed.json"));
    expect(await command.exited, command.output).toBe(0);
    expect(command.output).toContain(`Lakeview Casino (LVD): ${outcome}\n`);
  }
  expect((await versions()).rows).toEqual([
    { house_edge: "0.7500", first: true },
    { house_edge: "0.8000", first: false },
  ]);
  expect(stateOf(readReport(join(folder, "changed.json")))).toEqual(stateOf(expected));
}, 60_000);

test("a line that is no event is refused and counted, and the next one is taken", async () => {
  const player = { at: "2026-01-05T10:00:00-08:00", type: "player", first_name: "Ida", last_name: "Ek" };
  const enrol = (key: string) => JSON.stringify({ key, ...player, card: key, birth_date: "1980-02-03" });
  const lines = [
    "\uFEFFnot JSON",
    enrol("k-1"),
    "",
    '"text"',
    "[1, 2]",
    "{}",
    '{"key":"k-2","at":"yesterday","type":"player"}',
    '{"key":"k-3","at":"2026-01-05T10:00:00Z","type":"dance"}',
    '{"key":"k-4\\u0000","at":"2026-01-05T10:00:00Z","type":"player"}',
    '{"key":"\\ud800","at":"2026-01-05T10:00:00Z","type":"player"}',
    "x".repeat(150_000),
    `${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`,
    `${enrol("k-5")}\r`,
    enrol("k-6").slice(0, 30),
  ];
  const made = makeFeed("odd", sampleProperty.replace('"LVD"', '"ODD"'), lines.join("\n"));
  const command = replay(made, "--report", join(folder, "odd.json"));
  expect(await command.exited, command.output).toBe(0);
  expect(command.output).toContain("13 events: 2 applied, 0 replayed, 11 refused");

  const malformed = { key: null, code: "MALFORMED_EVENT" };
  const report = readReport(join(folder, "odd.json"));
  expect(Object.keys(report.players)).toEqual(["k-1", "k-5"]);
  expect(report.refused).toEqual([
    malformed,
    malformed,
    malformed,
    malformed,
    { key: "k-2", code: "MALFORMED_EVENT" },
    { key: "k-3", code: "UNKNOWN_EVENT_TYPE" },
    ...Array.from({ length: 5 }, () => malformed),
  ]);
});

test("times in the report have the offset of the casino's zone on their day", async () => {
  const at = (time: string, key: string, type: string, more = {}) => JSON.stringify({ key, at: time, type, ...more });
  const feed = [
    at("2026-03-07T20:00:00Z", "1", "player", { card: "C", first_name: "A", last_name: "B", birth_date: "1970-01-01" }),
    at("2026-03-08T09:00:00Z", "2", "visit_opened", { card: "C" }),
    at("2026-03-08T09:30:00Z", "3", "slip_opened", { card: "C", table: "MB-07", seat: 1, average_bet: "10" }),
    at("2026-03-08T10:30:00.5Z", "4", "moved", { card: "C", table: "MB-07", seat: 2, average_bet: "10" }),
    at("2026-03-08T11:00:00Z", "5", "visit_closed", { card: "C" }),
  ];
  const made = makeFeed("night", sampleProperty.replace('"LVD"', '"DST"'), feed.join("\n"));
  const command = replay(made, "--report", join(folder, "night.json"));
  expect(await command.exited, command.output).toBe(0);
  expect(readReport(join(folder, "night.json")).slips.map(({ opened_at, key }) => ({ opened_at, key }))).toEqual([
    { opened_at: "2026-03-08T01:30:00-08:00", key: "4" },
    { opened_at: "2026-03-08T03:30:00.5-07:00", key: "5" },
  ]);
});

test("what is missing or can't be used is said in a sentence", async () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const noFeed = join(folder, "no-feed");
  mkdirSync(noFeed);
  cpSync(join(lakeview, "casino.json"), join(noFeed, "casino.json"));
  const attempts: [args: string[], said: string][] = [
    [[], "Give one folder."],
    [["/nowhere"], "There is no folder /nowhere."],
    [[join(lakeview, "casino.json")], "is a file; give the folder"],
    [[empty], `There is no ${empty}/casino.json: a replay needs casino.json and feed.jsonl.`],
    [[noFeed], `There is no ${noFeed}/feed.jsonl: a replay needs casino.json and feed.jsonl.`],
    [[lakeview, "--report", "/nowhere/report.json"], "The report can't be written: there is no folder /nowhere."],
    [[lakeview, "--fast"], "Unknown option '--fast'"],
    [[makeFeed("broken", "{", "")], "casino.json isn't JSON"],
    [[makeFeed("list", "[]", "")], "The property file can't be used: an object is expected."],
    [
      [makeFeed("edge", sampleProperty.replace('"house_edge": "0.75"', '"house_edge": "0"'), "")],
      "house_edge_is_a_percentage_above_zero",
    ],
  ];
  for (const [args, said] of attempts) {
    const command = replay(...args);
    expect(await command.exited).toBe(1);
    expect(command.output).toContain(said);
    expect(command.output).not.toContain("    at ");
  }
});
