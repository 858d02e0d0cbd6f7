import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";

/** A member of staff of the bench's casino, signed in. */
export interface Person {
  readonly staffId: string;
  /** The value of `pit.session`. */
  readonly session: string;
}

/** What the calls draw from. */
export interface Casino {
  readonly players: readonly string[];
  readonly people: readonly Person[];
}

/** Sets up a casino with so many players and staff, and the floor beside it. */
export async function fillCasino(owner: pg.Client, players: number, people: number): Promise<Casino> {
  await owner.query("select ops.load_casino($1::jsonb)", [JSON.stringify(property(players))]);
  await runFile(owner, "floor.sql");
  await runFile(owner, "fill.sql");
  await owner.query("call bench.enroll_players($1)", [players]);
  await owner.query("call bench.sign_in_staff($1)", [people]);
  await owner.query("insert into bench.balance select * from loyalty.player_loyalty");
  return { players: await readPlayers(owner), people: await readPeople(owner) };
}

/** Makes sure that every player has an open slip; gives the slips. */
export async function openSlips(owner: pg.Client, players: number): Promise<string[]> {
  await owner.query("call bench.open_slips($1)", [players]);
  const { rows } = await owner.query<{ id: string }>(
    "select rating_slip_id as id from floor.rating_slip where state <> 'closed' order by random()",
  );
  return rows.map(({ id }) => id);
}

/** Empties the cash log and fills it with so many entries of the last 500 days. */
export async function fillCashLog(owner: pg.Client, entries: number): Promise<void> {
  await owner.query("call bench.fill_cash_log($1)", [entries]);
  await owner.query("vacuum analyze");
}

async function readPlayers(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>("select player_id as id from floor.player order by random()");
  return rows.map(({ id }) => id);
}

async function readPeople(owner: pg.Client): Promise<Person[]> {
  const { rows } = await owner.query<Person>(
    `select staff_id as "staffId", casino_id || '.' || encode(token_hash, 'hex') as session
     from identity.session order by random()`,
  );
  return rows;
}

async function runFile(owner: pg.Client, name: string): Promise<void> {
  await owner.query(await readFile(join(import.meta.dirname, name), "utf8"));
}

/** A property with a seat for every player. */
function property(players: number): object {
  const seats = 7;
  const tables = Array.from({ length: Math.ceil(players / seats) }, (_, index) => ({
    label: `T${index + 1}`,
    pit: `Pit ${(index % 20) + 1}`,
    game: "BJ6",
    seats,
  }));
  return {
    code: "BENCH",
    name: "Bench Casino",
    timezone: "America/Los_Angeles",
    gaming_day_start: "06:00",
    policy: "pt1",
    games: [{ code: "BJ6", name: "Blackjack, 6 decks", house_edge: "0.75", decisions_per_hour: 70, seats }],
    tables,
    tiers: [
      { tier: "BRONZE", threshold_points: 0, multiplier: "1.00" },
      { tier: "SILVER", threshold_points: 10_000, multiplier: "1.25" },
      { tier: "GOLD", threshold_points: 50_000, multiplier: "1.50" },
      { tier: "PLATINUM", threshold_points: 100_000, multiplier: "2.00" },
    ],
  };
}
