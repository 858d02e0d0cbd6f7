import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiError, Client, Variables } from "./support/client.ts";
import {
  ago,
  type Command,
  complete,
  documents,
  enroll,
  nextSeat,
  openVisit,
  playFor,
  reason,
  redeem,
  reward,
  type Slip,
  send,
  startSlip,
  tablesOf,
} from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// What no command can do over HTTP is done by functions that only these tests have.
const prepare = `
  create function ops.empty_the_ledger() returns boolean language plpgsql volatile security definer
  set search_path = '' as $$ begin delete from loyalty.loyalty_ledger; return true; end $$;
  create function ops.forget_the_events() returns boolean language plpgsql volatile security definer
  set search_path = '' as $$ begin truncate floor.rating_slip_event; return true; end $$;
  create function ops.play_without_edge() returns boolean language plpgsql volatile security definer
  set search_path = '' as $$ begin
    perform loyalty.calculate_points(1, 1, 0, 60, 7, 10, 1, 1, p) from loyalty.loyalty_policy as p limit 1;
    return true; end $$;
  create function ops.raise_registered(code text) returns boolean language plpgsql volatile security definer
  set search_path = '' as $$ begin perform ops._refuse(code, array['this', 'that']); return true; end $$;
  grant execute on function ops.empty_the_ledger(), ops.forget_the_events(), ops.play_without_edge(),
    ops.raise_registered(text) to pit_staff;`;

let house: House;
let boss: Client;
let supervisor: Client;
let marketing: Client;
const nobody = "00000000-0000-7000-8000-000000000000";

beforeAll(async () => {
  house = await openHouse({ prepare });
  boss = await house.as("pit_boss");
  supervisor = await house.as("floor_supervisor");
  marketing = await house.as("marketing");
});
afterAll(() => house.close());

const seen = new Set<string>();

/** Sends what must be refused, and checks that the refusal is one that a person can act on. */
async function refusal(client: Client, query: string, variables: Variables = {}): Promise<ApiError> {
  const error = await client.refused(query, variables);
  expect(error.message).toMatch(/^\S.{10,}\.$/s);
  expect(error.message).not.toContain("%s");
  expect(error.extensions.hint).toMatch(/^[A-Z].*\.$/s);
  expect(error.extensions.correlationId).toBeTruthy();
  seen.add(error.extensions.code ?? "");
  return error;
}

async function codeOf(client: Client, command: Command, input: Variables): Promise<string | undefined> {
  const withKey = command === "completeRatingSlip" || command === "recoverSlipLoyalty" || command === "ingestEvents";
  const all = withKey ? input : { idempotencyKey: newKey(), ...input };
  return (await refusal(client, documents[command], { input: all })).extensions.code;
}

const newSlip = async (): Promise<Slip> => playFor(5, boss, await nextSeat(boss, house));

describe("who asks", () => {
  test("UNAUTHORIZED: nobody is signed in", async () => {
    expect(await codeOf(house.visitor(), "redeem", { playerId: nobody, points: "1", reason })).toBe("UNAUTHORIZED");
  });

  test("FORBIDDEN: the capability is missing, and the message names it", async () => {
    const cashier = await house.as("cashier");
    const error = await refusal(cashier, documents.manualReward, {
      input: { playerId: nobody, points: "1", reason, idempotencyKey: newKey() },
    });
    expect(error.extensions).toMatchObject({ code: "FORBIDDEN", sqlstate: "IDFRB" });
    expect(error.message).toContain("loyalty:award");
    expect(await codeOf(await house.as("auditor"), "completeRatingSlip", { ratingSlipId: nobody })).toBe("FORBIDDEN");
    expect(await codeOf(supervisor, "redeem", { playerId: nobody, points: "1", reason })).toBe("FORBIDDEN");
    expect(await codeOf(boss, "reverseEntry", { playerId: nobody, entryNo: "1", reason })).toBe("FORBIDDEN");
    expect(await codeOf(boss, "ingestEvents", { events: [] })).toBe("FORBIDDEN");
  });

  test("INVALID_IDEMPOTENCY_KEY: the key is blank, too long or our own", async () => {
    const playerId = await enroll(boss);
    for (const idempotencyKey of ["", "  ", "x".repeat(201), "pit:slip:1"]) {
      expect(await codeOf(boss, "manualReward", { playerId, points: "1", reason, idempotencyKey })).toBe(
        "INVALID_IDEMPOTENCY_KEY",
      );
    }
    expect(await codeOf(boss, "openVisit", { playerId, idempotencyKey: null })).toBe("INVALID_IDEMPOTENCY_KEY");
  });
});

