import { readOptions } from "./lib/options.ts";
import { type Books, withBooks } from "./lib/proof/books.ts";
import { printTable } from "./lib/proof/table.ts";
import { Sentence } from "./lib/sentence.ts";
import { main as reconcile } from "./reconcile.ts";
import { main as verify } from "./verify.ts";

const usage = `npm run review [-- --casino CODE] [--hours 48]

Two days after a launch, or at any time: reconciles, verifies every hash and seal, and prints what is
pending, failing, given up, unsealed or overdue, and what people were refused. Ends with 1 when
something is off, marked with !.

  --casino CODE   whose books; without it every casino's
  --hours HOURS   how far back`;

interface Line {
  readonly question: string;
  readonly label: string | null;
  readonly figure: string;
  readonly is_off: boolean;
}

/** `npm run review`: 0 when nothing is off. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, usage, {
    casino: { type: "string" },
    hours: { type: "string", default: "48" },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const hours = Number(values.hours);
  if (positionals.length > 0) throw new Sentence(`There is nothing to be named but by options.\n\n${usage}`);
  if (!(hours > 0)) throw new Sentence(`--hours is "${values.hours}", which is no number of hours.`);
  const casino = values.casino === undefined ? [] : ["--casino", values.casino];
  const drift = await reconcile(casino);
  const problems = await verify(casino);
  const off = await withBooks(values.casino, (books) => review(books, hours));
  return drift === 0 && problems === 0 && !off.includes(true) ? 0 : 1;
}

/** Whether something of this casino is off. */
async function review({ code, query }: Books, hours: number): Promise<boolean> {
  const lines = await query<Line>(
    `select r.question, r.label, r.figure, r.is_off
    from identity.casino as c
    cross join lateral ops._review(c, now() - $1 * interval '1 hour') as r
    where c.casino_id = identity._casino()`,
    [hours],
  );
  console.log(`${code}  the last ${hours} hours`);
  printTable(
    ["", "figure", "what"],
    lines.map(({ question, label, figure, is_off }) => [
      is_off ? "!" : "",
      figure,
      label === null ? question : `${question}: ${label}`,
    ]),
  );
  return lines.some((line) => line.is_off);
}
