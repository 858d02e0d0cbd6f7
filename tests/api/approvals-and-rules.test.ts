import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Client, Refused } from "./support/client.ts";
import { enroll, type LedgerResult, reason, reward, send } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// Two people for what is large, adjusted or configured, and limits that hold when much happens at
// once. Casino TWO is the one whose rules change.

let house: House;
let boss: Client;
let colleague: Client;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(async () => {
  boss = await house.hire("pit_boss");
  colleague = await house.hire("pit_boss");
});
afterAll(() => house.close());

/** Runs calls at once; the codes of those that were refused, and how many were not. */
async function atOnce(calls: readonly Promise<unknown>[]): Promise<{ done: number; codes: (string | undefined)[] }> {
  const settled = await Promise.allSettled(calls);
  const codes = settled.flatMap((each) => {
    if (each.status === "fulfilled") return [];
    if (each.reason instanceof Refused) return [each.reason.code];
    throw each.reason;
  });
  return { done: settled.length - codes.length, codes };
}

const only = (codes: readonly (string | undefined)[]) => [...new Set(codes)];

async function ask(client: Client, playerId: string, points = "6000"): Promise<string> {
  const { rewardRequest, ledgerEntry } = await reward(client, playerId, { points });
  expect(ledgerEntry).toBeNull();
  return rewardRequest?.rewardRequestId ?? "";
}

const approve = (client: Client, requestId: string) => send<LedgerResult>(client, "approveReward", { requestId });
const decline = (client: Client, requestId: string) =>
  send<LedgerResult>(client, "declineReward", { requestId, reason });

async function code(call: Promise<unknown>): Promise<string | undefined> {
  const { codes } = await atOnce([call]);
  return codes[0];
}

const balanceOf = async (playerId: string) =>
  (
    await house.sql<{ current_balance: string }>(
      "select current_balance from loyalty.player_loyalty where player_id = $1",
      [playerId],
    )
  )[0]?.current_balance;

describe("approvals", () => {
  test("a large reward waits for another person, and each step leaves a line in the log", async () => {
    const playerId = await enroll(boss);
    const before = house.log.length;
    const requestId = await ask(boss, playerId);
    expect(await code(approve(boss, requestId))).toBe("SELF_APPROVAL");
    const approved = await approve(colleague, requestId);
    expect(approved).toMatchObject({ replayed: false, currentBalance: "6000", rewardRequest: { status: "approved" } });
    expect((await approve(colleague, requestId)).replayed).toBe(true);
    const other = await ask(boss, playerId, "7000");
    expect(await decline(colleague, other)).toMatchObject({ ledgerEntry: null, rewardRequest: { status: "declined" } });
    const lines = house.log.slice(before).filter((line) => line.event === "loyalty");
    expect(lines.map((line) => [line.command, line.outcome, line.delta_points, line.player_id])).toEqual([
      ["manualReward", "requested", null, playerId],
      ["approveReward", "SELF_APPROVAL", null, null],
      ["approveReward", "awarded", "6000", playerId],
      ["approveReward", "replayed", "6000", playerId],
      ["manualReward", "requested", null, playerId],
      ["declineReward", "declined", null, playerId],
    ]);
    const { approvals } = await boss.get<{ approvals: { nodes: Record<string, string>[] } }>(
      `query ($playerId: UUID!) { approvals(first: 10, filter: { playerId: { equalTo: $playerId } }, orderBy: POINTS_ASC) {
        nodes { kind points status requestedByName decidedByName decisionReason entryNo } } }`,
      { playerId },
    );
    expect(approvals.nodes).toMatchObject([
      { kind: "reward", points: "6000", status: "approved", entryNo: "1" },
      { kind: "reward", points: "7000", status: "declined", decisionReason: reason, entryNo: null },
    ]);
    for (const { requestedByName, decidedByName } of approvals.nodes) expect(requestedByName).not.toBe(decidedByName);
  });

  test("an adjustment of one point waits too, for somebody else who may approve", async () => {
    const playerId = await enroll(boss);
    const marketing = await house.hire("marketing");
    const input = { playerId, pointsChange: "1", reason, idempotencyKey: newKey() };
    const { rewardRequest } = await send<LedgerResult>(marketing, "adjustPoints", input);
    const requestId = rewardRequest?.rewardRequestId ?? "";
    expect(await code(approve(marketing, requestId))).toBe("SELF_APPROVAL");
    expect(await code(decline(marketing, requestId))).toBe("SELF_APPROVAL");
    expect(await approve(boss, requestId)).toMatchObject({
      currentBalance: "1",
      ledgerEntry: { transactionType: "ADJUSTMENT", pointsChange: "1" },
    });
    expect((await send<LedgerResult>(marketing, "adjustPoints", input)).replayed).toBe(true);
  });

  test("of many who decide at once, one does", async () => {
    const playerId = await enroll(boss);
    const requestId = await ask(boss, playerId);
    const deciders = await Promise.all(Array.from({ length: 6 }, () => house.hire("pit_boss")));
    const { done, codes } = await atOnce([
      ...deciders.slice(0, 3).map((each) => approve(each, requestId)),
      ...deciders.slice(3).map((each) => decline(each, requestId)),
      ...Array.from({ length: 3 }, () => approve(boss, requestId)),
    ]);
    expect(done).toBe(1);
    expect(codes.filter((each) => each === "SELF_APPROVAL")).toHaveLength(3);
    expect(codes.filter((each) => each === "ALREADY_DECIDED")).toHaveLength(5);
    const [row] = await house.sql<{ status: string; entries: string }>(
      `select r.status, (select count(*) from loyalty.loyalty_ledger as l where l.player_id = r.player_id) as entries
      from loyalty.reward_request as r where r.reward_request_id = $1`,
      [requestId],
    );
    expect(row).toEqual(
      row?.status === "approved" ? { status: "approved", entries: "1" } : { status: "declined", entries: "0" },
    );
  });

  test("the same person approving 20 times at once gives it once", async () => {
    const playerId = await enroll(boss);
    const requestId = await ask(boss, playerId);
    const { done } = await atOnce(Array.from({ length: 20 }, () => approve(colleague, requestId)));
    expect(done).toBe(20);
    expect(await balanceOf(playerId)).toBe("6000");
  });

  test("what nobody decides expires by the worker", async () => {
    const playerId = await enroll(boss);
    const requestId = await ask(boss, playerId);
    await house.sql("update loyalty.reward_request set expires_at = now() where reward_request_id = $1", [requestId]);
    await house.work();
    await house.sql(
      "select graphile_worker.add_job('ops/queue_recurring_job', '{\"task\": \"loyalty/expire_requests\"}')",
    );
    await expect
      .poll(
        async () =>
          (
            await house.sql<{ status: string }>(
              "select status from loyalty.reward_request where reward_request_id = $1",
              [requestId],
            )
          )[0]?.status,
        { timeout: 20_000 },
      )
      .toBe("expired");
    expect(await code(approve(colleague, requestId))).toBe("ALREADY_DECIDED");
  });
});