describe("the floor", () => {
  test("PLAYER_NOT_FOUND: the player's id is unknown", async () => {
    expect(await codeOf(boss, "openVisit", { playerId: nobody })).toBe("PLAYER_NOT_FOUND");
    expect(await codeOf(boss, "manualReward", { playerId: nobody, points: "1", reason })).toBe("PLAYER_NOT_FOUND");
  });

  test("CARD_ALREADY_ENROLLED and INVALID_PLAYER: enrolling goes wrong", async () => {
    const player = { cardNo: "TWICE", firstName: "A", lastName: "B", birthDate: "1980-01-01" };
    await enroll(boss, player);
    expect(await codeOf(boss, "enrollPlayer", { ...player, firstName: "C" })).toBe("CARD_ALREADY_ENROLLED");
    expect(await codeOf(boss, "enrollPlayer", { ...player, cardNo: " " })).toBe("INVALID_PLAYER");
    expect(await codeOf(boss, "enrollPlayer", { ...player, cardNo: "X1", birthDate: "2999-01-01" })).toBe(
      "INVALID_PLAYER",
    );
  });

  test("PLAYER_NOTE_REQUIRED: a note says nothing, or too much", async () => {
    const playerId = await enroll(boss);
    for (const note of ["", "  ", "x".repeat(2001)]) {
      expect(await codeOf(boss, "addPlayerNote", { playerId, note })).toBe("PLAYER_NOTE_REQUIRED");
    }
    const noted = await send<{ playerNote: { note: string } }>(boss, "addPlayerNote", {
      playerId,
      note: "Prefers the seat at the end.",
      idempotencyKey: newKey(),
    });
    expect(noted.playerNote.note).toBe("Prefers the seat at the end.");
  });

  test("VISIT_NOT_OPEN: the visit is unknown or closed", async () => {
    const seat = await nextSeat(boss, house);
    expect(await codeOf(boss, "startRatingSlip", { visitId: nobody, ...seat, averageBet: "10" })).toBe(
      "VISIT_NOT_OPEN",
    );
    const visitId = await openVisit(boss, await enroll(boss));
    await send(boss, "closeVisit", { visitId, idempotencyKey: newKey() });
    expect(await codeOf(boss, "startRatingSlip", { visitId, ...seat, averageBet: "10" })).toBe("VISIT_NOT_OPEN");
    expect(await codeOf(boss, "closeVisit", { visitId })).toBe("VISIT_NOT_OPEN");
  });

  test("TABLE_NOT_FOUND, TABLE_NOT_ACTIVE, SEAT_OUT_OF_RANGE, SEAT_OCCUPIED, INVALID_AVERAGE_BET: the seat or bet is wrong", async () => {
    const visitId = await openVisit(boss, await enroll(boss));
    const seat = await nextSeat(boss, house);
    const start = (input: Variables) =>
      codeOf(boss, "startRatingSlip", { visitId, averageBet: "10", ...seat, ...input });
    expect(await start({ tableId: nobody })).toBe("TABLE_NOT_FOUND");
    expect(await start({ seatNo: 0 })).toBe("SEAT_OUT_OF_RANGE");
    expect(await start({ seatNo: 8 })).toBe("SEAT_OUT_OF_RANGE");
    expect(await start({ averageBet: "-1" })).toBe("INVALID_AVERAGE_BET");
    expect(await start({ averageBet: "1.005" })).toBe("INVALID_AVERAGE_BET");
    const { seatNo, tableId } = await newSlip();
    expect(await start({ seatNo, tableId })).toBe("SEAT_OCCUPIED");
    const tableOut = (await tablesOf(boss)).at(-1);
    await house.sql("update floor.gaming_table set active = false where table_id = $1", [tableOut]);
    expect(await start({ tableId: tableOut })).toBe("TABLE_NOT_ACTIVE");
    await house.sql("update floor.gaming_table set active = true where table_id = $1", [tableOut]);
  });

  test("SLIP_ALREADY_OPEN: the player has an open slip", async () => {
    const seat = await nextSeat(boss, house);
    const visitId = await openVisit(boss, await enroll(boss));
    await startSlip(boss, { visitId, ...seat });
    const other = await nextSeat(boss, house);
    expect(await codeOf(boss, "startRatingSlip", { visitId, ...other, averageBet: "10" })).toBe("SLIP_ALREADY_OPEN");
  });

  test("RATING_SLIP_NOT_FOUND and RATING_SLIP_NOT_OPEN: the slip is unknown or closed", async () => {
    const commands = ["recordBet", "pauseRatingSlip", "resumeRatingSlip", "movePlayer"] as const;
    const seat = await nextSeat(boss, house);
    const slip = await newSlip();
    await complete(boss, slip.ratingSlipId);
    for (const command of commands) {
      const input = {
        ...(command === "movePlayer" ? seat : {}),
        ...(command === "movePlayer" || command === "recordBet" ? { averageBet: "10" } : {}),
      };
      expect(await codeOf(boss, command, { ratingSlipId: nobody, ...input })).toBe("RATING_SLIP_NOT_FOUND");
      expect(await codeOf(boss, command, { ratingSlipId: slip.ratingSlipId, ...input })).toBe("RATING_SLIP_NOT_OPEN");
    }
    expect(await codeOf(boss, "completeRatingSlip", { ratingSlipId: nobody })).toBe("RATING_SLIP_NOT_FOUND");
    expect(await codeOf(boss, "recoverSlipLoyalty", { ratingSlipId: nobody })).toBe("RATING_SLIP_NOT_FOUND");
  });

  test("INVALID_STATE: pausing what is paused, resuming what runs, recovering what is open", async () => {
    const { ratingSlipId } = await newSlip();
    expect(await codeOf(boss, "resumeRatingSlip", { ratingSlipId })).toBe("INVALID_STATE");
    expect(await codeOf(boss, "recoverSlipLoyalty", { ratingSlipId })).toBe("INVALID_STATE");
    await send(boss, "pauseRatingSlip", { ratingSlipId, idempotencyKey: newKey() });
    expect(await codeOf(boss, "pauseRatingSlip", { ratingSlipId })).toBe("INVALID_STATE");
  });

  test("INVALID_TIME: before the slip's last event, in the future, or too far back without floor:backdate", async () => {
    const { ratingSlipId } = await newSlip();
    const bet = (client: Client, occurredAt: string) =>
      codeOf(client, "recordBet", { ratingSlipId, averageBet: "20", occurredAt });
    expect(await bet(boss, ago(10))).toBe("INVALID_TIME");
    expect(await bet(boss, ago(-5))).toBe("INVALID_TIME");
    const playerId = await enroll(supervisor);
    expect(await codeOf(supervisor, "openVisit", { playerId, occurredAt: ago(16) })).toBe("INVALID_TIME");
    await openVisit(supervisor, playerId, ago(14));
    await openVisit(boss, await enroll(boss), ago(60));
  });
});

