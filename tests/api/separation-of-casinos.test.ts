import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionClaim } from "../../graphql/auth/token.ts";
import type { Client } from "./support/client.ts";
import {
  complete,
  documents,
  enroll,
  nextSeat,
  playFor,
  reason,
  reward,
  type Slip,
  tablesOf,
} from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../graphql/schema.graphql"), "utf8"));

let house: House;
let ours: Client;
let theirs: Client;
let marketing: Client;
/** What casino TWO has; nobody of casino ONE may see or change any of it. */
let slip: Slip;
let openSlip: Slip;
let visitId: string;

beforeAll(async () => {
  house = await openHouse();
  [ours, theirs, marketing] = await Promise.all([
    house.as("pit_boss"),
    house.as("pit_boss", "TWO"),
    house.as("marketing"),
  ]);
  slip = await playFor(60, theirs, await nextSeat(theirs, theirs));
  await complete(theirs, slip.ratingSlipId);
  await reward(theirs, slip.playerId, { points: "5000" });
  openSlip = await playFor(5, theirs, await nextSeat(theirs, theirs));
  const rows = await house.sql<{ visit_id: string }>(
    "select visit_id from floor.rating_slip where rating_slip_id = $1",
    [openSlip.ratingSlipId],
  );
  visitId = rows[0]?.visit_id ?? "";
});
afterAll(() => house.close());

const scalarsOf = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0)
    .map((field) => field.name)
    .join(" ");

/** Who looks at a list that isn't for auditors. */
const lookers: Readonly<Record<string, "admin" | "pit_boss">> = {
  accessReview: "admin",
  staffAccounts: "admin",
  runningPlay: "pit_boss",
  runningPlayByPit: "pit_boss",
};

/** What can be listed without saying of whom or what; auditors may look at the most of it. */
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  (field) =>
    field.args.some((argument) => argument.name === "first") &&
    !field.args.some(isRequiredArgument) &&
    field.name !== "findPlayers",
);

function documentOf(field: GraphQLField<unknown, unknown>): string {
  const connection = getNamedType(field.type) as GraphQLObjectType;
  const node = getNamedType(connection.getFields().nodes?.type ?? field.type) as GraphQLObjectType;
  return `{ ${field.name}(first: 100) { totalCount nodes { ${scalarsOf(node)} } } }`;
}

/** Everything of casino TWO that identifies a row. */
async function theirSecrets(): Promise<string[]> {
  const rows = await house.sql<{ id: string }>(`
    select player_id::text as id from floor.player where casino_id = 2
    union all select rating_slip_id::text from floor.rating_slip where casino_id = 2
    union all select visit_id::text from floor.visit where casino_id = 2
    union all select table_id::text from floor.gaming_table where casino_id = 2
    union all select staff_id::text from identity.staff where casino_id = 2
    union all select loyalty_policy_id::text from loyalty.loyalty_policy where casino_id = 2
    union all select reward_request_id::text from loyalty.reward_request where casino_id = 2
    union all select 'Casino TWO'`);
  return rows.map((row) => row.id);
}

