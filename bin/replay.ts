import pg from "pg";
import { readOptions } from "./lib/options.ts";
import { type LoadedCasino, loadCasino } from "./lib/replay/casino.ts";
import { readBatches } from "./lib/replay/feed.ts";
import { countLines, type ReplayFiles, readProperty, replayFiles } from "./lib/replay/files.ts";
import { Interrupted, Interruption } from "./lib/replay/interruption.ts";
import { openPlace, type Place } from "./lib/replay/place.ts";
import { makeProgress } from "./lib/replay/progress.ts";
import { makeReport, type Report, writeReport } from "./lib/replay/report.ts";
import { Sender } from "./lib/replay/sender.ts";
import { endSenderSession, openSenderSession } from "./lib/replay/session.ts";
import { Tally } from "./lib/replay/tally.ts";
import { messageOf, Sentence } from "./lib/sentence.ts";
import { Undo } from "./lib/undo.ts";

const usage = `npm run replay -- DIR [--report FILE] [--quiet] [--patience SECONDS]

Loads DIR/casino.json and sends DIR/feed.jsonl through the GraphQL API, to the server of
PITLEDGER_URL or else to one of its own. Sending a file again changes nothing.

  --report FILE       writes the resulting state as JSON
  --quiet             prints nothing but errors
  --patience SECONDS  how long to go on trying when the server doesn't answer (60)`;

interface Request extends ReplayFiles {
  readonly quiet: boolean;
  readonly patience: number;
}

/** `npm run replay`: sends a floor system's feed. 0 when every event was accounted for. */
export async function main(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (!request) {
    console.log(usage);
    return 0;
  }
  const undo = new Undo();
  const interruption = new Interruption(() => console.log("\nStopping after the running request…"));
  try {
    await replay(request, await openPlace(undo), interruption);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Interrupted)) throw thrown;
    console.log("Stopped. What was sent is kept; run the same command again to go on.");
    return 130;
  } finally {
    await undo.all();
    interruption.stopListening();
  }
}

function readArguments(args: string[]): Request | undefined {
  const { values, positionals } = readOptions(args, usage, {
    report: { type: "string" },
    quiet: { type: "boolean", default: false },
    patience: { type: "string", default: "60" },
  });
  if (values.help) return undefined;
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Sentence(`Give one folder.\n\n${usage}`);
  const patience = Number(values.patience);
  if (!(patience >= 0)) throw new Sentence(`--patience is "${values.patience}", which is no number of seconds.`);
  return { ...replayFiles(folder, values.report), quiet: values.quiet, patience };
}

async function replay(request: Request, place: Place, interruption: Interruption): Promise<void> {
  const say = (line: string) => {
    if (!request.quiet) console.log(line);
  };
  const property = readProperty(request.property);
  interruption.throwIfWished();
  const casino = await withOwner(place, (owner) => loadCasino(owner, property, request.property));
  say(`${casino.name} (${casino.code}): ${casino.outcome}`);

  const tally = await sendFeed(request, place, casino, interruption);
  const report = await withOwner(place, (owner) => makeReport(owner, casino, tally));
  if (request.report !== undefined) writeReport(request.report, report);
  for (const line of summary(tally, report)) say(line);
  if (request.report !== undefined) say(`Report: ${request.report}`);
}

async function sendFeed(
  request: Request,
  place: Place,
  casino: LoadedCasino,
  interruption: Interruption,
): Promise<Tally> {
  const session = await withOwner(place, (owner) => openSenderSession(owner, casino.code));
  const progress = makeProgress(await countLines(request.feed), request.quiet);
  const { patience } = request;
  const sender = new Sender({ url: place.url, session, interruption, patience, onRetry: progress.say });
  const tally = new Tally();
  try {
    for await (const lines of readBatches(request.feed)) {
      tally.add(await sender.send(lines));
      progress.done(lines.at(-1)?.number ?? 0);
    }
    return tally;
  } finally {
    progress.stop();
    // A session that can't be revoked now ends by itself.
    await withOwner(place, (owner) => endSenderSession(owner, session)).catch(() => undefined);
  }
}

/** The owner's connection is open only while it is needed: in between the database may restart. */
async function withOwner<T>({ ownerUrl }: Place, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 15_000 });
  owner.on("error", () => undefined);
  try {
    await owner.connect();
  } catch (thrown) {
    throw new Sentence(`The database can't be reached (${messageOf(thrown)}); run the same command again.`);
  }
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

function summary(tally: Tally, report: Report): string[] {
  const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const reasons = tally.reasons().map(([code, n]) => `${n} ${code}`);
  return [
    `${count(tally.total, "event")}: ${tally.applied} applied, ${tally.replayed} replayed, ${tally.refused.length} refused`,
    ...(reasons.length > 0 ? [`  refused: ${reasons.join(", ")}`] : []),
    `Now: ${count(Object.keys(report.players).length, "player")}, ${count(report.slips.length, "closed slip")}, ` +
      `${report.open_slips} open, ${count(report.ledger_entries, "ledger entry", "ledger entries")}, ` +
      `${count(report.ledger_points, "point")}, ${count(report.patron_days.length, "day of cash", "days of cash")}, ` +
      `${count(report.ctr_cases, "CTR case")}`,
  ];
}