describe("points", () => {
  test("REASON_REQUIRED, INVALID_POINTS, REWARD_EXCEEDS_LIMIT: the reward isn't one that may be given", async () => {
    const playerId = await enroll(boss);
    const give = (input: Variables) => codeOf(boss, "manualReward", { playerId, points: "1", reason, ...input });
    expect(await give({ reason: "too short" })).toBe("REASON_REQUIRED");
    expect(await give({ reason: "            " })).toBe("REASON_REQUIRED");
    expect(await give({ points: "0" })).toBe("INVALID_POINTS");
    expect(await give({ points: "-5" })).toBe("INVALID_POINTS");
    expect(await give({ points: "10001" })).toBe("REWARD_EXCEEDS_LIMIT");
    expect(await codeOf(boss, "redeem", { playerId, points: "0", reason })).toBe("INVALID_POINTS");
    expect(await give({ ratingSlipId: nobody })).toBe("RATING_SLIP_NOT_FOUND");
  });

  test("RATE_LIMIT_EXCEEDED: the eleventh reward within a minute, with the seconds to wait", async () => {
    const eager = await house.hire("floor_supervisor");
    const playerId = await enroll(eager);
    for (let n = 0; n < 10; n += 1) await reward(eager, playerId);
    const error = await refusal(eager, documents.manualReward, {
      input: { playerId, points: "1", reason, idempotencyKey: newKey() },
    });
    expect(error.extensions.code).toBe("RATE_LIMIT_EXCEEDED");
    expect(error.extensions.details?.retryAfterSeconds).toBeGreaterThan(20);
    expect(error.extensions.details?.retryAfterSeconds).toBeLessThanOrEqual(60);
    await reward(boss, playerId);
  });

  test("INSUFFICIENT_BALANCE: more is spent than there is", async () => {
    const playerId = await enroll(boss);
    expect(await codeOf(boss, "redeem", { playerId, points: "1", reason })).toBe("INSUFFICIENT_BALANCE");
  });

  test("IDEMPOTENCY_CONFLICT: the key was used for something else", async () => {
    const playerId = await enroll(boss);
    const idempotencyKey = newKey();
    await reward(boss, playerId, { idempotencyKey });
    expect(await codeOf(boss, "manualReward", { playerId, points: "7", reason, idempotencyKey })).toBe(
      "IDEMPOTENCY_CONFLICT",
    );
  });

  test("LEDGER_ENTRY_NOT_FOUND and ALREADY_REVERSED: what is reversed isn't there or was reversed", async () => {
    const playerId = await enroll(boss);
    await reward(boss, playerId);
    const reverse = (entryNo: string) => codeOf(marketing, "reverseEntry", { playerId, entryNo, reason });
    expect(await reverse("9")).toBe("LEDGER_ENTRY_NOT_FOUND");
    await send(marketing, "reverseEntry", { playerId, entryNo: "1", reason, idempotencyKey: newKey() });
    expect(await reverse("1")).toBe("ALREADY_REVERSED");
    expect(await reverse("2")).toBe("ALREADY_REVERSED");
  });

  test("INSUFFICIENT_BALANCE: a reversal of points that were spent names the shortfall", async () => {
    const playerId = await enroll(boss);
    await reward(boss, playerId, { points: "100" });
    await redeem(boss, playerId, { points: "60" });
    const error = await refusal(marketing, documents.reverseEntry, {
      input: { playerId, entryNo: "1", reason, idempotencyKey: newKey() },
    });
    expect(error.extensions.code).toBe("INSUFFICIENT_BALANCE");
    expect(error.message).toContain("60");
  });

  test("MTL_INVALID_AMOUNT: points are paid in whole cents of currency", async () => {
    const playerId = await enroll(boss);
    await reward(boss, playerId);
    expect(await codeOf(boss, "redeem", { playerId, points: "1", reason, cashAmount: "0.005" })).toBe(
      "MTL_INVALID_AMOUNT",
    );
  });

  test("POLICY_MISSING: no policy is in force", async () => {
    await house.load("BARE", { policy: undefined });
    const bare = await house.as("pit_boss", "BARE");
    const playerId = await enroll(bare);
    expect(await codeOf(bare, "manualReward", { playerId, points: "1", reason })).toBe("POLICY_MISSING");
    await refusal(bare, "{ rewardTerms { maxPoints } }");
  });

  test("LEDGER_IMMUTABLE and RECORD_IMMUTABLE: not even the tables' owner removes an entry", async () => {
    const error = await refusal(boss, "mutation { emptyTheLedger(input: {}) { result } }");
    expect(error.extensions.code).toBe("LEDGER_IMMUTABLE");
    const events = await refusal(boss, "mutation { forgetTheEvents(input: {}) { result } }");
    expect(events.extensions.code).toBe("RECORD_IMMUTABLE");
  });

  test("INVALID_GAME_SETTINGS: points can't be worked out without a house edge", async () => {
    const error = await refusal(boss, "mutation { playWithoutEdge(input: {}) { result } }");
    expect(error.extensions.code).toBe("INVALID_GAME_SETTINGS");
  });
});

