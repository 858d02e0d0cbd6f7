import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nextSeat, playFor, reason } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const patient = { timeout: 20_000 };

test("one request is followed by its correlation id: log, error, audit log, queued job and ledger entry", async () => {
  // A property without rules: completing a slip queues a job for its points, and a reward is refused.
  await house.load("BARE", { policy: null });
  const [boss, auditor] = await Promise.all([house.as("pit_boss", "BARE"), house.as("auditor", "BARE")]);
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  const id = randomUUID();
  const { headers, errors } = await boss.ask(
    `mutation ($slip: UUID!, $player: UUID!, $reason: String!, $key: String!) {
      completeRatingSlip(input: { ratingSlipId: $slip }) { clientMutationId }
      manualReward(input: { playerId: $player, points: "50", reason: $reason, idempotencyKey: $key }) {
        clientMutationId
      }
    }`,
    { slip: slip.ratingSlipId, player: slip.playerId, reason, key: newKey() },
    { "x-correlation-id": id },
  );

  expect(headers.get("x-correlation-id")).toBe(id);
  expect(errors.map(({ path, extensions }) => [path, extensions.code, extensions.correlationId])).toEqual([
    [["manualReward"], "POLICY_MISSING", id],
  ]);
  const logged = () => house.log.filter(({ correlation_id }) => correlation_id === id);
  await expect
    .poll(() => logged().filter(({ event }) => event === "request"))
    .toMatchObject([{ method: "POST", route: "/graphql", operation_type: "mutation", outcome: "POLICY_MISSING" }]);
  expect(logged().filter(({ event }) => event === "loyalty")).toMatchObject([
    { command: "completeRatingSlip", outcome: "pending", player_id: slip.playerId },
    { command: "manualReward", outcome: "POLICY_MISSING" },
  ]);
  const audited = () =>
    auditor.get(
      "query ($id: String) { searchAuditLog(correlationId: $id, first: 9) { nodes { action operation code } } }",
      {
        id,
      },
    );
  await expect.poll(audited).toEqual({
    searchAuditLog: { nodes: [{ action: "refused", operation: "manualReward", code: "POLICY_MISSING" }] },
  });
  const queued = () =>
    house.sql(
      `select t.identifier as task
      from graphile_worker._private_jobs as j join graphile_worker._private_tasks as t on t.id = j.task_id
      where j.payload ->> 'correlation_id' = $1`,
      [id],
    );
  expect(await queued()).toEqual([{ task: "loyalty/recover_accruals" }]);
  const traced = async () => {
    const { trace } = await auditor.get<{ trace: { nodes: { kind: string }[] } }>(
      "query ($id: String!) { trace(correlationId: $id, first: 50) { nodes { kind } } }",
      { id },
    );
    return [...new Set(trace.nodes.map(({ kind }) => kind))].sort();
  };
  expect(await traced()).toEqual(["job", "pending award", "refusal", "slip event"]);

  // The job posts the points once there are rules, and its entry is that request's.
  await house.load("BARE");
  await house.work();
  await expect.poll(queued, patient).toEqual([]);
  const [entry, ...more] = await house.sql(
    "select player_id, transaction_type, points_change from loyalty.loyalty_ledger where correlation_id = $1",
    [id],
  );
  expect([entry, more]).toEqual([
    { player_id: slip.playerId, transaction_type: "GAMEPLAY", points_change: "1620" },
    [],
  ]);
  expect(logged().filter(({ command }) => command === "loyalty/recover_accruals")).toMatchObject([
    { event: "loyalty", outcome: "awarded", delta_points: "1620", player_id: slip.playerId },
  ]);
  expect(await traced()).toContain("ledger entry");
});
