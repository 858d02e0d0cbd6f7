import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeLog } from "../../graphql/log.ts";
import { makeRefusalRecorder } from "../../graphql/refusals.ts";
import { Client } from "./support/client.ts";
import { documents, enroll, nextSeat, playFor, reason } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
let auditor: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
  auditor = await house.as("auditor");
});
afterAll(() => house.close());

interface Entry {
  readonly action: string;
  readonly operation: string | null;
  readonly code: string | null;
  readonly staffName: string | null;
  readonly subjectName: string | null;
  readonly sessionId: string | null;
  readonly details: Record<string, unknown> | null;
  readonly correlationId: string;
}

const searchDocument = `query ($correlationId: String, $action: String, $personId: UUID) {
  searchAuditLog(correlationId: $correlationId, action: $action, personId: $personId, first: 100) {
    nodes { action operation code staffName subjectName sessionId details correlationId }
  }
}`;

async function search(variables: Record<string, unknown>, client = auditor): Promise<Entry[]> {
  const { searchAuditLog } = await client.get<{ searchAuditLog: { nodes: Entry[] } }>(searchDocument, variables);
  return searchAuditLog.nodes;
}

/** What was refused in a request, once it is on record. */
function refusalsOf(correlationId: string) {
  return expect.poll(async () => {
    const found = await search({ correlationId, action: "refused" });
    return found.map(({ operation, code }) => `${operation} ${code}`).sort();
  });
}

