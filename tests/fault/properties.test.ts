import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startDatabase } from "../support/stack.ts";
import { type House, type Outcome, quote, type Row, Trial } from "./properties/trial.ts";

// Random commands over several connections at once, at a casino with near limits, a small campaign
// and points that expire. Afterwards everything that is promised of a ledger must hold. A failing
// run is repeated by its seed: fast-check prints it.

const runs = 200;
const commandsPerRun = 60;
const connections = 4;

const kinds = [
  { arbitrary: fc.constant("reward" as const), weight: 12 },
  { arbitrary: fc.constant("adjust" as const), weight: 4 },
  { arbitrary: fc.constant("approve" as const), weight: 8 },
  { arbitrary: fc.constant("decline" as const), weight: 2 },
  { arbitrary: fc.constant("redeem" as const), weight: 6 },
  { arbitrary: fc.constant("reverse" as const), weight: 6 },
  { arbitrary: fc.constant("play" as const), weight: 8 },
  { arbitrary: fc.constant("seat" as const), weight: 3 },
  { arbitrary: fc.constant("complete" as const), weight: 3 },
  { arbitrary: fc.constant("remember" as const), weight: 4 },
  { arbitrary: fc.constant("replay" as const), weight: 6 },
  { arbitrary: fc.constant("conflict" as const), weight: 3 },
  { arbitrary: fc.constant("twice" as const), weight: 3 },
  { arbitrary: fc.constant("expire" as const), weight: 1 },
  { arbitrary: fc.constant("grow stale" as const), weight: 1 },
];

const commandOf = fc.record({
  kind: fc.oneof(...kinds),
  player: fc.nat({ max: 2 }),
  person: fc.nat({ max: 1 }),
  points: fc.integer({ min: 1, max: 1300 }),
  pick: fc.nat({ max: 999 }),
});
type Command = typeof commandOf extends fc.Arbitrary<infer T> ? T : never;

/** Refusals that are answers. Whatever else is raised, a deadlock or a broken key, is a failure. */
const answers: Readonly<Record<Command["kind"], readonly string[]>> = {
  reward: ["LYLIM", "LYRTE", "LYSDL", "LYPDL"],
  adjust: ["LYBAL"],
  approve: ["LYSLF", "LYDEC", "LYBAL"],
  decline: ["LYSLF", "LYDEC"],
  redeem: ["LYBAL"],
  reverse: ["LYENT", "LYREV", "LYBAL"],
  play: [],
  seat: ["RSOPN", "RSSEA", "RSTIM"],
  complete: ["RSNFD", "RSNOP"],
  remember: [],
  replay: [],
  conflict: ["LYIDM"],
  twice: ["LYLIM", "LYRTE", "LYSDL", "LYPDL"],
  expire: [],
  "grow stale": [],
};

/** What needs more luck than a fixed number of runs may have. */
const rare = ["approve LYBAL", "seat RSTIM", "seat RSSEA", "complete RSNFD", "complete RSNOP"];

interface Player {
  readonly playerId: string;
  readonly card: string;
  slips: number;
}

interface Done {
  readonly claim: string;
  readonly key: string;
  /** The call with these points instead of the first ones. */
  readonly call: (points: number) => string;
  readonly points: number;
  readonly entryKey: string | null;
  readonly requestId: string | null;
}

interface Request {
  readonly requestId: string;
  readonly claim: string;
}

let database: Omit<Stack, "url">;
let trial: Trial;
beforeAll(async () => {
  database = await startDatabase();
  trial = await Trial.open(database, connections);
});
afterAll(async () => {
  await trial.close();
  await database.stop();
});

/** One run: a casino of its own, and what the commands have done so far. */
class Run {
  readonly #house: House;
  readonly #tableId: string;
  readonly #players: readonly Player[];
  readonly #visitId: string;
  #seated: string | undefined;
  readonly #requests: Request[] = [];
  readonly #done: Done[] = [];
  readonly failures: string[] = [];

  private constructor(house: House, tableId: string, players: readonly Player[], visitId: string) {
    this.#house = house;
    this.#tableId = tableId;
    this.#players = players;
    this.#visitId = visitId;
  }

