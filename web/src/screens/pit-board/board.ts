import type {
  BoardSlipFragment,
  BoardTableFragment,
  FloorFragment,
  SlipSoFarFragment,
} from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

// The board's data in the order in which it is shown.

export type BoardSlip = BoardSlipFragment;

export interface BoardTable extends Omit<BoardTableFragment, "ratingSlips"> {
  slips: BoardSlip[];
  freeSeats: number[];
}

export interface Pit {
  name: string;
  tables: BoardTable[];
}

const inOrder = new Intl.Collator(undefined, { numeric: true }).compare;

export function arrange(floor: FloorFragment): Pit[] {
  const tables = (floor.gamingTables?.nodes ?? []).filter(isPresent).map(arrangeTable);
  const pits = Map.groupBy(tables, (table) => table.pit);
  return [...pits]
    .map(([name, each]) => ({ name, tables: each.sort((a, b) => inOrder(a.label, b.label)) }))
    .sort((a, b) => inOrder(a.name, b.name));
}

// The cache hands an unchanged table out again as it was, and its card has nothing to do then.
const arranged = new WeakMap<BoardTableFragment, BoardTable>();

function arrangeTable(table: BoardTableFragment): BoardTable {
  let known = arranged.get(table);
  if (!known) {
    known = arrangeSeats(table);
    arranged.set(table, known);
  }
  return known;
}

function arrangeSeats({ ratingSlips, ...table }: BoardTableFragment): BoardTable {
  // A slip that was just closed here is known to be before the next event says so.
  const slips = ratingSlips.nodes
    .filter(isPresent)
    .filter((slip) => slip.state !== "closed")
    .sort((a, b) => a.seatNo - b.seatNo);
  const taken = new Set(slips.map((slip) => slip.seatNo));
  const seats = Array.from({ length: table.seats }, (_, index) => index + 1);
  return { ...table, slips, freeSeats: seats.filter((seat) => !taken.has(seat)) };
}

export interface Occupancy {
  running: number;
  paused: number;
  /** Of the tables in service. */
  seats: number;
  free: number;
}

export function occupancy(pits: readonly Pit[]): Occupancy {
  const tables = pits.flatMap((pit) => pit.tables);
  const slips = tables.flatMap((table) => table.slips);
  const paused = slips.filter((slip) => slip.state === "paused").length;
  const inService = tables.filter((table) => table.active);
  return {
    running: slips.length - paused,
    paused,
    seats: inService.reduce((count, table) => count + table.seats, 0),
    free: inService.reduce((count, table) => count + table.freeSeats.length, 0),
  };
}

type SoFar = ReadonlyMap<string, SlipSoFarFragment>;

export function slipsNeedingAttention(pits: readonly Pit[], play: SoFar): BoardSlip[] {
  return pits.flatMap((pit) => pit.tables).flatMap((table) => table.slips.filter((slip) => needsAttention(slip, play)));
}

/** The tables of slips that need attention, in their pits. */
export function needingAttention(pits: readonly Pit[], play: SoFar): Pit[] {
  return pits
    .map(({ name, tables }) => ({
      name,
      tables: tables.filter((table) => table.slips.some((slip) => needsAttention(slip, play))),
    }))
    .filter((pit) => pit.tables.length > 0);
}

function needsAttention(slip: BoardSlip, play: SoFar): boolean {
  return Boolean(play.get(slip.ratingSlipId)?.attention);
}
