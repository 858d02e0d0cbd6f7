import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { checkManifest } from "./lib/backup/manifest.ts";
import { openHome } from "./lib/home.ts";
import { readOptions } from "./lib/options.ts";
import { Server } from "./lib/postgres/server.ts";
import { Sentence } from "./lib/sentence.ts";
import { fromWhereItWasTyped } from "./lib/typed-path.ts";

const usage = `npm run restore -- DIR

Puts a backup of npm run backup in the place of an embedded database that is gone, with its
passwords. Every file is compared with the backup's manifest first. Refuses while there is a
database: move it away, it may still be needed.`;

/** `npm run restore`: 0 when npm start can go on from there. */
export async function main(args: string[]): Promise<number> {
  const { positionals, values } = readOptions(args, usage, {});
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [typed, ...more] = positionals;
  if (typed === undefined || more.length > 0) throw new Sentence(`Name the backup's folder.\n\n${usage}`);
  if (process.env.DATABASE_URL) {
    throw new Sentence("DATABASE_URL names a server of your own: unpack base.tar into its empty data directory.");
  }
  const backup = fromWhereItWasTyped(typed, "restore");
  for (const file of ["base.tar", "backup_manifest", "secrets.json"]) {
    if (!existsSync(join(backup, file)))
      throw new Sentence(`${backup} is no backup of an embedded database: no ${file}.`);
  }
  const home = openHome();
  const server = new Server(home);
  const files = await server.restore(join(backup, "base.tar"), (folder) =>
    checkManifest(join(backup, "backup_manifest"), folder),
  );
  copyFileSync(join(backup, "secrets.json"), home.secretsFile);
  console.log(
    `${home.dir}: ${files} files restored, each as it was backed up. Start it, then prove it: npm run verify.`,
  );
  return 0;
}