describe("rules", () => {
  /** Publishes rules at casino TWO, by two people. */
  async function put(policy: Record<string, unknown>): Promise<void> {
    const author = await house.hire("marketing", "TWO");
    const { loyaltyDraft } = await send<{ loyaltyDraft: { loyaltyDraftId: string } }>(author, "draftRules", {
      note: "because of summer",
      policy,
      idempotencyKey: newKey(),
    });
    const { loyaltyDraftId } = loyaltyDraft;
    expect(await code(send(author, "publishDraft", { loyaltyDraftId }))).toBe("SELF_APPROVAL");
    const others = await Promise.all([house.hire("marketing", "TWO"), house.hire("marketing", "TWO")]);
    const { done, codes } = await atOnce(others.map((each) => send(each, "publishDraft", { loyaltyDraftId })));
    expect([done, codes]).toEqual([1, ["ALREADY_DECIDED"]]);
  }

  test("a draft is previewed, published once and holds at once", async () => {
    const marketing = await house.hire("marketing", "TWO");
    const { previewRules } = await marketing.get<{ previewRules: Record<string, unknown> }>(
      `{ previewRules(firstDay: "2026-01-01", lastDay: "2026-01-07") {
        slips awarded previewed sentence lines { game tier slips awarded previewed } } }`,
    );
    expect(previewRules).toEqual({
      slips: "0",
      awarded: "0",
      previewed: "0",
      sentence: "The 7 gaming days from 2026-01-01 to 2026-01-07 would have cost 0 points instead of 0.",
      lines: [],
    });
    await put({ reward_limit: 700 });
    const giver = await house.hire("pit_boss", "TWO");
    const playerId = await enroll(giver);
    expect(await code(reward(giver, playerId, { points: "701" }))).toBe("REWARD_EXCEEDS_LIMIT");
  });

  test("a person's day isn't exceeded by 30 rewards at once", async () => {
    await put({ reward_limit: 700, rewards_per_minute: 100, staff_day_limit: 1000, player_day_limit: null });
    const giver = await house.hire("pit_boss", "TWO");
    const players = await Promise.all(Array.from({ length: 5 }, () => enroll(giver)));
    const { done, codes } = await atOnce(
      Array.from({ length: 30 }, (_, n) => reward(giver, players[n % 5] ?? "", { points: "70" })),
    );
    expect(done).toBe(14);
    expect(only(codes)).toEqual(["STAFF_DAY_LIMIT_EXCEEDED"]);
  });

  test("nor a player's by ten people", async () => {
    await put({ reward_limit: 700, rewards_per_minute: 100, staff_day_limit: 900, player_day_limit: 1000 });
    const givers = await Promise.all(Array.from({ length: 10 }, () => house.hire("pit_boss", "TWO")));
    const playerId = await enroll(givers[0] as Client);
    const { done, codes } = await atOnce(
      givers.flatMap((giver) => [1, 2, 3].map(() => reward(giver, playerId, { points: "70" }))),
    );
    expect(done).toBe(14);
    expect(only(codes)).toEqual(["PLAYER_DAY_LIMIT_EXCEEDED"]);
    expect(await balanceOf(playerId)).toBe("980");
    const error = await (givers[1] as Client).refused(
      "mutation ($input: ManualRewardInput!) { manualReward(input: $input) { clientMutationId } }",
      { input: { playerId, points: "21", reason, idempotencyKey: newKey() } },
    );
    expect(error.extensions.details).toMatchObject({ limit: 1000, left: 20 });
    expect(error.extensions.details?.retryAfterSeconds).toBeGreaterThan(0);
  });
});
