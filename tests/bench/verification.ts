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
 * Only the ratio carries over to another machine. (b) shares its work among processors, so whatever
 * else runs there slows it down and hardly (a): the median of all rounds counts, and the quickest of
 * each says what was possible. Before the first round everything that filling leaves to be done
 * later is done: hint bits, the visibility map, and the writing of dirty pages, which would
 * otherwise fall on whichever of the two is running.
 */

const help = `npm run bench:verify -- [options]

  --entries N    entries of the ledger (1000000)
  --players N    players who share them (10000)
  --samples N    rounds (9)
  --check        exit 1 when verifying takes more than 4 sums`;

const bar = 4;

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      entries: { type: "string", default: "1000000" },
      players: { type: "string", default: "10000" },
      samples: { type: "string", default: "9" },
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
    await owner.query("vacuum (freeze, analyze) loyalty.loyalty_ledger, loyalty.player_loyalty");
    await owner.query("checkpoint");
    await owner.query("set synchronize_seqscans = off");
    await owner.query("select set_config('pit.casino', '1', false)");
    const ratio = await compare(owner, Number(values.samples));
    return values.check && ratio > bar ? 1 : 0;
  } finally {
    await undo.all();
  }
}

async function compare(owner: pg.Client, count: number): Promise<number> {
  const rounds: Round[] = [];
  await round(owner); // fills the caches
  for (let done = 0; done < count; done++) {
    const { sum, verify, entries } = await round(owner);
    rounds.push({ sum, verify, entries });
    console.log(
      `${entries} entries: sum ${sum.toFixed(0)} ms, verify ${verify.toFixed(0)} ms, ${(verify / sum).toFixed(2)} sums`,
    );
  }
  const ratio = median(rounds.map(({ sum, verify }) => verify / sum));
  const quickest = {
    sum: Math.min(...rounds.map(({ sum }) => sum)),
    verify: Math.min(...rounds.map(({ verify }) => verify)),
  };
  console.log(
    `The quickest: sum ${quickest.sum.toFixed(0)} ms, verify ${quickest.verify.toFixed(0)} ms, ${(quickest.verify / quickest.sum).toFixed(2)} sums.`,
  );
  console.log(`Verifying takes ${ratio.toFixed(2)} plain sums (at most ${bar}), on ${cpus().length} processors.`);
  return ratio;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
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