describe("reading", () => {
  test.each(
    lists.map((field) => [field.name, documentOf(field)]),
  )("the list %s shows nothing of the other casino", async (name, document) => {
    const { data, errors } = await (await house.as(lookers[name] ?? "auditor")).ask<
      Record<string, { nodes: unknown[] }>
    >(document);
    expect(errors).toEqual([]);
    const shown = JSON.stringify(data);
    for (const secret of await theirSecrets()) expect(shown).not.toContain(secret);
    expect(data).toHaveProperty(name);
  });

  test("the lists do show the other casino to its own people", async () => {
    const answers = await Promise.all(
      lists.map(async (field) => (await house.as(lookers[field.name] ?? "auditor", "TWO")).get(documentOf(field))),
    );
    const shown = JSON.stringify(answers);
    for (const secret of [slip.playerId, slip.ratingSlipId, visitId, "Casino TWO"]) expect(shown).toContain(secret);
  });

  test("by row id gives nothing", async () => {
    const [tableId] = await tablesOf(theirs);
    const document = `query ($player: UUID!, $slip: UUID!, $visit: UUID!, $table: UUID!) {
      player(playerId: $player) { cardNo } playerLoyalty(playerId: $player) { currentBalance }
      ratingSlip(ratingSlipId: $slip) { state } visit(visitId: $visit) { openedAt }
      gamingTable(tableId: $table) { label } loyaltyLedger(playerId: $player, entryNo: "1") { pointsChange }
      ratingSlipEvent(ratingSlipId: $slip, eventNo: 1) { eventNo } }`;
    const variables = { player: slip.playerId, slip: slip.ratingSlipId, visit: visitId, table: tableId };
    const empty = Object.fromEntries(
      ["player", "playerLoyalty", "ratingSlip", "visit", "gamingTable", "loyaltyLedger", "ratingSlipEvent"].map(
        (name) => [name, null],
      ),
    );
    expect(await ours.get(document, variables)).toEqual(empty);
    expect(Object.values(await theirs.get<object>(document, variables))).not.toContain(null);
  });

  test("by global id, card number or name gives nothing", async () => {
    const { player } = await theirs.get<{ player: { nodeId: string; cardNo: string; lastName: string } }>(
      "query ($id: UUID!) { player(playerId: $id) { nodeId cardNo lastName } }",
      { id: slip.playerId },
    );
    const document = `query ($nodeId: ID!, $cardNo: String!) { node(nodeId: $nodeId) { nodeId }
      playerByCardNo(cardNo: $cardNo) { playerId } findPlayers(search: $cardNo, first: 5) { nodes { playerId } } }`;
    const nothing = { node: null, playerByCardNo: null, findPlayers: { nodes: [] } };
    expect(await ours.get(document, { nodeId: player.nodeId, cardNo: player.cardNo })).toEqual(nothing);
    expect(await theirs.get(document, { nodeId: player.nodeId, cardNo: player.cardNo })).not.toEqual(nothing);
  });

  test("takes a casino nowhere as an argument", () => {
    const names = argumentNames();
    expect(names).toContain("playerId");
    expect(names.filter((name) => /casino/i.test(name))).toEqual([]);
  });
});

/** Names of everything that a client can say. */
function argumentNames(): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type)) return Object.keys(type.getFields());
    if (!isObjectType(type) || type.name.startsWith("__")) return [];
    return Object.values(type.getFields()).flatMap((field) => field.args.map((argument) => argument.name));
  });
}

describe("commands", () => {
  test("don't reach the other casino's players, visits, slips, tables or entries", async () => {
    const mine = await playFor(5, ours, await nextSeat(ours, ours));
    const myVisit = (
      await ours.get<{ ratingSlip: { visitId: string } }>(
        "query ($id: UUID!) { ratingSlip(ratingSlipId: $id) { visitId } }",
        { id: mine.ratingSlipId },
      )
    ).ratingSlip.visitId;
    const [theirTable] = await tablesOf(theirs);
    const [myTable] = await tablesOf(ours);
    const before = await house.sql("select * from floor.rating_slip where casino_id = 2 order by rating_slip_id");
    const bet = { averageBet: "10" };
    const attempts = [
      [ours, "openVisit", { playerId: slip.playerId }, "PLAYER_NOT_FOUND"],
      [ours, "closeVisit", { visitId }, "VISIT_NOT_OPEN"],
      [ours, "startRatingSlip", { visitId, tableId: myTable, seatNo: 7, ...bet }, "VISIT_NOT_OPEN"],
      [ours, "startRatingSlip", { visitId: myVisit, tableId: theirTable, seatNo: 7, ...bet }, "SLIP_ALREADY_OPEN"],
      [
        ours,
        "movePlayer",
        { ratingSlipId: mine.ratingSlipId, tableId: theirTable, seatNo: 7, ...bet },
        "TABLE_NOT_FOUND",
      ],
      [ours, "recordBet", { ratingSlipId: openSlip.ratingSlipId, ...bet }, "RATING_SLIP_NOT_FOUND"],
      [ours, "pauseRatingSlip", { ratingSlipId: openSlip.ratingSlipId }, "RATING_SLIP_NOT_FOUND"],
      [ours, "completeRatingSlip", { ratingSlipId: openSlip.ratingSlipId }, "RATING_SLIP_NOT_FOUND"],
      [ours, "recoverSlipLoyalty", { ratingSlipId: slip.ratingSlipId }, "RATING_SLIP_NOT_FOUND"],
      [ours, "manualReward", { playerId: slip.playerId, points: "1", reason }, "PLAYER_NOT_FOUND"],
      [ours, "redeem", { playerId: slip.playerId, points: "1", reason }, "PLAYER_NOT_FOUND"],
      [marketing, "reverseEntry", { playerId: slip.playerId, entryNo: "1", reason }, "PLAYER_NOT_FOUND"],
      [
        ours,
        "manualReward",
        { playerId: mine.playerId, points: "1", reason, ratingSlipId: openSlip.ratingSlipId },
        "RATING_SLIP_NOT_FOUND",
      ],
    ] as const;
    for (const [client, command, input, code] of attempts) {
      const keyless = command === "completeRatingSlip" || command === "recoverSlipLoyalty";
      const error = await client.refused(documents[command], {
        input: keyless ? input : { ...input, idempotencyKey: newKey() },
      });
      expect([command, error.extensions.code]).toEqual([command, code]);
    }
    expect(await house.sql("select * from floor.rating_slip where casino_id = 2 order by rating_slip_id")).toEqual(
      before,
    );
  });

  test("may use the same keys and cards in both casinos", async () => {
    const idempotencyKey = newKey();
    const input = { idempotencyKey, cardNo: "SHARED" };
    const [one, two] = [await enroll(ours, input), await enroll(theirs, input)];
    expect(one).not.toBe(two);
    const key = newKey();
    const results = [
      await reward(ours, one, { idempotencyKey: key }),
      await reward(theirs, two, { idempotencyKey: key }),
    ];
    expect(results.map((result) => result.replayed)).toEqual([false, false]);
  });
});

