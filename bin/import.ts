import { type Account, Batch, type ImportReport } from "./lib/import/batch.ts";
import { chooseCasino, existingCasino } from "./lib/import/casino.ts";
import { type ImportFiles, importFiles } from "./lib/import/files.ts";
import { Owner } from "./lib/import/owner.ts";
import { readOptions } from "./lib/options.ts";
import { Interrupted, Interruption } from "./lib/replay/interruption.ts";
import { openOwner } from "./lib/replay/place.ts";
import { makeProgress } from "./lib/replay/progress.ts";
import { writeReport } from "./lib/replay/report.ts";
import { Sentence } from "./lib/sentence.ts";
import { Undo } from "./lib/undo.ts";

const usage = `npm run import -- DIR [--dry-run] [--report FILE]
npm run import -- --retry BATCH
npm run import -- --roll-back BATCH --reason TEXT

Imports a legacy export (players.csv, points_history.csv, rating_slips.csv, balances.csv) into the
ledger. Importing the same files again changes nothing; an import that was cut off goes on.

  --dry-run           does the same in a transaction that is rolled back
  --report FILE       writes the outcome as JSON
  --casino CODE       whose export it is, where there are several (PITLEDGER_CASINO)
  --retry BATCH       tries again what an import has in quarantine
  --roll-back BATCH   takes an import back, by compensating entries; needs --reason
  --quiet             prints nothing but errors
  --patience SECONDS  how long to go on trying when the database doesn't answer (60)`;

interface Request {
  readonly task: Task;
  readonly casino: string | undefined;
  readonly quiet: boolean;
  readonly patience: number;
}

type Task =
  | { readonly kind: "import"; readonly files: ImportFiles; readonly isDryRun: boolean }
  | { readonly kind: "retry"; readonly batch: string; readonly report: undefined }
  | { readonly kind: "roll back"; readonly batch: string; readonly reason: string };

/** `npm run import`: 0 when every row was accounted for. */
export async function main(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (!request) {
    console.log(usage);
    return 0;
  }
  const undo = new Undo();
  const interruption = new Interruption(() => console.log("\nStopping after the running step…"));
  try {
    const url = await openOwner(undo);
    const onRetry = (sentence: string) => console.log(`  ${sentence}`);
    const owner = new Owner(url, { patience: request.patience, interruption, onRetry });
    undo.add("connection", () => owner.end());
    return await perform(request, owner);
  } catch (thrown) {
    if (!(thrown instanceof Interrupted)) throw thrown;
    console.log("Stopped. What was done is kept; run the same command again to go on.");
    return 130;
  } finally {
    await undo.all();
    interruption.stopListening();
  }
}

function readArguments(args: string[]): Request | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const patience = Number(values.patience);
  if (!(patience >= 0)) throw new Sentence(`--patience is "${values.patience}", which is no number of seconds.`);
  const casino = values.casino ?? process.env.PITLEDGER_CASINO;
  return { task: taskOf(values, positionals), casino, quiet: values.quiet, patience };
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  return readOptions(args, usage, {
    report: { type: "string" },
    "dry-run": { type: "boolean", default: false },
    casino: { type: "string" },
    retry: { type: "string" },
    "roll-back": { type: "string" },
    reason: { type: "string" },
    quiet: { type: "boolean", default: false },
    patience: { type: "string", default: "60" },
  });
}

function taskOf(values: Values, [folder, ...more]: readonly string[]): Task {
  const { retry, "roll-back": rollBack, reason } = values;
  const given = [folder, retry, rollBack].filter((each) => each !== undefined);
  if (given.length !== 1 || more.length > 0) throw new Sentence(`Give one folder, or one batch.\n\n${usage}`);
  if (retry !== undefined) return { kind: "retry", batch: batchId(retry), report: undefined };
  if (rollBack !== undefined) {
    if (!reason) throw new Sentence("Say with --reason why the import is rolled back.");
    return { kind: "roll back", batch: batchId(rollBack), reason };
  }
  return { kind: "import", files: importFiles(folder ?? "", values.report), isDryRun: values["dry-run"] };
}

function batchId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new Sentence(`"${text}" is no batch: give the id that the import has printed.`);
}

type Say = (line: string) => void;

async function perform(request: Request, owner: Owner): Promise<number> {
  const { task, quiet } = request;
  const say: Say = (line) => {
    if (!quiet) console.log(line);
  };
  if (task.kind === "import") return importExport(request, task, owner, say);
  const casino = await existingCasino(owner, request.casino);
  const batch = await Batch.find(owner, casino, task.batch);
  if (task.kind === "roll back") return rollBack(batch, task.reason, quiet, say);
  await post(batch, quiet);
  await batch.retry();
  const { report, account } = await batch.report();
  return summarise(report, account, say);
}

