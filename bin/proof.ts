import { readOptions } from "./lib/options.ts";
import { type Books, withBooks, writeDocument } from "./lib/proof/books.ts";
import { Sentence } from "./lib/sentence.ts";
import { fromWhereItWasTyped } from "./lib/typed-path.ts";

const usage = `npm run proof -- --casino CODE --card CARD --entry N --out FILE

Writes a proof that a player's ledger entry is part of the sealed ledger. Anybody can check it with
docs/how-to/verify-proof.mjs, which needs neither this database nor PitLedger.

  --casino CODE   whose ledger
  --card CARD     the player's card, or --player ID
  --entry N       the entry's number
  --out FILE      where the proof goes`;

interface Request {
  readonly card: string | undefined;
  readonly player: string | undefined;
  readonly entry: string;
  readonly out: string;
}

/** `npm run proof`: 0 when the proof is written. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, usage, {
    casino: { type: "string" },
    card: { type: "string" },
    player: { type: "string" },
    entry: { type: "string" },
    out: { type: "string" },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { casino, card, player, entry, out } = values;
  const isWhole = casino !== undefined && entry !== undefined && out !== undefined;
  if (!isWhole || (card === undefined) === (player === undefined) || positionals.length > 0) {
    throw new Sentence(`Say whose proof it is, of which entry, and where it goes.\n\n${usage}`);
  }
  if (!/^[1-9]\d{0,17}$/.test(entry)) throw new Sentence(`--entry is "${entry}", which is no entry's number.`);
  if (player !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(player)) {
    throw new Sentence(`--player is "${player}", which is no player's id.`);
  }
  const file = fromWhereItWasTyped(out, "proof");
  await withBooks(casino, (books) => prove(books, { card, player, entry, out: file }));
  return 0;
}

async function prove({ code, query }: Books, { card, player, entry, out }: Request): Promise<void> {
  const [found] = await query<{ player_id: string }>(
    `select p.player_id
    from floor.player as p
    where p.casino_id = identity._casino() and (p.card_no = $1 or p.player_id = $2)`,
    [card ?? null, player ?? null],
  );
  if (!found) throw new Sentence(`There is no player ${card ?? player} at ${code}.`);
  const [row] = await query<{ proof: { seal: { gamingDay: string; seal: string } } }>(
    "select ops._prove_entry($1, $2) as proof",
    [found.player_id, entry],
  );
  if (!row) return;
  writeDocument(out, row.proof);
  const { gamingDay, seal } = row.proof.seal;
  console.log(`${out}: entry ${entry} is in the seal of ${gamingDay}\n  ${seal}`);
}
