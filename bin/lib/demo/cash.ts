import { CashLog } from "./cash-log.ts";
import type { FeedEvent } from "./history.ts";
import { makePlayers, type Player } from "./players.ts";
import type { DemoProperty, Names } from "./properties.ts";
import { Random } from "./random.ts";

/** Everybody with a story of their own; the others bring and take what nobody has to look at. */
const roles = [
  "acknowledged",
  "amended",
  "filed",
  "ready",
  "found",
  "debtor",
  "careful",
  "walker",
  "friend",
  "lucky",
  "agent",
  "principal",
  "spared",
] as const;

export type Cast = Readonly<Record<(typeof roles)[number], Player>>;

export interface CashHistory {
  /** What the cage and the pit saw, before and after the officer worked on the cases. */
  readonly before: readonly FeedEvent[];
  readonly after: readonly FeedEvent[];
  readonly cast: Cast;
  /** The gaming day so many days ago. */
  day(ago: number): string;
}

/**
 * Two and a half weeks of cash at a property that end at a given moment: people far below the
 * threshold, near it and over it, unknown ones, one who was identified, agents, mistakes that were
 * corrected, and whatever the alert rules look for. The same property and moment give the same events.
 */
export function makeCashHistory(demo: DemoProperty, names: Names, until: Date): CashHistory {
  const { code, tables } = demo.property;
  const players = makePlayers(code, demo.players, names, until.getUTCFullYear(), new Random(code));
  const cast = Object.fromEntries(roles.map((role, at) => [role, players[players.length - 1 - at]])) as Cast;
  const others = players.slice(0, -roles.length);
  const [first = "", second = "", third = ""] = tables.map(({ label }) => label);
  const random = new Random(`${code} cash`);
  const log = new CashLog(until);

  // A case that nobody has worked on in time.
  const stranger = log.person(18, 0, "Man of about 50, grey beard, black cap, smokes cigars");
  log.cash(18, 1, stranger, "in", "chip_purchase", "pit", 7_500, { table: first });
  log.cash(18, 3, stranger, "in", "chip_purchase", "pit", 6_000, { table: first });

  for (let ago = 9; ago >= 1; ago--) everyday(log, random, others, [first, second, third], ago);

  log.cash(9, 1, cast.acknowledged, "in", "front_money_deposit", "cage", 12_300);
  log.cash(9, 6, cast.acknowledged, "out", "chip_redemption", "cage", 11_400.5);
  const short = log.cash(8, 2, cast.amended, "in", "chip_purchase", "pit", 10_400, { table: second });
  log.cash(7, 5, cast.filed, "out", "chip_redemption", "cage", 15_265.25);
  log.cash(6, 1, cast.ready, "in", "chip_purchase", "pit", 9_000, { table: first });
  log.cash(6, 2, cast.ready, "in", "exchange", "cage", 1_500);

  // Counted again before anybody filed: the case closes.
  const wrong = log.cash(7, 1, cast.spared, "in", "chip_purchase", "pit", 10_400, { table: third });
  log.correct(7, 1.2, wrong, 9_400, "Counted 1 000 too much");

  // Two people who turn out to be one.
  const scarf = log.person(5, 0, "Woman of about 35, red scarf, calls the dealers by name");
  log.cash(5, 1, scarf, "in", "chip_purchase", "pit", 6_000, { table: second });
  log.cash(5, 2, cast.found, "in", "chip_purchase", "pit", 5_000, { table: third });

  // What the alert rules look for.
  log.cash(6, 4, cast.debtor, "in", "marker_payment", "cage", 8_000);
  log.cash(4, 4, cast.debtor, "in", "marker_payment", "cage", 7_500);
  log.cash(2, 4, cast.debtor, "in", "marker_payment", "cage", 6_000);
  log.cash(5, 3, cast.careful, "in", "front_money_deposit", "cage", 8_500);
  log.cash(3, 3, cast.careful, "in", "front_money_deposit", "cage", 9_200);
  const jacket = log.person(3, 0, "Man of about 40, green jacket, left without playing");
  log.cash(3, 1, jacket, "in", "chip_purchase", "cage", 6_500);
  log.cash(3, 5, cast.walker, "in", "chip_purchase", "pit", 5_000, { table: third });
  log.cash(3, 5.3, cast.friend, "in", "chip_purchase", "pit", 4_000, { table: third });
  log.cash(3, 8, cast.walker, "out", "chip_redemption", "cage", 11_200);

  // A jackpot is logged and not summed; what an agent carries counts for the principal alone.
  log.cash(4, 2, cast.lucky, "out", "jackpot", "slot", 15_000);
  log.cash(4, 1, cast.agent, "in", "chip_purchase", "cage", 6_000, { agent_for: cast.principal.card });
  log.cash(4, 3, cast.principal, "in", "money_play", "pit", 3_500, { table: second });
  log.cash(4, 3.5, cast.principal, "in", "money_play", "pit", 5_000, { table: second });

  const before = log.take("demo-cash-");
  log.correct(8, 9, short, 9_400, "A bundle was short");
  log.identify(5, 10, scarf, cast.found);
  return { before, after: log.take("demo-recount-"), cast, day: (ago) => log.day(ago) };
}

/** A day's cash that nobody has to look at, though some of it is watched. */
function everyday(
  log: CashLog,
  random: Random,
  players: readonly Player[],
  tables: readonly string[],
  ago: number,
): void {
  for (let left = random.between(5, 8); left > 0; left--) {
    const player = random.pick(players);
    const hours = random.between(0, 13 * 60) / 60;
    const amount = random.happens(0.2) ? random.between(30, 70) * 100 : random.between(4, 29) * 50;
    const table = random.pick(tables);
    const what = random.pick(["chips", "chips", "cage", "slot", "bet"]);
    if (what === "chips") log.cash(ago, hours, player, "in", "chip_purchase", "pit", amount, { table });
    else if (what === "cage") log.cash(ago, hours, player, "out", "chip_redemption", "cage", amount);
    else if (what === "slot") log.cash(ago, hours, player, "in", "bill_validator", "slot", amount);
    else log.cash(ago, hours, player, "out", "bet_payment", "sportsbook", amount);
  }
}
