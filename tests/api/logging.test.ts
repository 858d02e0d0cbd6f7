import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeLog } from "../../graphql/log.ts";
import type { Client } from "./support/client.ts";
import { documents, enroll, reason } from "./support/floor.ts";
import { type House, type LogLine, newKey, openHouse } from "./support/house.ts";

describe("a line of the log", () => {
  const lines: string[] = [];
  const log = makeLog(
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const person = {
    name: "Cassandra Featherstone",
    firstName: "Cassandra",
    last_name: "Featherstone",
    "Birth-Date": "1980-12-10",
    card_no: "HPC700626",
    cardNumber: "HPC700626",
    password: "hunter2",
    token: "7.secretsecret",
    ticket: "7.secretsecret",
    cookie: "pit_session=7.secretsecret",
    "set-cookie": ["pit_session=7.secretsecret"],
    Authorization: "Bearer secretsecret",
    variables: { anything: "Featherstone" },
  };
  const telling = /Cassandra|Featherstone|1980|HPC7|hunter2|secretsecret/;

  test("holds none of what is personal or secret, wherever in it that lies", () => {
    log.info({ event: "at the top", ...person });
    log.warn({ event: "deeper", staff: person, list: [person, [person]], a: { b: { c: { d: person } } } });
    log.child({ event: "bound", ...person }).info("said");
    log.error({ event: "an error", failure: new Error("Featherstone was refused") });
    log.info({ event: "too deep", ...nested(20, person) });
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      expect(line).not.toMatch(telling);
      expect(() => JSON.parse(line)).not.toThrow();
    }
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ firstName: "[redacted]", password: "[redacted]" });
  });

  test("keeps everything else as it was, and changes nothing of what it was given", () => {
    const given = { event: "kept", player_id: "p", details: { code: "LYBAL", at: new Date(0), none: null }, list: [1] };
    const copy = structuredClone(given);
    log.info(given);
    expect(given).toEqual(copy);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      event: "kept",
      player_id: "p",
      details: { code: "LYBAL", at: "1970-01-01T00:00:00.000Z", none: null },
      list: [1],
    });
  });
});

function nested(levels: number, inmost: unknown): Record<string, unknown> {
  return levels === 0 ? { inmost } : { level: nested(levels - 1, inmost) };
}

describe("a request leaves one line", () => {
  let house: House;
  let boss: Client;
  beforeAll(async () => {
    house = await openHouse();
    boss = await house.as("pit_boss");
  });
  afterAll(() => house.close());

  async function linesOf(id: string, send: () => Promise<unknown>): Promise<LogLine[]> {
    await send();
    const found = () =>
      house.log.filter((line) => line.event === "request" && (line.correlation_id === id || id === ""));
    await expect.poll(() => found().length).toBeGreaterThan(0);
    return found();
  }
  const ask = (client: Client, id: string, query: string, variables = {}) =>
    client.ask(query, variables, { "x-correlation-id": id });

  test("with operation, outcome, status, time and correlation id", async () => {
    const lines = await linesOf("r-1", () => ask(boss, "r-1", "query Me { me { username } }"));
    expect(lines).toMatchObject([
      {
        method: "POST",
        route: "/graphql",
        status: 200,
        operation: "Me",
        operation_type: "query",
        outcome: "OK",
        duration_ms: expect.any(Number),
      },
    ]);
  });

  test("with the code of a refusal, and of what never became an operation", async () => {
    const playerId = await enroll(boss);
    const input = { playerId, points: "0", reason, idempotencyKey: newKey() };
    expect(await linesOf("r-2", () => ask(boss, "r-2", documents.manualReward, { input }))).toMatchObject([
      { operation: "manualReward", operation_type: "mutation", outcome: "INVALID_POINTS" },
    ]);
    expect(await linesOf("r-3", () => ask(boss, "r-3", "query Broken { nothing }"))).toMatchObject([
      { operation: null, outcome: "GRAPHQL_VALIDATION_FAILED", status: 400 },
    ]);
  });

  test("over a websocket per operation", async () => {
    const socket = boss.socket({ "x-correlation-id": "r-4" });
    const lines = await linesOf("r-4", async () => {
      for await (const _event of socket.iterate({ query: "query Me { me { username } }" })) break;
    });
    expect(lines).toMatchObject([{ method: "WS", operation: "Me", outcome: "OK" }]);
    await socket.dispose();
  });

  test("of signing in, without who it was", async () => {
    const lines = await linesOf("r-5", () =>
      fetch(`${house.url}/auth/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-correlation-id": "r-5" },
        body: JSON.stringify({ casino: "ONE", username: "somebody-special", password: "hunter2" }),
      }),
    );
    expect(lines).toMatchObject([{ route: "/auth/sign-in", status: 401 }]);
  });

  test("and nowhere in the log is a variable, a name, a reason or a token", async () => {
    const playerId = await enroll(boss, { firstName: "Cassandra", lastName: "Featherstone", birthDate: "1981-02-03" });
    await ask(boss, "r-6", documents.manualReward, {
      input: { playerId, points: "12", reason: "Birthday of Cassandra", idempotencyKey: newKey() },
    });
    await ask(
      boss,
      "r-7",
      `query ($search: String!) { findPlayers(first: 1, search: $search) { nodes { playerId } } }`,
      {
        search: "Featherstone",
      },
    );
    const text = JSON.stringify(house.log);
    expect(text).not.toMatch(/Cassandra|Featherstone|1981-02-03|somebody-special|hunter2|Birthday/);
    expect(text).not.toContain(boss.token);
  });
});