describe("the gateway's own login", () => {
  /** Runs statements as the gateway would, were it full of holes. */
  async function asGateway(settings: Record<string, string>, query: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: house.gatewayUrl });
    await client.connect();
    try {
      await client.query("begin");
      for (const [name, value] of Object.entries(settings)) {
        await client.query("select set_config($1, $2, true)", [name, value]);
      }
      return await client.query(query);
    } finally {
      await client.end();
    }
  }

  test("sees the other casino whatever settings it makes up: never", async () => {
    const claim = sessionClaim(ours.token) ?? "";
    const role = { role: "pit_staff" };
    const forged = claim.replace(/^1\./, "2.");
    await expect(asGateway({ ...role, "pit.session": forged }, "select * from floor.player")).rejects.toMatchObject({
      code: "IDUNA",
    });
    const inventions: Record<string, string>[] = [
      {},
      { "pit.casino": "2" },
      { "pit.casino": "2", "pit.staff": "x", "request.casino_id": "2" },
    ];
    for (const more of inventions) {
      const { rows } = await asGateway(
        { ...role, "pit.session": claim, ...more },
        "select distinct casino_id from floor.player",
      );
      expect(rows).toEqual([{ casino_id: 1 }]);
      await expect(
        asGateway(
          { ...role, "pit.session": claim, ...more },
          `select loyalty.manual_reward('${slip.playerId}', 1, '${reason}', 'forged-key')`,
        ),
      ).rejects.toMatchObject({ code: "RSPLR" });
    }
  });

  test("without a role reads no table, and may become nobody but staff and visitor", async () => {
    await expect(asGateway({}, "select * from floor.player")).rejects.toMatchObject({ code: "42501" });
    for (const role of ["pit_owner", "loyalty_service", "identity_service", "pit_worker", "pit_auditor", "postgres"]) {
      await expect(asGateway({}, `set role ${role}`)).rejects.toMatchObject({ code: "42501" });
    }
  });

  test("as staff writes no table", async () => {
    const settings = { role: "pit_staff", "pit.session": sessionClaim(ours.token) ?? "" };
    for (const statement of [
      "insert into loyalty.loyalty_ledger default values",
      "update loyalty.player_loyalty set current_balance = 1000000",
      "delete from floor.rating_slip",
      "truncate loyalty.loyalty_ledger",
      "select identity._enter('loyalty:award')",
      "select loyalty.increment_player_loyalty(uuidv7(), 5)",
      "select identity.sign_in_challenge('ONE', 'admin')",
    ]) {
      await expect(asGateway(settings, statement)).rejects.toMatchObject({ code: "42501" });
    }
  });
});
