import { readOptions } from "./lib/options.ts";
import { type Books, withBooks } from "./lib/proof/books.ts";
import { type Drift, printDrift } from "./lib/proof/drift.ts";
import { Sentence } from "./lib/sentence.ts";

const usage = `npm run reconcile [-- --casino CODE]

Compares balances, tiers, chains, cash totals and cases with the entries they are made of, and the
limits that awards read with the policy, as the worker does every quarter of an hour, and records
what differs. Repairs nothing. Ends with 1 and a
table when something is off; npm run rebuild shows what can be repaired.

  --casino CODE   whose books; without it every casino's`;

/** `npm run reconcile`: 0 when everything agrees. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, usage, {
    casino: { type: "string" },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new Sentence(`There is nothing to be named but by options.\n\n${usage}`);
  const found = await withBooks(values.casino, reconcile);
  return found.some((differences) => differences > 0) ? 1 : 0;
}

interface Run {
  readonly run: string;
  readonly players: string;
  readonly entries: string;
  readonly cash_entries: string;
  readonly drift_found: number;
}

async function reconcile({ code, query }: Books): Promise<number> {
  const [run] = await query<Run>(
    `select ((r).reconciliation_run).reconciliation_run_id as run, ((r).reconciliation_run).players,
      ((r).reconciliation_run).entries, ((r).reconciliation_run).cash_entries, (r).drift_found
    from (
      select ops._reconcile(
        row(
          c.casino_id, null, null, c.timezone, c.gaming_day_start, uuidv7()::text, null
        )::identity.actor,
        'command'
      ) as r
      from identity.casino as c
      where c.casino_id = identity._casino()
      offset 0
    ) as job`,
  );
  if (!run) return 0;
  const { players, entries, cash_entries, drift_found } = run;
  const looked = `${code}  ${entries} entries of ${players} players, ${cash_entries} of the cash log`;
  console.log(`${looked}: ${drift_found === 0 ? "everything agrees" : `${drift_found} DIFFERENCES`}`);
  if (drift_found > 0) printDrift(await driftOf(query, run.run));
  return drift_found;
}

function driftOf(query: Books["query"], run: string): Promise<Drift[]> {
  return query<Drift>(
    `select d.player_id as player, d.patron_id as patron, d.gaming_day::text as day,
      coalesce(d.entry_no::text, d.entry_id::text) as entry, d.what, d.expected, d.actual
    from ops.reconciliation_drift as d
    where d.casino_id = identity._casino() and d.reconciliation_run_id = $1
    order by d.drift_no`,
    [run],
  );
}
