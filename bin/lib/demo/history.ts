import { type Habits, makePlayers, type Player } from "./players.ts";
import type { DemoProperty, Names } from "./properties.ts";
import { Random } from "./random.ts";
import { type Seat, Seats } from "./seats.ts";

/** An event of the floor feed. */
export interface FeedEvent {
  readonly key: string;
  readonly at: string;
  readonly type: string;
  readonly [field: string]: string | number;
}

/** The key of the last event: where it is known, the whole history is. */
export const lastKey = "demo-last";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const days = 10;

interface Moment {
  readonly at: number;
  readonly type: string;
  readonly fields: Readonly<Record<string, string | number>>;
  /** Another moment of this history that a reversal undoes. */
  readonly undoes?: Moment;
}

/**
 * Ten days on a casino's floor that end at a given moment, with some players still at the tables.
 * The same property and moment give the same events, key by key.
 */
export function makeHistory(demo: DemoProperty, names: Names, until: Date): FeedEvent[] {
  const random = new Random(demo.property.code);
  const players = makePlayers(demo.property.code, demo.players, names, until.getUTCFullYear(), random);
  const floor = new Floor(random, new Seats(demo.property.tables), until.getTime());
  const present = floor.seatPresentPlayers(random.shuffle(players), demo.openSlips);
  for (const player of players) floor.livePast(player, present.get(player) ?? until.getTime());
  for (const player of players) floor.enrol(player);
  const events = floor.events("demo-");
  return events.map((event, at) => (at === events.length - 1 ? { ...event, key: lastKey } : event));
}

/** Who is at the tables at a later moment, beside those who are there for other reasons. */
export function makePresence(demo: DemoProperty, names: Names, until: Date, taken: Taken): FeedEvent[] {
  const players = makePlayers(
    demo.property.code,
    demo.players,
    names,
    until.getUTCFullYear(),
    new Random(demo.property.code),
  );
  const free = players.filter(({ card }) => !taken.cards.has(card));
  const seats = new Seats(demo.property.tables);
  for (const seat of taken.seats) seats.close(seat);
  const stamp = until.toISOString().slice(0, 16);
  const random = new Random(`${demo.property.code} ${stamp}`);
  const floor = new Floor(random, seats, until.getTime());
  floor.seatPresentPlayers(random.shuffle(free), Math.max(demo.openSlips - taken.seats.length, 0));
  return floor.events(`demo-${stamp}-`);
}

/** Players and seats that are taken. */
export interface Taken {
  readonly cards: ReadonlySet<string>;
  readonly seats: readonly Seat[];
}

class Floor {
  readonly #random: Random;
  readonly #seats: Seats;
  readonly #now: number;
  readonly #moments: Moment[] = [];

  constructor(random: Random, seats: Seats, now: number) {
    this.#random = random;
    this.#seats = seats;
    this.#now = now;
  }

  /** Players who are on the floor now, with the time at which each came. */
  seatPresentPlayers(candidates: readonly Player[], count: number): Map<Player, number> {
    const present = new Map<Player, number>();
    for (const player of candidates) {
      if (present.size >= count) break;
      const slipAt = this.#now - this.#minutes(4, 235);
      const seat = this.#seats.take(this.#random, slipAt, Number.POSITIVE_INFINITY, player.habits.favourite);
      if (!seat) continue;
      const visitAt = slipAt - this.#minutes(2, 9);
      this.#note(visitAt, "visit_opened", player);
      this.#openSlip(slipAt, player, seat);
      const played = this.#play(player, slipAt + 2 * minute, this.#now - 2 * minute);
      // Every sixth has stepped away just now.
      if (present.size % 6 === 5) {
        const pausedAt = Math.max(played, this.#now - this.#minutes(1, 18));
        this.#note(pausedAt, "slip_paused", player);
      }
      present.set(player, visitAt);
    }
    return present;
  }

  /** A player's earlier visits, all over before a given time. */
  livePast(player: Player, before: number): void {
    const random = this.#random;
    const visits = random.between(...player.habits.visits);
    const nights = random.shuffle(Array.from({ length: days }, (_, at) => at + 1)).slice(0, visits);
    for (const night of nights.sort((a, b) => b - a)) {
      // Hours before now, so that the busy ones don't depend on the time of the day.
      const arrival = this.#now - night * day + this.#minutes(0, 13 * 60);
      this.#visit(player, arrival, before - 30 * minute);
    }
  }

  /** Half an hour before the first visit; who never came joined at the beginning. */
  enrol(player: Player): void {
    const arrivals = this.#moments.filter(({ fields }) => fields.card === player.card).map(({ at }) => at);
    const at = Math.min(this.#now - days * day, ...arrivals) - 30 * minute;
    this.#note(at, "player", player, {
      first_name: player.firstName,
      last_name: player.lastName,
      birth_date: player.birthDate,
    });
  }

