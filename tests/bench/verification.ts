import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { Undo } from "../../bin/lib/undo.ts";
import { fillCasino } from "./casino.ts";
import { openBenchDatabase } from "./database.ts";

/*
 * npm run bench:verify: what verifying a ledger costs, compared with the least that looking at all
 * of it costs. Both read the same table in the same run, in turns:
 *
 *   (a) select player_id, sum(points_change) from loyalty_ledger group by player_id, without
 *       parallel workers
 *   (b) loyalty._verify_chain(): every hash recomputed, every link, every balance
 *
 * Only the ratio carries over to another machine. (b) shares its work among processors.
 */

const help = `npm run bench:verify -- [options]

  --entries N    entries of the ledger (1000000)
  --players N    players who share them (10000)
  --samples N    rounds (5)
  --check        exit 1 when verifying takes more than 4 sums`;

const bar = 4;

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      entries: { type: "string", default: "1000000" },
      players: { type: "string", default: "10000" },
      samples: { type: "string", default: "5" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const undo = new Undo();
  try {
    const database = await openBenchDatabase(undo);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    undo.add("connection", () => owner.end());
    const players = Number(values.players);
    await fillCasino(owner, players, 1);
    await owner.query(await readFile(join(import.meta.dirname, "fill_ledger.sql"), "utf8"));
    await owner.query(`call bench.fill_ledger(${Math.ceil(Number(values.entries) / players)})`);
    await owner.query("vacuum analyze loyalty.loyalty_ledger");
    await owner.query("vacuum analyze loyalty.player_loyalty");
    await owner.query("select set_config('pit.casino', '1', false)");
    const ratio = await compare(owner, Number(values.samples));
    return values.check && ratio > bar ? 1 : 0;
  } finally {
    await undo.all();
  }
}

async function compare(owner: pg.Client, rounds: number): Promise<number> {
  const ratios: number[] = [];
  await round(owner); // fills the caches
  for (let count = 0; count < rounds; count++) {
    const { sum, verify, entries } = await round(owner);
    ratios.push(verify / sum);
    console.log(
      `${entries} entries: sum ${sum.toFixed(0)} ms, verify ${verify.toFixed(0)} ms, ${(verify / sum).toFixed(2)} sums`,
    );
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
  console.log(`Verifying takes ${median.toFixed(2)} plain sums (at most ${bar}), on ${cpus().length} processors.`);
  return median;
}

interface Round {
  readonly sum: number;
  readonly verify: number;
  readonly entries: string;
}

async function round(owner: pg.Client): Promise<Round> {
  await owner.query("set max_parallel_workers_per_gather = 0");
  const sum = await timed(() =>
    owner.query(
      `select count(*), max(s) from (
        select player_id, sum(points_change) as s from loyalty.loyalty_ledger group by player_id
      ) as p`,
    ),
  );
  await owner.query("reset max_parallel_workers_per_gather");
  let entries = "";
  const verify = await timed(async () => {
    const { rows } = await owner.query<{ entries: string; intact: boolean }>(
      "select entries, intact from loyalty._verify_chain()",
    );
    if (rows[0]?.intact !== true) throw new Error("The bench's ledger isn't intact.");
    entries = rows[0].entries;
  });
  return { sum, verify, entries };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
