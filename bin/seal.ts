import { counted } from "./lib/counted.ts";
import { readOptions } from "./lib/options.ts";
import { type Books, withBooks, writeDocument } from "./lib/proof/books.ts";
import { Sentence } from "./lib/sentence.ts";
import { fromWhereItWasTyped } from "./lib/typed-path.ts";

const usage = `npm run seal [-- --casino CODE] [--day DAY]
npm run seal -- --casino CODE --export FILE [--players]

Seals the ledger of the last gaming day that is over, as the worker does every night; a sealed day
keeps its seal. Or writes the seals into a file, to be kept where nobody of the house can change it.

  --casino CODE   whose ledger; without it every casino's
  --day DAY       another gaming day (2026-01-31)
  --export FILE   writes all seals into a file
  --players       with the number and hash of every player's sealed entries: then a change has a
                  name, but the file is no longer small`;

interface Seal {
  readonly gaming_day: string;
  readonly players: string;
  readonly entries: string;
  readonly seal: string;
  readonly replayed: boolean;
}

/** `npm run seal`: 0 when it is sealed, or exported. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, usage, {
    casino: { type: "string" },
    day: { type: "string" },
    export: { type: "string" },
    players: { type: "boolean", default: false },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new Sentence(`There is nothing to be named but by options.\n\n${usage}`);
  if (values.day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(values.day)) {
    throw new Sentence(`--day is "${values.day}", which is no day like 2026-01-31.`);
  }
  const { export: file, casino, day, players } = values;
  if (file === undefined) await withBooks(casino, (books) => seal(books, day));
  else if (casino === undefined) throw new Sentence("An export needs --casino: each has seals of its own.");
  else await withBooks(casino, (books) => exportSeals(books, fromWhereItWasTyped(file, "seal"), players));
  return 0;
}

async function seal({ code, query }: Books, day: string | undefined): Promise<void> {
  const [sealed] = await query<Seal>(
    `select ((s).ledger_seal).gaming_day::text, ((s).ledger_seal).players::text, ((s).ledger_seal).entries::text,
      encode(((s).ledger_seal).seal, 'hex') as seal, (s).replayed
    from (
      select ops._seal_ledger(
        row(
          c.casino_id, null, null, c.timezone, c.gaming_day_start, uuidv7()::text, null
        )::identity.actor,
        $1
      ) as s
      from identity.casino as c
      where c.casino_id = identity._casino()
      offset 0
    ) as job`,
    [day ?? null],
  );
  if (!sealed) return;
  const { gaming_day, players, entries, replayed } = sealed;
  console.log(
    `${code}  ${gaming_day}  ${replayed ? "was sealed already" : "sealed"}: ` +
      `${counted(entries, "entry", "entries")} of ${counted(players, "player", "players")}\n  ${sealed.seal}`,
  );
}

async function exportSeals({ code, query }: Books, file: string, withPlayers: boolean): Promise<void> {
  const [row] = await query<{ file: { seals: unknown[] } }>("select ops._export_seals(null, null, $1) as file", [
    withPlayers,
  ]);
  if (!row || row.file.seals.length === 0) throw new Sentence(`${code} has no seals yet: npm run seal makes one.`);
  writeDocument(file, row.file);
  console.log(
    `${file}: ${counted(row.file.seals.length, "seal", "seals")} of ${code}. Keep it where nobody of the house can change it.`,
  );
}
