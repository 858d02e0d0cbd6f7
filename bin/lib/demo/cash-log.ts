import type { FeedEvent } from "./history.ts";
import type { Player } from "./players.ts";

const minute = 60_000;
const hour = 60 * minute;

type Fields = Readonly<Record<string, string>>;

/** Something the cage or the pit saw; its key is known once its order is. */
export interface Moment {
  readonly at: number;
  readonly type: string;
  readonly fields: Fields;
  /** Other moments that this one names: the person it is about, the entry that it corrects. */
  readonly names: Readonly<Record<string, Moment>>;
}

/** Notes cash as it comes to mind, and tells it as a feed would: in order, each event with its key. */
export class CashLog {
  readonly #until: Date;
  readonly #keys = new Map<Moment, string>();
  #moments: Moment[] = [];

  constructor(until: Date) {
    this.#until = until;
  }

  /** The gaming day so many days ago, as the casino's calendar has it. */
  day(ago: number): string {
    return new Date(this.#noon(ago)).toISOString().slice(0, 10);
  }

  /** An unknown person, so many days ago and hours after noon. */
  person(ago: number, hours: number, description: string): Moment {
    return this.#note(ago, hours, "person", { description });
  }

  cash(
    ago: number,
    hours: number,
    who: Player | Moment,
    direction: "in" | "out",
    kind: string,
    area: string,
    amount: number,
    more: Fields = {},
  ): Moment {
    const what = { direction, kind, area, tender: "currency", amount: amount.toFixed(2), ...more };
    if ("card" in who) return this.#note(ago, hours, "cash", { card: who.card, ...what });
    return this.#note(ago, hours, "cash", what, { person: who });
  }

  correct(ago: number, hours: number, ref: Moment, amount: number, reason: string): void {
    this.#note(ago, hours, "cash_corrected", { amount: amount.toFixed(2), reason }, { ref });
  }

  identify(ago: number, hours: number, person: Moment, { card }: Player): void {
    this.#note(ago, hours, "identified", { card }, { person });
  }

  /** What was noted since the last time. */
  take(prefix: string): FeedEvent[] {
    const ordered = this.#moments.sort((a, b) => a.at - b.at);
    this.#moments = [];
    ordered.forEach((moment, at) => {
      this.#keys.set(moment, prefix + String(at + 1).padStart(4, "0"));
    });
    return ordered.map((moment) => ({
      key: this.#keyOf(moment),
      at: new Date(moment.at).toISOString(),
      type: moment.type,
      ...moment.fields,
      ...Object.fromEntries(Object.entries(moment.names).map(([field, named]) => [field, this.#keyOf(named)])),
    }));
  }

  #note(ago: number, hours: number, type: string, fields: Fields, names: Moment["names"] = {}): Moment {
    const at = Math.round((this.#noon(ago) + hours * hour) / minute) * minute;
    const moment = { at, type, fields, names };
    this.#moments.push(moment);
    return moment;
  }

  #keyOf(moment: Moment): string {
    return this.#keys.get(moment) ?? "";
  }

  /**
   * 20:00 UTC, around noon in the western United States: from there to the morning it is one gaming
   * day at both properties, in summer and in winter, and yesterday's is over by now.
   */
  #noon(ago: number): number {
    const today = new Date(this.#until.getTime() - 14 * hour);
    return Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - ago, 20);
  }
}
