import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { codeOf, Sentence } from "./sentence.ts";

/** The folder of the checkout. */
export const projectRoot = dirname(dirname(import.meta.dirname));

/** The folder that holds everything PitLedger keeps on this machine. */
export interface Home {
  /** `PITLEDGER_HOME`, absolute. */
  readonly dir: string;
  /** Data directory of the embedded PostgreSQL. */
  readonly dataDir: string;
  /** What the embedded PostgreSQL writes to its standard error. */
  readonly logFile: string;
  /** The port that the embedded PostgreSQL used last. */
  readonly portFile: string;
  /** Where the generated passwords are. */
  readonly secretsFile: string;
  /** A generated password by name ("superuser", "gateway", "worker", "demo"), made on first use. */
  secret(name: string, make?: () => string): string;
  /** The same, but undefined when there is none. */
  known(name: string): string | undefined;
  /** Puts passwords in the place of those of these names, all at once; undefined removes one. */
  replaceSecrets(secrets: Record<string, string | undefined>): void;
}

/** Opens the home and makes it when it is not there yet. */
export function openHome(dir: string = process.env.PITLEDGER_HOME || join(projectRoot, ".pitledger")): Home {
  const home = resolve(dir);
  const secretsFile = join(home, "secrets.json");
  try {
    // Passable, but not readable, for others: as root the database runs as another user.
    mkdirSync(home, { recursive: true, mode: 0o711 });
  } catch (thrown) {
    throw new Sentence(
      `The folder ${home} can't be made (${codeOf(thrown)}): set PITLEDGER_HOME to a folder that you can write to.`,
    );
  }
  return {
    dir: home,
    dataDir: join(home, "postgres"),
    logFile: join(home, "postgres.log"),
    portFile: join(home, "postgres.port"),
    secretsFile,
    secret(name, make = () => randomBytes(24).toString("base64url")) {
      const known = readSecrets(secretsFile);
      const found = known[name];
      if (found !== undefined) return found;
      writeSecrets(secretsFile, { ...known, [name]: make() });
      const written = readSecrets(secretsFile)[name];
      return written ?? this.secret(name, make);
    },
    known: (name) => readSecrets(secretsFile)[name],
    replaceSecrets(secrets) {
      writeSecrets(secretsFile, { ...readSecrets(secretsFile), ...secrets });
    },
  };
}

function readSecrets(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return {};
    if (codeOf(thrown) === "EACCES") {
      throw new Sentence(`${file} belongs to another user: run PitLedger as that user, or set PITLEDGER_HOME.`);
    }
    throw new Sentence(`${file} can't be read (${String(thrown)}): repair it or remove the whole folder.`);
  }
}

/** Replaces the file whole; two processes that make the first secrets at once agree on one file. */
function writeSecrets(file: string, secrets: Record<string, string | undefined>): void {
  const isNew = !existsSync(file);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    if (isNew) linkSync(draft, file);
    else renameSync(draft, file);
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST") return;
    throw new Sentence(`${file} can't be written (${codeOf(thrown)}): set PITLEDGER_HOME to a folder of your own.`);
  } finally {
    rmSync(draft, { force: true });
  }
}
