import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Writes a legacy export of so many rows of history, the same for the same number: a player for
 * every 50 rows, one row in six a debit, a few that can't be posted, texts that need quoting.
 */
export async function writeExport(folder: string, rows: number): Promise<void> {
  const players = Math.max(1, Math.round(rows / 50));
  const next = randomNumbers(20_260_101);
  const card = (index: number) => `OLD${String(index).padStart(7, "0")}`;
  const some = () => card(Math.floor(next() * players));
  const write = (file: string, lines: Iterable<string>) =>
    pipeline(Readable.from(inBlocks(lines)), createWriteStream(join(folder, file)));

  await write("players.csv", playerLines(players, card));
  await write("balances.csv", balanceLines(players, card));
  await write("rating_slips.csv", slipLines(Math.ceil(rows / 20), some, next));
  await write("points_history.csv", historyLines(rows, some, next));
}

const descriptions = ["Table play", "Buffet", '"Comp, ""chef\'s table"""', "Crêpes & café", "Goodwill", "Hotel night"];

function* playerLines(players: number, card: (index: number) => string): Generator<string> {
  yield "card,first_name,last_name,birth_date,enrolled_at\n";
  for (let index = 0; index < players; index++) {
    yield `${card(index)},Ana,Weber,1970-09-18,2024-01-03T18:00:00+00:00\n`;
  }
}

function* balanceLines(players: number, card: (index: number) => string): Generator<string> {
  yield "card,balance,lifetime_points\n";
  for (let index = 0; index < players; index++) yield `${card(index)},1000,1000\n`;
}

function* slipLines(slips: number, some: () => string, next: () => number): Generator<string> {
  yield "slip_id,card,status,points,closed_at\n";
  for (let index = 0; index < slips; index++) {
    const points = Math.floor(next() * 2_000);
    yield `S${index},${some()},${next() < 0.7 ? "CLOSED" : "OPEN"},${points},${momentOf(next)}\n`;
  }
}

function* historyLines(rows: number, some: () => string, next: () => number): Generator<string> {
  yield "id,card,type,points,description,slip_id,created_at\n";
  for (let index = 0; index < rows; index++) {
    const id = `H${String(index).padStart(8, "0")}`;
    const points = 1 + Math.floor(next() * 900);
    const type = next() < 1 / 6 ? "DEBIT" : "CREDIT";
    const description = descriptions[Math.floor(next() * descriptions.length)];
    const slip = next() < 0.03 ? `S${Math.floor((next() * rows) / 20)}` : "";
    yield `${id},${some()},${type},${points},${description},${slip},${momentOf(next)}\n`;
  }
}

function momentOf(next: () => number): string {
  const begin = Date.UTC(2024, 0, 4);
  return new Date(begin + Math.floor(next() * 600 * 86_400) * 1_000).toISOString().replace(".000Z", "+00:00");
}

function* inBlocks(lines: Iterable<string>): Generator<string> {
  let block = "";
  for (const line of lines) {
    block += line;
    if (block.length > 1 << 16) {
      yield block;
      block = "";
    }
  }
  yield block;
}

/** A linear congruential generator: what matters is that it repeats itself. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
