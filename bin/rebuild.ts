import { readOptions } from "./lib/options.ts";
import { type Books, withBooks } from "./lib/proof/books.ts";
import { type Drift, printDrift } from "./lib/proof/drift.ts";
import { Sentence } from "./lib/sentence.ts";

const usage = `npm run rebuild [-- --casino CODE] [--only loyalty|cash] [--apply]

Shows where balances, tiers and chain heads differ from the ledger, and cash totals and cases from
the cash log. With --apply they become what the entries say, with before and after in the audit log.
Where entries themselves are broken nothing is rebuilt: that is a restore. Ends with 1 when
something differs and wasn't rebuilt.

  --casino CODE   whose books; without it every casino's
  --only WHAT     the loyalty ledger's, or the cash log's
  --apply         rebuild; without it this is only a look`;

/** `npm run rebuild`: 0 when everything agrees, or does now. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, usage, {
    casino: { type: "string" },
    only: { type: "string" },
    apply: { type: "boolean", default: false },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new Sentence(`There is nothing to be named but by options.\n\n${usage}`);
  const { apply, only } = values;
  if (only !== undefined && only !== "loyalty" && only !== "cash") {
    throw new Sentence(`--only is "${only}", which is neither loyalty nor cash.`);
  }
  const left = await withBooks(values.casino, async (books) => [
    only === "cash" ? 0 : await rebuild(books, standings, apply),
    only === "loyalty" ? 0 : await rebuild(books, totals, apply),
  ]);
  return left.flat().some((differences) => differences > 0) ? 1 : 0;
}

interface Subject {
  readonly title: string;
  /** The statement whose $1 says whether it is only a look. */
  readonly text: string;
}

const actor = `row(c.casino_id, null, null, c.timezone, c.gaming_day_start, uuidv7()::text, null)::identity.actor`;

const standings: Subject = {
  title: "standings",
  text: `select (
      select coalesce(
        json_agg(json_build_object(
          'player', d.player_id, 'entry', d.entry_no::text, 'what', d.what, 'expected', d.expected, 'actual', d.actual
        )),
        '[]'
      )
      from unnest((r).differences) as d
    ) as drift
    from (
      select loyalty._rebuild_loyalty(${actor}, $1) as r
      from identity.casino as c
      where c.casino_id = identity._casino()
      offset 0
    ) as job`,
};

const totals: Subject = {
  title: "cash totals",
  text: `select (
      select coalesce(
        json_agg(json_build_object(
          'player', d.player_id, 'patron', d.patron_id, 'day', d.gaming_day, 'entry', d.entry_id,
          'what', d.what, 'expected', d.expected, 'actual', d.actual
        )),
        '[]'
      )
      from unnest((r).differences) as d
    ) as drift
    from (
      select compliance._rebuild_totals(${actor}, $1) as r
      from identity.casino as c
      where c.casino_id = identity._casino()
      offset 0
    ) as job`,
};

/** Gives the number of differences that are still there. */
async function rebuild({ code, query }: Books, { title, text }: Subject, apply: boolean): Promise<number> {
  const [row] = await query<{ drift: Drift[] }>(text, [!apply]);
  const drift = row?.drift ?? [];
  if (drift.length === 0) {
    console.log(`${code}  ${title}: everything agrees`);
    return 0;
  }
  console.log(`${code}  ${title}: ${drift.length} DIFFERENCES${apply ? ", rebuilt" : ", --apply rebuilds them"}`);
  printDrift(drift);
  return apply ? 0 : drift.length;
}
