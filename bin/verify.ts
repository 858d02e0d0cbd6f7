import { readFileSync } from "node:fs";
import { counted } from "./lib/counted.ts";
import { readOptions } from "./lib/options.ts";
import { type Books, withBooks } from "./lib/proof/books.ts";
import { printTable } from "./lib/proof/table.ts";
import { messageOf, Sentence } from "./lib/sentence.ts";
import { fromWhereItWasTyped } from "./lib/typed-path.ts";

const usage = `npm run verify [-- --casino CODE] [--seals FILE]

Recomputes every entry's hash, every player's chain and every seal, and compares the standings.
Ends with 1 and a table when something is off.

  --casino CODE   whose ledger; without it every casino's
  --seals FILE    compares with a file of seals that was kept elsewhere, too; needs --casino`;

interface Problem {
  readonly day: string | null;
  readonly player: string | null;
  readonly entry: string | null;
  readonly detail: string;
}

/** `npm run verify`: 0 when all of it is as it was written. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, usage, {
    casino: { type: "string" },
    seals: { type: "string" },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new Sentence(`There is nothing to be named but by options.\n\n${usage}`);
  if (values.seals !== undefined && values.casino === undefined) {
    throw new Sentence("A file of seals needs --casino: it is one casino's.");
  }
  const kept = values.seals === undefined ? null : readSeals(fromWhereItWasTyped(values.seals, "verify"));
  const findings = await withBooks(values.casino, async (books) => [
    ...(await verifyLedger(books)),
    ...(await verifyStandings(books)),
    ...(await verifySeals(books, kept)),
  ]);
  return findings.flat().length === 0 ? 0 : 1;
}

function readSeals(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    JSON.parse(text);
    return text;
  } catch (thrown) {
    throw new Sentence(`${file} can't be read: ${messageOf(thrown)}.`);
  }
}

async function verifyLedger({ code, query }: Books): Promise<readonly Problem[]> {
  const [found] = await query<{ players: string; entries: string; problems_found: string; problems: Problem[] }>(
    `select v.players, v.entries, v.problems_found, (
      select coalesce(
        json_agg(json_build_object(
          'day', null, 'player', p.player_id, 'entry', p.entry_no::text, 'detail', p.detail
        )),
        '[]'
      )
      from unnest(v.problems) as p
    ) as problems
    from loyalty._verify_chain() as v`,
  );
  if (!found) return [];
  return report(
    `${code}  ledger     ${counted(found.entries, "entry", "entries")} of ${counted(found.players, "player", "players")}`,
    found.problems,
    found,
  );
}

async function verifyStandings({ code, query }: Books): Promise<readonly Problem[]> {
  const problems = await query<{ day: null; player: string; entry: string; detail: string }>(
    `select null as day, d.player_id as player, d.entry_no as entry,
      format('The standing''s %s is %s; after the ledger it is %s.', d.what, d.actual, d.expected) as detail
    from loyalty._drift() as d`,
  );
  return report(`${code}  standings  as the ledger says`, problems);
}

async function verifySeals({ code, query }: Books, kept: string | null): Promise<readonly Problem[]> {
  const [found] = await query<{ seals: string; problems_found: string; problems: Problem[] }>(
    `select v.seals, v.problems_found, (
      select coalesce(
        json_agg(json_build_object(
          'day', p.gaming_day, 'player', p.player_id, 'entry', p.entry_no::text, 'detail', p.detail
        )),
        '[]'
      )
      from unnest(v.problems) as p
    ) as problems
    from ops._verify_seals($1::jsonb) as v`,
    [kept],
  );
  if (!found) return [];
  const compared = kept === null ? "" : ", compared with the file";
  return report(`${code}  seals      ${counted(found.seals, "seal", "seals")}${compared}`, found.problems, found);
}

/** One line for what is as it should be, a table for what isn't. */
function report(what: string, problems: readonly Problem[], all?: { problems_found: string }): readonly Problem[] {
  if (problems.length === 0) {
    console.log(`${what}: intact`);
    return problems;
  }
  console.log(`${what}: ${all?.problems_found ?? problems.length} PROBLEMS`);
  printTable(
    ["gaming day", "player", "entry", "problem"],
    problems.map(({ day, player, entry, detail }) => [day ?? "", player ?? "", entry ?? "", detail]),
  );
  return problems;
}