async function importExport(
  { casino: code, quiet }: Request,
  { files, isDryRun }: Extract<Task, { kind: "import" }>,
  owner: Owner,
  say: Say,
): Promise<number> {
  if (isDryRun) await owner.rehearse();
  const casino = await chooseCasino(owner, code, files.property);
  const batch = await Batch.open(owner, casino, files);
  const { state, id, created_at } = batch.row;
  say(`${casino.name} (${casino.code}), import ${id}${isDryRun ? ", dry run" : ""}`);
  if (state === "undoing" || state === "partly_undone") {
    throw new Sentence(`This export is being rolled back: finish that first, with --roll-back ${id}.`);
  }
  if (state === "finished") say(`These files were imported already (${created_at.toISOString()}): nothing to do.`);
  if (state === "posting") say("Going on where it stopped.");
  if (state === "staging") await stage(batch, files, quiet, say);
  await post(batch, quiet);

  const { report, account } = await batch.report();
  if (files.report !== undefined) writeReport(files.report, report);
  const code_ = summarise(report, account, say);
  if (files.report !== undefined) say(`Report: ${files.report}`);
  if (isDryRun) say("Dry run: nothing was kept.");
  return code_;
}

async function stage(batch: Batch, { files }: ImportFiles, quiet: boolean, say: Say): Promise<void> {
  say("Staging");
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1_024);
  const progress = makeProgress(kilobytes(files.reduce((sum, { bytes }) => sum + bytes, 0)), quiet, "KB");
  try {
    let before = 0;
    for (const file of files) {
      await batch.stage(file, (bytes) => progress.done(kilobytes(before + bytes)));
      before += file.bytes;
    }
  } finally {
    progress.stop();
  }
  say("Enrolling players and checking rows");
  await batch.start();
}

async function post(batch: Batch, quiet: boolean): Promise<void> {
  if (batch.row.state !== "posting") return;
  if (!quiet) console.log("Posting");
  const progress = makeProgress(batch.row.to_post, quiet, "rows");
  try {
    await batch.post((rows) => progress.done(rows));
  } finally {
    progress.stop();
  }
}

async function rollBack(batch: Batch, reason: string, quiet: boolean, say: Say): Promise<number> {
  await post(batch, quiet);
  await batch.rollBack(reason);
  say("Rolling back");
  const progress = makeProgress(batch.row.to_post, quiet, "rows");
  try {
    while (batch.row.state === "undoing") progress.done((await batch.advance()).undone_through);
  } finally {
    progress.stop();
  }
  const { undone, players_left: left } = batch.row;
  say(`${count(undone, "entry", "entries")} compensated.`);
  const differences = await batch.drift();
  if (differences === 0) say("Ledger and balances agree: no drift.");
  else say(`${count(differences, "difference")} between ledger and balances: see loyalty._drift().`);
  if (left === 0) return differences === 0 ? 0 : 1;
  say(`${count(left, "player")} had spent the points already and were left as they are: run it again later.`);
  return 1;
}

function summarise(report: ImportReport, account: Account, say: Say): number {
  const reasons = Map.groupBy(report.quarantined, ({ reason }) => reason);
  const rows = account.history + account.slips;
  const accounted = account.posted + account.replayed + account.quarantined;
  say(
    `${count(account.history, "history row")} and ${count(account.slips, "slip")} to post: ` +
      `${account.posted.toLocaleString("en")} posted, ${account.replayed.toLocaleString("en")} replayed, ` +
      `${account.quarantined.toLocaleString("en")} quarantined; ${count(account.skipped, "other slip")} skipped`,
  );
  for (const [reason, all] of reasons) say(`  ${reason}: ${all.length.toLocaleString("en")}`);
  if (account.unenrolled > 0) say(`${count(account.unenrolled, "player")} could not be enrolled (INVALID_PLAYER)`);
  if (account.unreadable_claims > 0) say(`${count(account.unreadable_claims, "claimed balance")} can't be read`);
  tellMismatches(Object.entries(report.balance_mismatches), say);
  say(
    `Now: ${count(Object.keys(report.players).length, "player")}, ` +
      `${count(report.ledger_entries, "ledger entry", "ledger entries")}, ${count(report.ledger_points, "point")}`,
  );
  if (accounted === rows) {
    say("All rows are accounted for.");
    return 0;
  }
  say(`${(rows - accounted).toLocaleString("en")} of ${count(rows, "row")} are not accounted for.`);
  return 1;
}

const mostMismatches = 20;

function tellMismatches(mismatches: readonly [string, number][], say: Say): void {
  if (mismatches.length === 0) {
    say("Every claimed balance agrees.");
    return;
  }
  say(`${count(mismatches.length, "claimed balance")} differ from what the history leads to (claimed - imported):`);
  for (const [card, difference] of mismatches.slice(0, mostMismatches)) say(`  ${card}: ${difference}`);
  if (mismatches.length > mostMismatches) say("  …; the report has them all");
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}
