import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { messageOf, Sentence } from "../sentence.ts";
import type { LoadedCasino } from "./casino.ts";
import type { Refusal, Tally } from "./tally.ts";

interface Player {
  readonly balance: number;
  readonly lifetime: number;
  readonly tier: string;
  readonly tier_progress: number;
  readonly entries: number;
}

interface Slip {
  readonly card: string;
  readonly table: string;
  readonly seat: number;
  /** ISO 8601 with the offset of the casino's zone. */
  readonly opened_at: string;
  readonly seconds: number;
  readonly average_bet: string;
  readonly points: number;
  /** Of the event that closed it; null when a person did. */
  readonly key: string | null;
}

interface PatronDay {
  /** A card, or "?" and the key of the event that described somebody unknown. */
  readonly patron: string;
  readonly gaming_day: string;
  readonly cash_in: string;
  readonly cash_out: string;
  readonly reportable_in: boolean;
  readonly reportable_out: boolean;
}

/** What is read back from the database. */
interface State {
  readonly players: Readonly<Record<string, Player>>;
  readonly slips: readonly Slip[];
  readonly open_slips: number;
  readonly patron_days: readonly PatronDay[];
  /** Neither closed nor merged. */
  readonly ctr_cases: number;
  readonly ledger_points: number;
  readonly ledger_entries: number;
}

/** The state, and of this run what was refused and how much was known already. */
export interface Report extends State {
  readonly refused: readonly Refusal[];
  readonly replayed: number;
}

export async function makeReport(owner: pg.Client, casino: LoadedCasino, tally: Tally): Promise<Report> {
  const state = await readState(owner, casino);
  return {
    players: state.players,
    slips: state.slips,
    open_slips: state.open_slips,
    patron_days: state.patron_days,
    ctr_cases: state.ctr_cases,
    refused: tally.refused,
    replayed: tally.replayed,
    ledger_points: state.ledger_points,
    ledger_entries: state.ledger_entries,
  };
}

async function readState(owner: pg.Client, { casinoId, timezone }: LoadedCasino): Promise<State> {
  const query = readFileSync(join(import.meta.dirname, "report.sql"), "utf8");
  await owner.query("select set_config('timezone', $1, false)", [timezone]);
  const { rows } = await owner.query<{ state: State }>(query, [casinoId]);
  if (!rows[0]) throw new Error("The report's query gave no row.");
  return rows[0].state;
}

/** Writes the whole file or nothing of it. */
export function writeReport(file: string, report: object): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(report, undefined, 1));
    renameSync(draft, file);
  } catch (thrown) {
    throw new Sentence(`The report can't be written: ${messageOf(thrown)}.`);
  }
}