  static async begin(): Promise<Run> {
    const [made] = await trial.rows<{ house: House }>("select trial.casino($1) as house", [
      `T${randomUUID().slice(0, 8).toUpperCase()}`,
    ]);
    const house = (made as { house: House }).house;
    const table = await trial.rows<{ id: string }>(
      "select table_id as id from floor.gaming_table where casino_id = $1",
      [house.casinoId],
    );
    const players = await Promise.all(
      [0, 1, 2].map(async (n) => {
        const card = `C${n}`;
        const enrolled = await trial.as(
          n,
          house.bosses[0],
          `floor.enroll_player('${card}', 'Pat', '${card}', '1980-01-31', '${card}')`,
        );
        const { player_id: playerId } = row(enrolled, "player");
        // What it gets here is older than the points' validity and expires.
        await trial.as(n, house.feed, `ops.ingest_events(${quote(JSON.stringify(old(card)))})`);
        return { playerId: String(playerId), card, slips: 0 };
      }),
    );
    // The last one is seated now; of the others the feed tells what they played in the past.
    const opened = await trial.as(
      0,
      house.bosses[0],
      `floor.open_visit('${players[2]?.playerId}', now() - interval '14 minutes', 'visit')`,
    );
    return new Run(house, table[0]?.id ?? "", players, String(row(opened, "visit").visit_id));
  }

  get casinoId(): number {
    return this.#house.casinoId;
  }

  get playerIds(): readonly string[] {
    return this.#players.map(({ playerId }) => playerId);
  }

