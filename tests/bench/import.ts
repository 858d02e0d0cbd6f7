import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Database } from "../../bin/lib/database.ts";
import { Batch } from "../../bin/lib/import/batch.ts";
import { chooseCasino } from "../../bin/lib/import/casino.ts";
import { importFiles } from "../../bin/lib/import/files.ts";
import { Owner } from "../../bin/lib/import/owner.ts";
import { Interruption } from "../../bin/lib/replay/interruption.ts";
import { Undo } from "../../bin/lib/undo.ts";
import { openAnother, openBenchDatabase, readSettings } from "./database.ts";
import { writeExport } from "./legacy.ts";
import { type ServerMemory, watchServerMemory } from "./memory.ts";

/** The bar: a quarter of the rate of a plain insert … select of the same rows. */
const bar = 0.25;

/** What the importer and each process of its server may take at most, however many rows there are. */
const memoryBars = { importer: 512, backend: 768 } as const;

interface Options {
  readonly rows: number;
  readonly rounds: number;
  readonly out: string;
  readonly isChecked: boolean;
}

interface Round {
  readonly stage: number;
  readonly check: number;
  readonly post: number;
  readonly total: number;
  readonly plain: number;
  readonly posted: number;
  readonly ratio: number;
  /** Of the server's processes for the import: two connections and their parallel workers. */
  readonly memory: ServerMemory;
}

/**
 * npm run bench -- --only import: a generated export, from its files to the last ledger entry, and
 * then a plain insert … select of the same rows into a table with the ledger's columns and indexes.
 * Each round does both in a new database; what counts is the median of the rounds' ratios.
 */
export async function benchImport({ rows, rounds, out, isChecked }: Options): Promise<number> {
  const undo = new Undo();
  const interruption = new Interruption(() => console.log("\nStopping after the running step…"));
  try {
    const server = await openBenchDatabase(undo);
    const folder = mkdtempSync(join(tmpdir(), `pitledger-export-${process.pid}-`));
    undo.add("export", async () => rmSync(folder, { recursive: true, force: true }));
    console.log(`Writing an export of ${rows} rows…`);
    await writeExport(folder, rows);

    const taken: Round[] = [];
    for (let round = 1; round <= rounds; round++) {
      taken.push(await inNewDatabase(server, `import_${round}`, (url) => measure(url, folder, interruption)));
      console.log(`round ${round}/${rounds}: ${taken.at(-1)?.ratio.toFixed(3)}`);
    }
    const settings = await withClient(server.ownerUrl, readSettings);
    const report = summarise(rows, taken, settings);
    mkdirSync(join(out, ".."), { recursive: true });
    writeFileSync(out, `${JSON.stringify(report, undefined, 2)}\n`);
    printRounds(taken, report);
    console.log(`Written to ${out}`);
    const missed = missesOf(report);
    for (const miss of missed) console.log(miss);
    return isChecked && missed.length > 0 ? 1 : 0;
  } finally {
    await undo.all();
    interruption.stopListening();
  }
}

async function inNewDatabase<T>(server: Database, name: string, work: (url: string) => Promise<T>): Promise<T> {
  const undo = new Undo();
  try {
    return await work((await openAnother(server, undo, name)).ownerUrl);
  } finally {
    await undo.all();
  }
}

function measure(url: string, folder: string, interruption: Interruption): Promise<Round> {
  return withClient(url, async (client) => {
    await client.query("checkpoint");
    const owner = new Owner(url, { patience: 0, interruption, onRetry: console.log });
    try {
      const watch = watchServerMemory(client);
      const { posted, ...steps } = await importExport(owner, folder);
      const memory = await watch.stop();
      await client.query("create schema bench");
      await client.query(
        "create table bench.ledger (like loyalty.loyalty_ledger including indexes including defaults including storage)",
      );
      await client.query("checkpoint");
      const plain = await timed(() => client.query("insert into bench.ledger select * from loyalty.loyalty_ledger"));
      const total = steps.stage + steps.check + steps.post;
      return { ...steps, total, plain, posted, ratio: plain / total, memory };
    } finally {
      await owner.end();
    }
  });
}

async function importExport(owner: Owner, folder: string) {
  const files = importFiles(folder, undefined);
  const casino = await chooseCasino(owner, undefined, undefined);
  const batch = await Batch.open(owner, casino, files);
  const stage = await timed(async () => {
    for (const file of files.files) await batch.stage(file, () => undefined);
  });
  const check = await timed(() => batch.start());
  const post = await timed(() => batch.post(() => undefined));
  const { account } = await batch.report();
  return { stage, check, post, posted: account.posted };
}

type Report = ReturnType<typeof summarise>;

function summarise(rows: number, rounds: readonly Round[], settings: Record<string, string>) {
  const middle = (value: (round: Round) => number) => {
    const sorted = rounds.map(value).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  const most = (value: (memory: ServerMemory) => number | undefined) =>
    Math.max(...rounds.map(({ memory }) => value(memory) ?? 0)) || undefined;
  return {
    rows,
    rounds,
    ratio: middle(({ ratio }) => ratio),
    ratio_of_posting: middle(({ plain, post }) => plain / post),
    rate: Math.round(middle(({ posted, total }) => posted / total)),
    plain_rate: Math.round(middle(({ posted, plain }) => posted / plain)),
    memory_mb: {
      importer: Math.round(process.resourceUsage().maxRSS / 1_024),
      backend: most(({ largest }) => largest),
      server: most(({ together }) => together),
    },
    settings,
  };
}

function printRounds(rounds: readonly Round[], report: Report): void {
  console.table(
    rounds.map(({ stage, check, post, total, plain, ratio }) => ({
      "staging, s": stage,
      "enrolling and checking, s": check,
      "posting, s": post,
      "total, s": Number(total.toFixed(2)),
      "plain insert … select, s": plain,
      ratio: Number(ratio.toFixed(3)),
    })),
  );
  console.table({
    "ratio to the plain insert, median": Number(report.ratio.toFixed(3)),
    "ratio of the posting alone": Number(report.ratio_of_posting.toFixed(3)),
    "entries a second": report.rate,
    "plain rows a second": report.plain_rate,
    "memory of the importer, MB": report.memory_mb.importer,
    "memory of its largest server process, MB": report.memory_mb.backend,
    "memory of all of them at once, MB": report.memory_mb.server,
  });
}

function missesOf({ ratio, memory_mb: memory }: Report): string[] {
  const missed = ratio < bar ? [`The ratio is ${ratio.toFixed(3)}, not ${bar}.`] : [];
  for (const who of ["importer", "backend"] as const) {
    const taken = memory[who] ?? 0;
    if (taken > memoryBars[who]) missed.push(`The ${who} took ${taken} MB, more than ${memoryBars[who]}.`);
  }
  return missed;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began) / 1_000;
}
