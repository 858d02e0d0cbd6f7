import type { Property } from "./properties.ts";
import type { Random } from "./random.ts";

export interface Seat {
  readonly table: string;
  readonly seat: number;
}

interface Stay {
  readonly from: number;
  readonly to: number;
}

/** Who sits where and when, so that no seat is given away twice. */
export class Seats {
  readonly #tables: Property["tables"];
  readonly #stays = new Map<string, Stay[]>();

  constructor(tables: Property["tables"]) {
    this.#tables = tables;
  }

  /** Gives a seat to nobody. */
  close({ table, seat }: Seat): void {
    this.#stays.set(`${table}/${seat}`, [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }]);
  }

  /** Takes a seat that is free for the whole time, in the favourite pit more often than not. */
  take(random: Random, from: number, to: number, favourite?: string): Seat | undefined {
    const liked = this.#tables.filter((table) => table.pit === favourite);
    for (let attempt = 0; attempt < 40; attempt++) {
      const table = random.pick(liked.length > 0 && attempt < 20 ? liked : this.#tables);
      const seat = random.between(1, table.seats);
      const place = `${table.label}/${seat}`;
      const stays = this.#stays.get(place) ?? [];
      // A minute in between, so that the order of two events at one seat is never in doubt.
      if (stays.some((stay) => from < stay.to + 60_000 && stay.from < to + 60_000)) continue;
      this.#stays.set(place, [...stays, { from, to }]);
      return { table: table.label, seat };
    }
    return undefined;
  }
}
