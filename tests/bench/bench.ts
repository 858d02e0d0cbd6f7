import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import type { Database } from "../../bin/lib/database.ts";
import { Sentence } from "../../bin/lib/sentence.ts";
import { Undo } from "../../bin/lib/undo.ts";
import { fillCashLog, fillCasino, openSlips } from "./casino.ts";
import { openAnother, openBenchDatabase, readSettings } from "./database.ts";
import { benchImport } from "./import.ts";
import { choices, entriesBefore, type PathName, Paths, pathNames } from "./paths.ts";
import { barOf, makeReport, misses, printReport, writeReport } from "./report.ts";
import { type Sample, sendAll, takeSample } from "./sample.ts";
import { Wire } from "./wire.ts";

/*
 * npm run bench: what the write path costs, compared with the least that any write path costs.
 *
 *   (a) the floor, see floor.sql: one function that updates a balance and inserts a ledger row
 *   (b) loyalty.manual_reward, as pit_staff, through the sessions of many people
 *   (c) floor.complete_rating_slip, of slips that were opened before the sample
 *   (d) loyalty.manual_reward with a key that was used
 *   (e) compliance.record_mtl_entry into a cash log of 1 000 entries, anew for each sample
 *   (f) the same into one of 1 000 000, in a database of its own
 *
 * each with 1 and with 8 connections, for random players out of 10 000. A round takes one sample
 * of each; the order changes from round to round, and the table shows the medians of all rounds.
 *
 * What makes it fair: every call of every path, the floor's too, travels the same way. It is one
 * transaction in one round trip, as pit_gateway, with the statement by which the gateway passes
 * role, session, correlation id and timeout, and then the call, both prepared. Keys, players and
 * people are new for each call of the floor as well, so that its indexes grow as the real ones do.
 * Commits are durable, and a checkpoint before each sample keeps the ones before out of it.
 *
 * Only ratios carry over to another machine.
 */

const help = `npm run bench -- [options]

  --seconds N    length of a sample (2)
  --samples N    rounds, at least 5 for figures that are kept (5)
  --players N    players, at least 100 (10000)
  --out FILE     where the JSON report goes (tests/bench/results/latest.json)
  --only LIST    some of ${Object.keys(choices).join(",")}
  --check        exit 1 when a ratio misses its bar

  --only import  a legacy import beside a plain insert … select, and nothing else
  --rows N       rows of its points history (1000000)
  --samples N    its rounds of both (3)`;

const connectionCounts = [1, 8] as const;

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: "string", default: "2" },
      samples: { type: "string" },
      players: { type: "string", default: "10000" },
      out: { type: "string", default: join(import.meta.dirname, "results/latest.json") },
      only: { type: "string", default: Object.keys(choices).join(",") },
      rows: { type: "string", default: "1000000" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.only === "import") {
    return benchImport({
      rows: atLeast(1_000, "rows", values.rows),
      rounds: atLeast(1, "samples", values.samples ?? "3"),
      out: join(import.meta.dirname, "results/import.json"),
      isChecked: values.check,
    });
  }
  const seconds = atLeast(0.1, "seconds", values.seconds);
  const rounds = atLeast(1, "samples", values.samples ?? "5");
  const players = atLeast(100, "players", values.players);
  const chosen = pathsOf(values.only);

  const undo = new Undo();
  try {
    const report = await measure(undo, { seconds, samples: rounds, players }, chosen);
    printReport(report);
    writeReport(report, values.out);
    console.log(`\nWritten to ${values.out}`);
    const missed = misses(report);
    for (const miss of missed) console.log(`${miss.name} is ${miss.ratio.toFixed(2)}, not ${barOf(miss)}.`);
    return values.check && missed.length > 0 ? 1 : 0;
  } finally {
    await undo.all();
  }
}

interface Options {
  readonly seconds: number;
  readonly samples: number;
  readonly players: number;
}

async function measure(undo: Undo, options: Options, chosen: readonly PathName[]) {
  const database = await openBenchDatabase(undo);
  const ground = await openGround(database, options, undo);
  const settings = await readSettings(ground.owner);
  if (chosen.includes("replay")) await sendAll(ground.wires, ground.paths.firstRewards(), "reward");
  const many = chosen.includes("entryMany") ? await openManyEntries(database, options, undo) : ground;
  const groundOf = (path: PathName) => (path === "entryMany" ? many : ground);

  const sample = async (path: PathName, connections: number, seconds: number) => {
    const { owner, wires, paths } = groundOf(path);
    if (path === "completion") paths.slips = await openSlips(owner, options.players);
    if (path === "entryFew") {
      await fillCashLog(owner, entriesBefore[path]);
      // New tables need new plans; those aren't what is measured.
      await takeSample(wires, paths, path, 0.2);
    }
    await owner.query("checkpoint");
    return takeSample(wires.slice(0, connections), paths, path, seconds);
  };
  // Fills the caches of every connection and lets it settle on its plans.
  for (const path of chosen) await sample(path, Math.max(...connectionCounts), 0.5);

  const samples: Sample[] = [];
  for (let round = 0; round < options.samples; round++) {
    for (const { owner } of new Set([ground, many])) await owner.query("vacuum analyze");
    for (const connections of connectionCounts) {
      for (const path of rotate(chosen, round)) {
        const taken = await sample(path, connections, options.seconds);
        samples.push(taken);
        tell(round, options.samples, taken);
      }
    }
  }
  return makeReport(samples, settings, { ...options });
}

/** A casino to call, with the connections that call. */
interface Ground {
  readonly owner: pg.Client;
  readonly wires: readonly Wire[];
  readonly paths: Paths;
}

async function openGround(database: Database, options: Options, undo: Undo): Promise<Ground> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  undo.add("connection", () => owner.end());
  console.log(`Enrolling ${options.players} players…`);
  const casino = await fillCasino(owner, options.players, staffFor(options));
  const wires = await Promise.all(
    Array.from({ length: Math.max(...connectionCounts) }, () => Wire.connect(database.gatewayUrl)),
  );
  undo.add("connections", async () => void (await Promise.all(wires.map((wire) => wire.end()))));
  return { owner, wires, paths: new Paths(casino) };
}

async function openManyEntries(server: Database, options: Options, undo: Undo): Promise<Ground> {
  const ground = await openGround(await openAnother(server, undo, "bench_many"), options, undo);
  console.log(`Writing ${entriesBefore.entryMany} cash entries…`);
  await fillCashLog(ground.owner, entriesBefore.entryMany);
  return ground;
}

function pathsOf(only: string): PathName[] {
  const wanted = only.split(",").flatMap((choice) => choices[choice] ?? []);
  return pathNames.filter((path) => wanted.includes(path));
}

/**
 * So many people that nobody gives 10 rewards within 60 seconds, even if half of these were spent
 * on rewards at 8 000 a second.
 */
function staffFor({ seconds }: Options): number {
  return Math.ceil((8_000 * Math.min(60, Math.max(20, seconds * 4))) / 10);
}

function rotate<T>(list: readonly T[], by: number): T[] {
  return list.map((_, index) => list[(index + by) % list.length] as T);
}

function tell(round: number, rounds: number, sample: Sample): void {
  const line = `round ${round + 1}/${rounds}: ${sample.path}, ${sample.connections} connections, ${sample.rate.toFixed(0)}/s`;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
}

function atLeast(least: number, name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw new Sentence(`--${name} must be a number of at least ${least}.`);
}
