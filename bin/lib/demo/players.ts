import type { Names } from "./properties.ts";
import type { Random } from "./random.ts";

/** How a player plays: the usual bets, how often and how long. */
export interface Habits {
  readonly bets: readonly number[];
  readonly visits: readonly [fewest: number, most: number];
  readonly minutes: readonly [shortest: number, longest: number];
  readonly rewards: readonly number[];
  readonly treats: readonly Treat[];
  readonly favourite?: string;
}

/** What points are redeemed for. */
export type Treat = readonly [points: number, reason: string];

const treats: readonly Treat[] = [
  [250, "Breakfast buffet"],
  [400, "Two show tickets"],
  [600, "Dinner at the grill"],
];
const largeTreats: readonly Treat[] = [
  [2_500, "Dinner for two, steakhouse"],
  [5_000, "Weekend in a suite"],
  [7_500, "Spa day for two"],
];

export interface Player {
  readonly card: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly habits: Habits;
}

const casual: Habits = {
  bets: [10, 15, 25, 25, 40, 50],
  visits: [1, 4],
  minutes: [20, 100],
  rewards: [50, 100, 150, 250],
  treats,
};
const regular: Habits = {
  bets: [75, 100, 150, 200, 300],
  visits: [2, 5],
  minutes: [30, 130],
  rewards: [250, 500, 750],
  treats,
};
const highRoller: Habits = {
  bets: [300, 400, 500, 600],
  visits: [3, 5],
  minutes: [40, 120],
  rewards: [1_000, 1_500, 2_500],
  treats: largeTreats,
};
const guestOfTheHouse: Habits = {
  bets: [800, 1_000, 1_200, 1_500],
  visits: [4, 6],
  minutes: [50, 150],
  rewards: [2_500, 4_000],
  favourite: "High Limit",
  treats: largeTreats,
};

/** Many who play small, few who play very high: every tier is reached. */
function habitsOf(at: number, of: number): Habits {
  const place = (at + 0.5) / of;
  if (place < 0.48) return casual;
  if (place < 0.8) return regular;
  return place < 0.94 ? highRoller : guestOfTheHouse;
}

export function makePlayers(code: string, count: number, names: Names, year: number, random: Random): Player[] {
  const first = random.shuffle(names.first);
  const last = random.shuffle(names.last);
  const two = (n: number) => String(n).padStart(2, "0");
  return Array.from({ length: count }, (_, at) => ({
    card: `${code}${700_101 + at * 7}`,
    firstName: first[at % first.length] ?? "",
    // One step further each time the list is through, so that no full name comes twice.
    lastName: last[(at + Math.floor(at / last.length)) % last.length] ?? "",
    birthDate: `${year - random.between(23, 79)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
    habits: habitsOf(at, count),
  }));
}
