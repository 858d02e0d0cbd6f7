import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { acknowledgeBatch, readFiles } from "./lib/ctr/acknowledge.ts";
import { exportBatch } from "./lib/ctr/export.ts";
import { type Credentials, Officer } from "./lib/ctr/officer.ts";
import { readOptions } from "./lib/options.ts";
import { openServer } from "./lib/replay/place.ts";
import { Sentence } from "./lib/sentence.ts";
import { fromWhereItWasTyped } from "./lib/typed-path.ts";
import { Undo } from "./lib/undo.ts";

const usage = `npm run ctr -- export --from DAY --to DAY --out FILE [--filed]
npm run ctr -- acknowledge FILE [--batch FILE]

Writes the CTR batch file of the gaming days from DAY to DAY (2026-01-31), or reads FinCEN's
acknowledgement of one. Works through the server of PITLEDGER_URL, or else one of its own, as
somebody with the capability ctr:file.

  --casino CODE   whose cases (PITLEDGER_CASINO)
  --user NAME     who files (PITLEDGER_USER); asks for the password, or takes PITLEDGER_PASSWORD
  --filed         the reports as they were filed last, instead of those to be filed
  --batch FILE    the batch file that was sent; needed when more than one may be meant`;

type Task = (officer: Officer) => Promise<number>;

/** `npm run ctr`: 0 when all of it was done. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  const task = taskOf(positionals, values);
  const credentials = credentialsOf(values);
  const undo = new Undo();
  try {
    const officer = await Officer.signIn(await openServer(undo), credentials);
    try {
      return await task(officer);
    } finally {
      await officer.signOut().catch(() => undefined); // a session that can't be revoked now ends by itself
    }
  } finally {
    await undo.all();
  }
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  return readOptions(args, usage, {
    from: { type: "string" },
    to: { type: "string" },
    out: { type: "string" },
    filed: { type: "boolean", default: false },
    batch: { type: "string" },
    casino: { type: "string" },
    user: { type: "string" },
  });
}

function taskOf([command, ...rest]: readonly string[], values: Values): Task {
  if (command === "export" && rest.length === 0) return exportTask(values);
  const [file, ...more] = rest;
  if (command === "acknowledge" && file !== undefined && more.length === 0) return acknowledgeTask(file, values);
  throw new Sentence(`Give export, or acknowledge with one file.\n\n${usage}`);
}

function exportTask({ from, to, out, filed }: Values): Task {
  if (from === undefined || to === undefined || out === undefined) {
    throw new Sentence(`An export needs --from, --to and --out.\n\n${usage}`);
  }
  const file = fromWhereItWasTyped(out, "ctr");
  if (!existsSync(dirname(file))) throw new Sentence(`${file} can't be written: there is no folder ${dirname(file)}.`);
  return async (officer) => {
    for (const line of await exportBatch(officer, { from, to, filed, out: file })) console.log(line);
    return 0;
  };
}

function acknowledgeTask(file: string, { batch }: Values): Task {
  const sent = batch === undefined ? undefined : fromWhereItWasTyped(batch, "ctr");
  const files = readFiles(fromWhereItWasTyped(file, "ctr"), sent);
  return async (officer) => {
    const { lines, complete } = await acknowledgeBatch(officer, files);
    for (const line of lines) console.log(line);
    return complete ? 0 : 1;
  };
}

function credentialsOf(values: Values): Credentials {
  const casino = values.casino ?? process.env.PITLEDGER_CASINO;
  const user = values.user ?? process.env.PITLEDGER_USER;
  if (!casino || !user) throw new Sentence(`Say who files, with --casino and --user.\n\n${usage}`);
  return { casino, user };
}