describe("the feed", () => {
  test("BATCH_TOO_LARGE and MALFORMED_EVENT: the call isn't a list of at most 30 events", async () => {
    const sender = await house.sender();
    const many = Array.from({ length: 31 }, (_, n) => ({ key: `k${n}`, at: ago(1), type: "player" }));
    expect(await codeOf(sender, "ingestEvents", { events: many })).toBe("BATCH_TOO_LARGE");
    expect(await codeOf(sender, "ingestEvents", { events: { key: "k" } })).toBe("MALFORMED_EVENT");
  });

  test("UNKNOWN_EVENT_TYPE, MALFORMED_EVENT and the other codes are outcomes of events", async () => {
    const at = ago(1);
    const events = [
      { key: "e1", at, type: "dance" },
      { key: "e2", at },
      { key: "e3", at, type: "visit_opened", card: "NONE" },
      { key: "e4", at, type: "person", description: " " },
      { key: "e5", at, type: "player", card: "E5", first_name: "A", last_name: "B", birth_date: "1980-01-01" },
    ];
    const outcomes = await send<{ key: string; outcome: string; code: string | null }[]>(
      await house.sender(),
      "ingestEvents",
      { events },
    );
    expect(outcomes).toEqual([
      { key: "e1", outcome: "refused", code: "UNKNOWN_EVENT_TYPE" },
      { key: "e2", outcome: "refused", code: "MALFORMED_EVENT" },
      { key: "e3", outcome: "refused", code: "PLAYER_NOT_FOUND" },
      { key: "e4", outcome: "refused", code: "MTL_INVALID_DESCRIPTION" },
      { key: "e5", outcome: "applied", code: null },
    ]);
  });
});

describe("the registry", () => {
  test("every entry comes over HTTP with its name, a sentence and a hint", async () => {
    const registered = await house.sql<{ sqlstate: string; name: string }>(
      "select sqlstate, name from ops.error_registry order by 1",
    );
    expect(registered.length).toBeGreaterThan(40);
    for (const { sqlstate, name } of registered) {
      const error = await refusal(
        boss,
        "mutation ($code: String!) { raiseRegistered(input: { code: $code }) { result } }",
        {
          code: sqlstate,
        },
      );
      expect(error.extensions).toMatchObject({ code: name, sqlstate });
    }
  });
});