  /** The commands in turn over every connection, all connections at once. */
  async carryOut(commands: readonly Command[]): Promise<void> {
    await Promise.all(
      Array.from({ length: connections }, async (_, connection) => {
        for (const [n, command] of commands.entries()) {
          if (n % connections !== connection) continue;
          const outcome = await this.#carryOut(command, connection);
          if (outcome) count(`${command.kind} ${outcome.refused ?? "done"}`);
          if (outcome?.refused === undefined || answers[command.kind].includes(outcome.refused)) continue;
          this.failures.push(`${JSON.stringify(command)} ended with ${outcome.refused}`);
        }
      }),
    );
    for (const law of ["trial.broken($1)", "trial.disagreeing($1, $2)"]) {
      const values = law.includes("$2") ? [this.#house.casinoId, this.#house.admin] : [this.#house.casinoId];
      const broken = await trial.rows<{ law: string; of: string }>(`select law, of from ${law}`, values);
      for (const each of broken) this.failures.push(`${each.law}: not for ${each.of}`);
    }
  }

  #carryOut(command: Command, connection: number): Promise<Outcome | undefined> {
    const { kind, person, points, pick } = command;
    const player = this.#players[command.player] as Player;
    const boss = this.#house.bosses[person] as string;
    const marketing = this.#house.marketing[person] as string;
    const key = randomUUID();
    const of = `'${player.playerId}'`;
    switch (kind) {
      case "reward":
        return this.#keep(
          connection,
          boss,
          key,
          points,
          (p) => `loyalty.manual_reward(${of}, ${p}, 'a small thank you', '${key}')`,
        );
      case "twice":
        return this.#twice(connection, boss, `loyalty.manual_reward(${of}, ${points}, 'a small thank you', '${key}')`);
      case "adjust": {
        const sign = pick % 2 ? "-" : "";
        return this.#keep(
          connection,
          marketing,
          key,
          points,
          (p) => `loyalty.adjust_points(${of}, ${sign}${p}, 'wrong card', '${key}')`,
        );
      }
      case "redeem": {
        const cash = pick % 3 ? "null" : "12.50";
        return this.#keep(
          connection,
          boss,
          key,
          points,
          (p) => `loyalty.redeem(${of}, ${p}, 'dinner', '${key}', ${cash})`,
        );
      }
      case "reverse":
        return this.#keep(
          connection,
          marketing,
          key,
          (pick % 14) + 1,
          (p) => `loyalty.reverse_entry(${of}, ${p}, 'wrong', '${key}')`,
        );
      case "approve":
      case "decline":
        return this.#decide(connection, kind, pick, [boss, marketing][pick % 2] as string);
      case "play":
        return this.#play(connection, this.#players[pick % 2] as Player, points, pick);
      case "seat":
        return this.#seat(connection, boss, points, key);
      case "complete":
        if (!this.#seated) return nothing;
        return trial.as(connection, boss, `floor.complete_rating_slip('${this.#seated}')`);
      case "remember":
        return this.#remember(connection, player, points, key);
      case "replay":
        return this.#again(connection, pick);
      case "conflict": {
        const done = this.#pick(this.#done, pick);
        if (!done) return nothing;
        return trial.as(connection, done.claim, done.call(done.points + 1)).then((outcome) => {
          if (outcome.refused !== "LYIDM")
            this.failures.push(`${done.call(done.points)}: its key took another request`);
          return outcome;
        });
      }
      case "expire":
        return trial.work(this.#house.casinoId, "loyalty/expire_points", "loyalty.expire_points_job");
      case "grow stale":
        return this.#growStale(pick);
    }
  }

  #pick<T>(list: readonly T[], pick: number): T | undefined {
    return list[pick % Math.max(list.length, 1)];
  }

  /** A command with a key; what it made is remembered, to be asked for again. */
  async #keep(connection: number, claim: string, key: string, points: number, call: Done["call"]): Promise<Outcome> {
    const outcome = await trial.as(connection, claim, call(points));
    if (!outcome.result) return outcome;
    const entry = outcome.result.ledger_entry as Row | null;
    const request = outcome.result.reward_request as Row | null;
    if (outcome.result.replayed !== false) this.failures.push(`${call(points)} was replayed the first time`);
    const requestId = (request?.reward_request_id as string | undefined) ?? null;
    if (requestId) this.#requests.push({ requestId, claim });
    this.#done.push({ claim, key, call, points, entryKey: entryKey(entry), requestId });
    return outcome;
  }

  /** One request that two connections send at once is one. */
  async #twice(connection: number, claim: string, call: string): Promise<Outcome> {
    const [one, other] = await Promise.all([trial.as(connection, claim, call), trial.as(connection + 1, claim, call)]);
    // Refused they may be for different reasons, since the others don't wait meanwhile.
    const given = [one, other].flatMap(({ result }) => (result ? [result] : []));
    const firsts = given.filter(({ replayed }) => replayed === false).length;
    const entries = new Set(given.map((each) => entryKey(each.ledger_entry as Row | null)));
    if (given.length > 0 && (firsts !== 1 || entries.size !== 1)) {
      this.failures.push(`${call} at once: ${JSON.stringify([one, other])}`);
    }
    return one;
  }

  /** The same request with the same key gives the first result and changes nothing. */
  async #again(connection: number, pick: number): Promise<Outcome | undefined> {
    const done = this.#pick(this.#done, pick);
    if (!done) return undefined;
    const outcome = await trial.as(connection, done.claim, done.call(done.points));
    const { result } = outcome;
    const request = result?.reward_request as Row | null | undefined;
    const isFirst = done.requestId
      ? request?.reward_request_id === done.requestId
      : entryKey(result?.ledger_entry as Row | null) === done.entryKey;
    if (result?.replayed !== true || !isFirst) this.failures.push(`${done.call(done.points)} gave another result`);
    return outcome;
  }

  async #decide(
    connection: number,
    how: "approve" | "decline",
    pick: number,
    claim: string,
  ): Promise<Outcome | undefined> {
    const request = this.#pick(this.#requests, pick);
    if (!request) return undefined;
    const reason = how === "decline" ? ", 'not this one'" : "";
    const outcome = await trial.as(connection, claim, `loyalty.${how}_reward('${request.requestId}'${reason})`);
    if (request.claim === claim && outcome.refused !== "LYSLF") {
      this.failures.push(`${request.requestId} was decided by who asked for it: ${JSON.stringify(outcome)}`);
    }
    return outcome;
  }

  /** A slip of some time ago, as the floor's feed tells it, in one message. */
  async #play(connection: number, player: Player, points: number, pick: number): Promise<Outcome> {
    player.slips += 1;
    const hours = 24 * 300 - 3 * player.slips;
    const at = (minutes: number) => new Date(Date.now() - (hours * 60 - minutes) * 60_000).toISOString();
    const key = randomUUID();
    const { card } = player;
    const seat = this.#players.indexOf(player) + 1;
    const events = [
      { key: `${key} 1`, at: at(0), type: "visit_opened", card },
      { key: `${key} 2`, at: at(0), type: "slip_opened", card, table: "T", seat, average_bet: points / 20 },
      { key: `${key} 3`, at: at(1 + (pick % 150)), type: "visit_closed", card },
    ];
    return trial.as(
      connection,
      this.#house.feed,
      `(select jsonb_agg(i) from ops.ingest_events(${quote(JSON.stringify(events))}) as i)`,
    );
  }

  async #seat(connection: number, boss: string, bet: number, key: string): Promise<Outcome> {
    const since = this.#seated ? "null" : "now() - interval '10 minutes'";
    const outcome = await trial.as(
      connection,
      boss,
      `floor.start_rating_slip('${this.#visitId}', '${this.#tableId}', 5, ${bet}, ${since}, '${key}')`,
    );
    if (outcome.result) this.#seated = String(row(outcome, "rating_slip").rating_slip_id);
    return outcome;
  }

  /** A reward that the feed tells of afterwards. */
  #remember(connection: number, player: Player, points: number, key: string): Promise<Outcome> {
    const at = new Date(Date.now() - 86_400_000 * (points % 500)).toISOString();
    const events = [{ key, at, type: "reward", card: player.card, points, reason: "told afterwards" }];
    return trial.as(
      connection,
      this.#house.feed,
      `(select jsonb_agg(i) from ops.ingest_events(${quote(JSON.stringify(events))}) as i)`,
    );
  }

  async #growStale(pick: number): Promise<Outcome | undefined> {
    const request = this.#pick(this.#requests, pick);
    if (!request) return undefined;
    await trial.rows("update loyalty.reward_request set expires_at = now() where reward_request_id = $1", [
      request.requestId,
    ]);
    return trial.work(this.#house.casinoId, "loyalty/expire_requests", "loyalty.expire_requests_job");
  }
}

