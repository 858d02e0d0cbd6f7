import { randomUUID } from "node:crypto";
import type { Casino, Person } from "./casino.ts";

/** One call, ready to be sent. */
export interface Call {
  readonly settings: string;
  readonly text: string;
  readonly values: readonly string[];
  /** The answer's first column, by which a call that did something else is found out. */
  readonly answer: string | undefined;
}

export const pathNames = ["floor", "reward", "completion", "replay", "entryFew", "entryMany"] as const;
export type PathName = (typeof pathNames)[number];

/** What `--only` takes, and the paths that it means. */
export const choices: Readonly<Record<string, readonly PathName[]>> = {
  floor: ["floor"],
  reward: ["reward"],
  completion: ["completion"],
  replay: ["replay"],
  entry: ["entryFew", "entryMany"],
};

/** How many entries the cash log holds when a sample of these paths begins. */
export const entriesBefore = { entryFew: 1_000, entryMany: 1_000_000 } as const;

/** How the tables and messages name a path. */
export const pathTitles: Record<PathName, string> = {
  floor: "(a) floor: one update, one insert",
  reward: "(b) loyalty.manual_reward",
  completion: "(c) floor.complete_rating_slip",
  replay: "(d) replay of a used key",
  entryFew: "(e) compliance.record_mtl_entry, 1 000 entries",
  entryMany: "(f) the same, 1 000 000 entries",
};

const reason = "Long session, friendly to the whole table";

const floorText = "select bench.award($1::uuid, $2::bigint, $3, $4, $5::uuid)";
const rewardText = `select r.replayed, (r.ledger_entry).entry_no, r.current_balance
  from loyalty.manual_reward($1::uuid, $2::bigint, $3, $4) as r`;
const completionText = `select c.outcome, c.points, c.current_balance
  from floor.complete_rating_slip($1::uuid) as c`;
const entryText = `select r.replayed, (r.mtl_entry).entry_id, r.recorded_amount
  from compliance.record_mtl_entry(
    patron_id => null, player_id => $1::uuid, direction => 'in', kind => 'chip_purchase', area => 'pit',
    tender => 'currency', amount => $2::numeric, idempotency_key => $3
  ) as r`;

/** Makes the calls of every path. */
export class Paths {
  readonly #casino: Casino;
  readonly #used: { player: string; key: string }[] = [];
  readonly #entries = new Map<string, number>();
  #turn = 0;
  #slips: string[] = [];

  constructor(casino: Casino) {
    this.#casino = casino;
  }

  /** The slips that the next completions close. */
  set slips(slips: readonly string[]) {
    this.#slips = [...slips];
  }

  /** The next call of a path, or undefined when there is nothing left for it. */
  next(path: PathName): Call | undefined {
    // People take turns, so that nobody reaches the limit of rewards before everybody does.
    const person = pick(this.#casino.people, this.#turn++);
    const settings = settingsOf(person);
    const player = pick(this.#casino.players, random(this.#casino.players.length));
    switch (path) {
      case "floor":
        return {
          settings,
          text: floorText,
          values: [player, "25", reason, randomUUID(), person.staffId],
          answer: undefined,
        };
      case "reward":
        return { settings, text: rewardText, values: [player, "25", reason, randomUUID()], answer: "f" };
      case "replay": {
        const used = pick(this.#used, random(this.#used.length));
        return { settings, text: rewardText, values: [used.player, "25", reason, used.key], answer: "t" };
      }
      case "completion": {
        const slip = this.#slips.pop();
        return slip === undefined ? undefined : { settings, text: completionText, values: [slip], answer: "awarded" };
      }
      case "entryFew":
      case "entryMany":
        return { settings, text: entryText, values: [player, this.#amount(player), randomUUID()], answer: "f" };
    }
  }

  /** A few dollars, and another amount each time: the same again would be taken for a duplicate. */
  #amount(player: string): string {
    const entries = (this.#entries.get(player) ?? 0) + 1;
    this.#entries.set(player, entries);
    return (20 + entries / 100).toFixed(2);
  }

  /** One reward to every player, whose keys the replays use. */
  *firstRewards(): Generator<Call> {
    for (const player of this.#casino.players) {
      const key = randomUUID();
      this.#used.push({ player, key });
      const settings = settingsOf(pick(this.#casino.people, this.#turn++));
      yield { settings, text: rewardText, values: [player, "25", reason, key], answer: "f" };
    }
  }
}

/** What the gateway sends with a request of this person. */
function settingsOf(person: Person): string {
  return JSON.stringify([
    ["role", "pit_staff"],
    ["pit.session", person.session],
    ["pit.correlation_id", randomUUID()],
    ["statement_timeout", "5000"],
  ]);
}

function random(below: number): number {
  return Math.floor(Math.random() * below);
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error("There is nothing to pick from.");
  return found;
}