describe("what is refused is in the audit log", () => {
  test("with who it was, the operation and the code, and nothing that was sent", async () => {
    const playerId = await enroll(boss);
    const id = randomUUID();
    const input = { playerId, points: "999999", reason: `${reason} SECRET`, idempotencyKey: newKey() };
    await boss.ask(documents.manualReward, { input }, { "x-correlation-id": id });
    await refusalsOf(id).toEqual(["manualReward REWARD_EXCEEDS_LIMIT"]);
    const [entry] = await search({ correlationId: id });
    expect(entry).toMatchObject({ staffName: "pit_boss of ONE", sessionId: expect.any(String), correlationId: id });
    expect(JSON.stringify(entry)).not.toContain("SECRET");
    expect(JSON.stringify(entry)).not.toContain(playerId);
  });

  test("each command of a request under its own name, whatever the client calls it", async () => {
    const id = randomUUID();
    const nobody = randomUUID();
    await boss.ask(
      `mutation {
        one: closeVisit(input: { visitId: "${nobody}", idempotencyKey: "${newKey()}" }) { visitResult { replayed } }
        two: sealLedger(input: {}) { sealResult { replayed } }
      }`,
      {},
      { "x-correlation-id": id },
    );
    await refusalsOf(id).toEqual(["closeVisit VISIT_NOT_OPEN", "sealLedger FORBIDDEN"]);
  });

  test("reading what one may not read, too; what merely isn't there isn't a refusal", async () => {
    const id = randomUUID();
    const missing = randomUUID();
    await boss.ask("{ searchAuditLog(first: 1) { nodes { action } } }", {}, { "x-correlation-id": id });
    await auditor.ask(
      `{ balanceAsOf(playerId: "${randomUUID()}", at: "2026-01-01T00:00:00Z") }`,
      {},
      { "x-correlation-id": missing },
    );
    await refusalsOf(id).toEqual(["searchAuditLog FORBIDDEN"]);
    expect(await search({ correlationId: missing })).toEqual([]);
  });

  test("by somebody whose session has ended, while a stranger leaves nothing", async () => {
    const gone = await house.hire("pit_boss");
    const { me } = await gone.get<{ me: { staffId: string } }>("{ me { staffId } }");
    await house.sql("update identity.session set revoked_at = now() where staff_id = $1", [me.staffId]);
    const id = randomUUID();
    const input = { cardNo: "X1", firstName: "A", lastName: "B", birthDate: "1980-01-01", idempotencyKey: newKey() };
    await gone.ask(documents.enrollPlayer, { input }, { "x-correlation-id": id });
    await refusalsOf(id).toEqual(["enrollPlayer UNAUTHORIZED"]);
    expect((await search({ correlationId: id }))[0]?.staffName).toContain("hired_");

    const strange = randomUUID();
    const forged = new Client(house.url, `1.${"x".repeat(43)}`);
    await forged.ask(documents.enrollPlayer, { input }, { "x-correlation-id": strange });
    await house.visitor().ask(documents.enrollPlayer, { input }, { "x-correlation-id": strange });
    const later = randomUUID();
    const wrong = { ...input, birthDate: "2999-01-01" };
    await boss.ask(documents.enrollPlayer, { input: wrong }, { "x-correlation-id": later });
    await refusalsOf(later).toEqual(["enrollPlayer INVALID_PLAYER"]);
    expect(await search({ correlationId: strange })).toEqual([]);
  });

  test("of a sign-in: a wrong password with the account, an unknown name without the name", async () => {
    const id = randomUUID();
    for (const username of ["cashier", "no-such-person"]) {
      await fetch(`${house.url}/auth/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-correlation-id": id },
        body: JSON.stringify({ casino: "ONE", username, password: "wrong password" }),
      });
    }
    const found = await search({ correlationId: id, action: "sign-in refused" });
    expect(found.map((each) => [each.subjectName, each.code])).toEqual(
      expect.arrayContaining([
        ["cashier of ONE", "UNAUTHORIZED"],
        [null, "UNAUTHORIZED"],
      ]),
    );
    expect(JSON.stringify(found)).not.toContain("no-such-person");
  });

  test("a flood of one session is counted, not written line by line", async () => {
    const pool = { sent: [] as { operation: string; times: number }[] };
    const query = async ({ values }: { values: string[] }) => {
      pool.sent.push(...(JSON.parse(values[0] ?? "[]") as typeof pool.sent));
    };
    const recorder = makeRefusalRecorder({ query } as never, makeLog(), {
      singly: 5,
      windowMs: 10_000,
      waiting: 50,
      delayMs: 1,
    });
    for (let number = 0; number < 1_000; number += 1) {
      recorder.record({
        session: "1.a",
        operation: number % 2 ? "redeem" : "recordBet",
        sqlstate: "LYBAL",
        correlationId: `r${number}`,
      });
    }
    recorder.record({ session: "1.b", operation: "redeem", sqlstate: "LYBAL", correlationId: "other" });
    await recorder.stop();
    expect(pool.sent).toHaveLength(5 + 2 + 1);
    expect(pool.sent.reduce((sum, line) => sum + line.times, 0)).toBe(1_001);
  });
});

// The worker polls; on a busy machine that takes its time.
describe("a request", { timeout: 120_000 }, () => {
  test("is followed by its correlation id through log line, audit log, ledger entry, job and error", async () => {
    await house.load("TRACE", { policy: undefined });
    const person = await house.as("pit_boss", "TRACE");
    const reader = await house.as("auditor", "TRACE");
    const slip = await playFor(60, person, await nextSeat(person, person));
    const id = `trace-${randomUUID()}`;
    const answer = await person.ask(
      `mutation ($slip: UUID!, $player: UUID!, $reason: String!, $key: String!) {
        completeRatingSlip(input: { ratingSlipId: $slip }) { ratingSlipCompletion { outcome } }
        manualReward(input: { playerId: $player, points: "999999", reason: $reason, idempotencyKey: $key }) {
          ledgerResult { replayed }
        }
      }`,
      { slip: slip.ratingSlipId, player: slip.playerId, reason, key: newKey() },
      { "x-correlation-id": id },
    );

    expect(answer.headers.get("x-correlation-id")).toBe(id);
    expect(answer.errors.map((error) => error.extensions.correlationId)).toEqual([id]);
    const lines = () => house.log.filter((line) => line.correlation_id === id);
    expect(
      lines()
        .filter((line) => line.event === "loyalty")
        .map((line) => line.command),
    ).toEqual(["completeRatingSlip", "manualReward"]);
    await expect
      .poll(lines)
      .toContainEqual(expect.objectContaining({ event: "request", route: "/graphql", status: 200 }));
    const jobs = await house.sql<{ correlation_id: string }>(
      "select payload ->> 'correlation_id' as correlation_id from graphile_worker._private_jobs where payload ->> 'correlation_id' = $1",
      [id],
    );
    expect(jobs).toHaveLength(1);

    const kinds = async () => {
      const { trace } = await reader.get<{ trace: { nodes: { kind: string; what: string }[] } }>(
        "query ($id: String!) { trace(correlationId: $id, first: 100) { nodes { at kind what ids } } }",
        { id },
      );
      return trace.nodes.map(({ kind, what }) => `${kind}: ${what}`);
    };
    await expect.poll(kinds).toContain("refusal: refused manualReward POLICY_MISSING");
    expect(await kinds()).toEqual(
      expect.arrayContaining([
        "slip event: closed",
        "pending award: LYPOL",
        expect.stringMatching(/^job: loyalty\/recover_accruals (waiting|failed)/),
      ]),
    );

    await house.load("TRACE");
    await house.work();
    await house.sql("update graphile_worker._private_jobs set run_at = now()");
    await expect.poll(kinds, { timeout: 60_000 }).toContain("ledger entry: GAMEPLAY +1620 points");
    expect((await search({ correlationId: id }, auditor)).length, "another casino's auditor finds nothing").toBe(0);
  });
});
