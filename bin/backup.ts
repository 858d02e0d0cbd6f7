import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { takeBaseBackup } from "./lib/backup/base-backup.ts";
import { inDatabase, openDatabase } from "./lib/database.ts";
import { openHome } from "./lib/home.ts";
import { readOptions } from "./lib/options.ts";
import { codeOf, messageOf, Sentence } from "./lib/sentence.ts";
import { fromWhereItWasTyped } from "./lib/typed-path.ts";

const usage = `npm run backup -- DIR

Writes a backup of the whole database server into a new folder, while everything goes on:
base.tar and backup_manifest, as pg_basebackup makes them, and of the embedded database also the
passwords that open it. npm run restore reads it.`;

/** `npm run backup`: 0 when the folder is whole. */
export async function main(args: string[]): Promise<number> {
  const { positionals, values } = readOptions(args, usage, {});
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [typed, ...more] = positionals;
  if (typed === undefined || more.length > 0) throw new Sentence(`Name one folder for the backup.\n\n${usage}`);
  const folder = fromWhereItWasTyped(typed, "backup");
  if (existsSync(folder)) throw new Sentence(`${folder} is there already: a backup gets a folder of its own.`);
  await writeBackup(folder);
  console.log(`${folder}: the backup is whole. Keep it away from this machine, and a file of seals elsewhere again.`);
  return 0;
}

/** A folder has its name only once everything is in it. */
async function writeBackup(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}.part`;
  const home = openHome();
  const database = await openDatabase(home, { whenRunning: "share" });
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(draft, { mode: 0o700 });
    await takeBaseBackup(inDatabase(database.ownerUrl, "postgres"), (name) => join(draft, name));
    if (database.embedded) copyFileSync(home.secretsFile, join(draft, "secrets.json"));
    renameSync(draft, folder);
  } catch (thrown) {
    if (thrown instanceof Sentence || codeOf(thrown) === undefined) throw thrown;
    throw new Sentence(`${folder} can't be written: ${messageOf(thrown)}.`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    await database.stop();
  }
}