  /** What happened, in order, each with its key. */
  events(prefix: string): FeedEvent[] {
    const ordered = this.#moments.sort((a, b) => a.at - b.at);
    const keys = new Map(ordered.map((moment, at) => [moment, prefix + String(at + 1).padStart(5, "0")]));
    return ordered.map((moment) => ({
      key: keys.get(moment) ?? "",
      at: new Date(moment.at).toISOString(),
      type: moment.type,
      ...moment.fields,
      ...(moment.undoes && { ref: keys.get(moment.undoes) ?? "" }),
    }));
  }

  #visit(player: Player, arrival: number, before: number): void {
    const random = this.#random;
    const stints = this.#stints(player.habits, arrival + this.#minutes(2, 12));
    const departure = (stints.at(-1)?.to ?? arrival) + this.#minutes(2, 25);
    if (departure >= before) return;
    const seats = stints.map(({ from, to }) => this.#seats.take(random, from, to, player.habits.favourite));
    if (seats.some((seat) => seat === undefined)) return;

    this.#note(arrival, "visit_opened", player);
    let isSeated = false;
    stints.forEach(({ from, to }, at) => {
      const seat = seats[at];
      if (!seat) return;
      if (isSeated) this.#note(from, "moved", player, { ...seat, average_bet: this.#bet(player) });
      else this.#openSlip(from, player, seat);
      this.#play(player, from + 3 * minute, to - 3 * minute);
      // Most go on at the next table; leaving without a word closes the slip with the visit.
      isSeated = at < stints.length - 1 || random.happens(0.15);
      if (!isSeated) this.#note(to, "slip_closed", player);
    });
    this.#note(departure, "visit_closed", player);
    this.#rewardAndRedeem(player, arrival, departure);
  }

  /** When a player sits where: one stint after the other. A move ends one and begins the next. */
  #stints({ minutes }: Habits, begin: number): { from: number; to: number }[] {
    const count = this.#random.pick([1, 1, 1, 2, 2, 3]);
    const stints: { from: number; to: number }[] = [];
    let from = begin;
    for (let at = 0; at < count; at++) {
      const to = from + this.#minutes(...minutes);
      stints.push({ from, to });
      from = to;
    }
    return stints;
  }

  /** Bets that change and breaks, within a stretch of time; gives the time of the last of them. */
  #play(player: Player, from: number, to: number): number {
    const random = this.#random;
    let at = from;
    while (random.happens(0.7)) {
      at += this.#minutes(8, 45);
      if (random.happens(0.35)) {
        const back = at + this.#minutes(4, 22);
        if (back >= to) break;
        this.#note(at, "slip_paused", player);
        this.#note(back, "slip_resumed", player);
        at = back;
      } else {
        if (at >= to) break;
        this.#note(at, "bet_observed", player, { average_bet: this.#bet(player) });
      }
    }
    return Math.min(at, to);
  }

  #rewardAndRedeem(player: Player, arrival: number, departure: number): void {
    const random = this.#random;
    if (random.happens(0.22)) {
      const at = arrival + this.#minutes(1, Math.floor((departure - arrival) / minute) - 10);
      const points = random.pick(player.habits.rewards);
      const reward = this.#note(at, "reward", player, { points, reason: random.pick(rewardReasons) });
      if (random.happens(0.12)) {
        const reason = "Meant for the player next to them";
        this.#moments.push({ at: at + 4 * minute, type: "reverse", fields: { reason }, undoes: reward });
      }
    }
    if (random.happens(0.2)) {
      const [points, reason] = random.pick(player.habits.treats);
      this.#note(departure - 2 * minute, "redeem", player, { points, reason });
    }
  }

  /** A time of so many minutes, to the second. */
  #minutes(fewest: number, most: number): number {
    return this.#random.between(fewest * 60, most * 60) * 1_000;
  }

  #openSlip(at: number, player: Player, seat: Seat): void {
    this.#note(at, "slip_opened", player, { ...seat, average_bet: this.#bet(player) });
  }

  #bet(player: Player): string {
    return `${this.#random.pick(player.habits.bets)}.00`;
  }

  #note(at: number, type: string, player: Player, fields: Readonly<Record<string, string | number>> = {}): Moment {
    const moment = { at, type, fields: { card: player.card, ...fields } };
    this.#moments.push(moment);
    return moment;
  }
}

const rewardReasons = [
  "Birthday at the table",
  "Long wait for a seat",
  "Goodwill after a misdeal",
  "First visit in months",
  "Welcome back from the pit",
  "Drink spilled by the service",
];