const nothing = Promise.resolve(undefined);

/** How often what came to pass, over all runs: a property over nothing proves nothing. */
const tally = new Map<string, number>();
const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);

const entryKey = (entry: Row | null | undefined) => (entry ? JSON.stringify(entry) : null);

function row(outcome: Outcome, attribute: string): Row {
  if (!outcome.result) throw new Error(`The trial could not begin: ${outcome.refused}`);
  return outcome.result[attribute] as Row;
}

/** Points of more than a year ago. */
function old(card: string): Row[] {
  return [500, 400].map((days) => ({
    key: `old ${card} ${days}`,
    at: new Date(Date.now() - days * 86_400_000).toISOString(),
    type: "reward",
    card,
    points: 400 + days,
    reason: "told afterwards",
  }));
}

test(`${runs} runs of ${commandsPerRun} random commands over ${connections} connections break no promise`, {
  timeout: 900_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(commandOf, { minLength: commandsPerRun, maxLength: commandsPerRun }),
      async (commands) => {
        const run = await Run.begin();
        await run.carryOut(commands);
        expect(run.failures).toEqual([]);
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );

  // Everything that could happen did.
  const possible = Object.entries(answers).flatMap(([kind, refusals]) => [
    ...(kind === "conflict" ? [] : [`${kind} done`]),
    ...refusals.map((refusal) => `${kind} ${refusal}`),
  ]);
  expect(possible.filter((each) => !tally.has(each) && !rare.includes(each))).toEqual([]);
  const types = await trial.rows<{ type: string }>(
    "select distinct transaction_type as type from loyalty.loyalty_ledger order by 1",
  );
  expect(types.map(({ type }) => type)).toEqual([
    "ADJUSTMENT",
    "EXPIRATION",
    "GAMEPLAY",
    "MANUAL_BONUS",
    "PROMOTION",
    "REDEMPTION",
    "REVERSAL",
  ]);
});

test("and the promises are looked at: a balance, a tier and a budget that are wrong are found", async () => {
  const run = await Run.begin();
  await run.carryOut([]);
  expect(run.failures).toEqual([]);
  const [player] = run.playerIds;
  await trial.rows(
    "update loyalty.player_loyalty set current_balance = current_balance + 1, tier = 'GOLD' where player_id = $1",
    [player],
  );
  await trial.rows("update loyalty.promotion set points_awarded = 1 where casino_id = $1 and name = 'half'", [
    run.casinoId,
  ]);
  await run.carryOut([]);
  const found = run.failures.map((failure) => failure.split(": ")[0]);
  expect([...new Set(found)].sort()).toEqual([
    "a campaign gives what its entries say, within its budget",
    "every chain is intact",
    "the roll-forward ties",
    "the standings don't drift",
    "the sum of the entries is the balance and the last balance_after",
    "the tier is as the table says",
  ]);
});
