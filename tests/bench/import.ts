import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { Batch } from "../../bin/lib/import/batch.ts";
import { chooseCasino } from "../../bin/lib/import/casino.ts";
import { importFiles } from "../../bin/lib/import/files.ts";
import { Owner } from "../../bin/lib/import/owner.ts";
import { Interruption } from "../../bin/lib/replay/interruption.ts";
import { Undo } from "../../bin/lib/undo.ts";
import { openBenchDatabase, readSettings } from "./database.ts";
import { writeExport } from "./legacy.ts";

/** The bar: a quarter of the rate of a plain insert … select of the same rows. */
const bar = 0.25;

/**
 * npm run bench -- --only import: a generated export, from its files to the last ledger entry, and
 * then a plain insert … select of the same rows into a table with the ledger's columns and indexes.
 */
export async function benchImport(rows: number, out: string, isChecked: boolean): Promise<number> {
  const undo = new Undo();
  const interruption = new Interruption(() => console.log("\nStopping after the running step…"));
  try {
    const database = await openBenchDatabase(undo);
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    undo.add("connection", () => client.end());
    const owner = new Owner(database.ownerUrl, { patience: 0, interruption, onRetry: console.log });
    undo.add("import", () => owner.end());
    const folder = mkdtempSync(join(tmpdir(), `pitledger-export-${process.pid}-`));
    undo.add("export", async () => rmSync(folder, { recursive: true, force: true }));
    console.log(`Writing an export of ${rows} rows…`);
    await writeExport(folder, rows);

    await client.query("checkpoint");
    const steps = await importExport(owner, folder);
    const posted = steps.entries;
    await client.query("create schema bench");
    await client.query(
      "create table bench.ledger (like loyalty.loyalty_ledger including indexes including defaults including storage)",
    );
    await client.query("checkpoint");
    const plain = await timed(() => client.query("insert into bench.ledger select * from loyalty.loyalty_ledger"));

    const seconds = steps.stage + steps.check + steps.post;
    const report = {
      rows,
      posted,
      seconds: { ...steps, entries: undefined, total: seconds, plain },
      rate: Math.round(posted / seconds),
      rate_of_posting: Math.round(posted / steps.post),
      plain_rate: Math.round(posted / plain),
      ratio: plain / seconds,
      ratio_of_posting: plain / steps.post,
      peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1_024),
      settings: await readSettings(client),
    };
    mkdirSync(join(out, ".."), { recursive: true });
    writeFileSync(out, `${JSON.stringify(report, undefined, 2)}\n`);
    console.table({
      "staging, s": steps.stage,
      "enrolling and checking, s": steps.check,
      "posting, s": steps.post,
      "plain insert … select, s": plain,
      "entries a second": report.rate,
      "ratio to the plain insert": report.ratio,
      "ratio of the posting alone": report.ratio_of_posting,
      "memory of the importer, MB": report.peak_memory_mb,
    });
    console.log(`Written to ${out}`);
    if (report.ratio >= bar) return 0;
    console.log(`The ratio is ${report.ratio.toFixed(2)}, not ${bar}.`);
    return isChecked ? 1 : 0;
  } finally {
    await undo.all();
    interruption.stopListening();
  }
}

async function importExport(owner: Owner, folder: string) {
  const files = importFiles(folder, undefined);
  const casino = await chooseCasino(owner, undefined, undefined);
  const batch = await Batch.open(owner, casino, files);
  const stage = await timed(async () => {
    for (const file of files.files) await batch.stage(file, () => undefined);
  });
  const check = await timed(() => batch.start());
  const post = await timed(async () => {
    while (batch.row.state === "posting") await batch.advance();
  });
  const { account } = await batch.report();
  return { stage, check, post, entries: account.posted };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began) / 1_000;
}
