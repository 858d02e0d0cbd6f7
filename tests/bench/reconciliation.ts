import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { Undo } from "../../bin/lib/undo.ts";
import { type Casino, fillCasino } from "./casino.ts";
import { openBenchDatabase } from "./database.ts";
import { Paths } from "./paths.ts";
import { Wire } from "./wire.ts";

/*
 * npm run bench:reconcile: what a reconciliation costs, compared with the least that looking at all
 * of the ledger costs. Both read the same table in the same run, in turns:
 *
 *   (a) select player_id, sum(points_change) from loyalty_ledger group by player_id, without
 *       parallel workers
 *   (b) ops._reconcile: every number, sum and link, standings, cash totals and cases, and the run on
 *       record
 *
 * Only the ratio carries over to another machine. (b) shares its work among processors. Then
 * writers give rewards alone, and as long beside one reconciliation after the other: whether any of
 * them waited for a lock is asked of the server, and their slowest calls are told side by side.
 */

const help = `npm run bench:reconcile -- [options]

  --entries N    entries of the ledger (1000000)
  --players N    players who share them (10000)
  --samples N    rounds (5)
  --seconds N    how long writers write alone, and beside reconciliations (5)
  --check        exit 1 when reconciling takes more than 3 sums, or a writer waits for it`;

const bar = 3;

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      entries: { type: "string", default: "1000000" },
      players: { type: "string", default: "10000" },
      samples: { type: "string", default: "5" },
      seconds: { type: "string", default: "5" },
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
    const { ownerUrl, gatewayUrl } = await openBenchDatabase(undo);
    const owner = await connect(ownerUrl, undo);
    const players = Number(values.players);
    console.log(`Writing ${values.entries} entries of ${players} players…`);
    const casino = await fillCasino(owner, players, 5_000);
    await owner.query(await readFile(join(import.meta.dirname, "fill_ledger.sql"), "utf8"));
    await owner.query(`call bench.fill_ledger(${Math.ceil(Number(values.entries) / players)})`);
    await owner.query("select set_config('pit.casino', '1', false)");
    await owner.query("select loyalty._move_standings()");
    await owner.query("vacuum analyze");
    const ratio = await compare(owner, Number(values.samples));
    const waits = await writeBeside(owner, { ownerUrl, gatewayUrl, casino, seconds: Number(values.seconds) }, undo);
    return values.check && (ratio > bar || waits > 0) ? 1 : 0;
  } finally {
    await undo.all();
  }
}

async function connect(url: string, undo: Undo): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  undo.add("connection", () => client.end());
  return client;
}

async function compare(owner: pg.Client, rounds: number): Promise<number> {
  const ratios: number[] = [];
  await round(owner, 0); // fills the caches
  for (let count = 0; count < rounds; count++) {
    const { sum, reconcile, entries } = await round(owner, count);
    ratios.push(reconcile / sum);
    console.log(
      `${entries} entries: sum ${sum.toFixed(0)} ms, reconcile ${reconcile.toFixed(0)} ms, ` +
        `${(reconcile / sum).toFixed(2)} sums`,
    );
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
  console.log(`Reconciling takes ${median.toFixed(2)} plain sums (at most ${bar}), on ${cpus().length} processors.`);
  return median;
}

interface Round {
  readonly sum: number;
  readonly reconcile: number;
  readonly entries: string;
}

/** One of each, now the one first and now the other. */
async function round(owner: pg.Client, count: number): Promise<Round> {
  let sum = Number.NaN;
  let reconciled = { ms: Number.NaN, entries: "" };
  const turns = [
    async () => {
      sum = await sumAlone(owner);
    },
    async () => {
      reconciled = await reconcileOnce(owner);
    },
  ];
  if (count % 2 === 1) turns.reverse();
  for (const turn of turns) await turn();
  return { sum, reconcile: reconciled.ms, entries: reconciled.entries };
}

async function sumAlone(owner: pg.Client): Promise<number> {
  await owner.query("set max_parallel_workers_per_gather = 0");
  const began = performance.now();
  await owner.query(
    `select count(*), max(s) from (
      select player_id, sum(points_change) as s from loyalty.loyalty_ledger group by player_id
    ) as p`,
  );
  const ms = performance.now() - began;
  await owner.query("reset max_parallel_workers_per_gather");
  return ms;
}

async function reconcileOnce(owner: pg.Client): Promise<{ ms: number; entries: string }> {
  const began = performance.now();
  const { rows } = await owner.query<{ entries: string; drift: number }>(
    `select ((r).reconciliation_run).entries, (r).drift_found as drift
    from (
      select ops._reconcile(
        row(
          c.casino_id, null, null, c.timezone, c.gaming_day_start, uuidv7()::text, null
        )::identity.actor,
        'command'
      ) as r
      from identity.casino as c
      where c.casino_id = 1
      offset 0
    ) as job`,
  );
  const ms = performance.now() - began;
  const [run] = rows;
  if (run?.drift !== 0) throw new Error(`The bench's ledger has ${run?.drift} differences.`);
  return { ms, entries: run.entries };
}

interface Ground {
  readonly ownerUrl: string;
  readonly gatewayUrl: string;
  readonly casino: Casino;
  readonly seconds: number;
}

const writers = 2;

/** Gives the number of looks at which a writer was found waiting for a lock of a reconciliation. */
async function writeBeside(owner: pg.Client, ground: Ground, undo: Undo): Promise<number> {
  const wires = await Promise.all(Array.from({ length: writers }, () => Wire.connect(ground.gatewayUrl)));
  undo.add("connections", async () => void (await Promise.all(wires.map((wire) => wire.end()))));
  const watcher = await connect(ground.ownerUrl, undo);
  const paths = new Paths(ground.casino);
  const { rows } = await owner.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid ?? 0;

  const alone = await write(wires, paths, ground.seconds);
  let runs = 0;
  let waits = 0;
  let writing = true;
  async function reconcileOn(): Promise<void> {
    while (writing) {
      await reconcileOnce(owner);
      runs++;
    }
  }
  async function watch(): Promise<void> {
    while (writing) {
      const { rowCount } = await watcher.query(
        "select from pg_stat_activity as a where $1 = any (pg_blocking_pids(a.pid)) and a.pid <> $1",
        [pid],
      );
      waits += rowCount ?? 0;
      await sleep(10);
    }
  }
  const [beside] = await Promise.all([
    write(wires, paths, ground.seconds).finally(() => {
      writing = false;
    }),
    reconcileOn(),
    watch(),
  ]);
  console.log(`${writers} writers alone:   ${describe(alone)}`);
  console.log(`beside ${runs} reconciliations: ${describe(beside)}; found waiting for one: ${waits} times`);
  return waits;
}

/** Latencies of rewards in milliseconds, ascending. */
async function write(wires: readonly Wire[], paths: Paths, seconds: number): Promise<readonly number[]> {
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    wires.map(async (wire) => {
      for (let before = performance.now(); before < end; ) {
        const call = paths.next("reward");
        if (call === undefined) return;
        await wire.run(call.settings, call.text, call.values);
        const after = performance.now();
        latencies.push(after - before);
        before = after;
      }
    }),
  );
  return latencies.sort((one, other) => one - other);
}

function describe(latencies: readonly number[]): string {
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  const figure = (ms: number | undefined) => `${(ms ?? Number.NaN).toFixed(1)} ms`;
  return `${latencies.length} rewards, median ${figure(at(0.5))}, slowest ${figure(at(1))}`;
}
