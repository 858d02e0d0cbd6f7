import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiError, Client } from "./support/client.ts";
import { type House, openHouse } from "./support/house.ts";

// Functions that fail in ways in which PitLedger's own don't, and one that takes its time.
const prepare = `
  create function ops.fail_with(sqlstate text, secret text) returns boolean language plpgsql volatile as $$
  begin
    if sqlstate = 'sleep' then perform pg_sleep(20); end if;
    if sqlstate = 'unique' then
      insert into secrets_seen values (secret), (secret);
    end if;
    raise exception 'secret %', secret using errcode = sqlstate, detail = 'detail ' || secret, hint = secret;
  end $$;
  grant execute on function ops.fail_with(text, text) to pit_staff;
  create table public.secrets_seen (secret text primary key);
  alter function ops.fail_with(text, text) set search_path = public, pg_catalog;
  alter function ops.fail_with(text, text) security definer;`;

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse({ prepare, statementTimeout: 400 });
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

const failWith = (sqlstate: string, client = boss): Promise<ApiError> =>
  client.refused(
    `mutation ($sqlstate: String!) { failWith(input: { sqlstate: $sqlstate, secret: "Ada Byron" }) { result } }`,
    { sqlstate },
  );

describe("an error that isn't registered", () => {
  test("is masked, with an id under which the log has it", async () => {
    const error = await failWith("XX123");
    expect(error.extensions.code).toBe("INTERNAL_ERROR");
    expect(error.message).toContain(error.extensions.errorId);
    expect(error.extensions.hint).toBeTruthy();
    expect(JSON.stringify(error)).not.toContain("Ada");

    const line = house.log.find((each) => each.errorId === error.extensions.errorId);
    expect(line).toMatchObject({
      event: "error.masked",
      sqlstate: "XX123",
      correlationId: error.extensions.correlationId,
      path: "failWith",
    });
  });

  test("leaves no values in the log when the database's message quotes them", async () => {
    const error = await failWith("unique");
    expect(error.extensions.code).toBe("INTERNAL_ERROR");
    const line = house.log.find((each) => each.errorId === error.extensions.errorId);
    expect(line).toMatchObject({ sqlstate: "23505", constraint: "secrets_seen_pkey", table: "secrets_seen" });
    expect(JSON.stringify(line)).not.toContain("Ada");
  });

  test("caused by a malformed value says so, without repeating it", async () => {
    const error = await failWith("22P02");
    expect(error.extensions).toMatchObject({ code: "INVALID_VALUE", sqlstate: "22P02" });
    expect(house.log.some((each) => each.errorId === error.extensions.errorId)).toBe(true);
    expect(JSON.stringify(house.log)).not.toContain("Ada Byron");

    const date = await boss.refused(
      '{ visits(first: 1, filter: { openedAt: { lessThan: "tomorrowish" } }) { totalCount } }',
    );
    expect(date.extensions.code).toBe("INVALID_VALUE");
    const nul = await boss.refused(
      "query ($search: String!) { findPlayers(first: 1, search: $search) { totalCount } }",
      { search: "a\0b" },
    );
    expect(nul.extensions.code).toBe("INVALID_VALUE");
  });
});

describe("an error of the database that isn't ours but has a meaning", () => {
  test.each([
    ["40001", "RETRY"],
    ["40P01", "RETRY"],
    ["55P03", "RETRY"],
    ["42501", "FORBIDDEN"],
    ["57014", "TIMEOUT"],
    ["53300", "UNAVAILABLE"],
    ["57P01", "UNAVAILABLE"],
  ])("%s comes as %s with a sentence and a hint", async (sqlstate, code) => {
    const error = await failWith(sqlstate);
    expect(error.extensions).toMatchObject({ code, sqlstate });
    expect(error.message).toMatch(/^[A-Z].+\.$/);
    expect(error.extensions.hint).toMatch(/^[A-Z].+\.$/);
    expect(JSON.stringify(error)).not.toContain("Ada");
  });

  test("a statement that takes too long is stopped", async () => {
    const began = performance.now();
    expect((await failWith("sleep")).extensions.code).toBe("TIMEOUT");
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("a database that can't be reached", () => {
  const cutOff = async () => {
    const [row] = await house.sql<{ name: string }>("select current_database() as name");
    await house.sql(`alter database ${row?.name} connection limit 0`);
    await house.sql(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = 'pit_gateway'`);
    return () => house.sql(`alter database ${row?.name} connection limit -1`);
  };

  test("is UNAVAILABLE for operations, signing in and health, and needs no restart afterwards", async () => {
    const restore = await cutOff();
    try {
      const { errors } = await boss.ask("{ me { username } }");
      expect(errors[0]?.extensions).toMatchObject({ code: "UNAVAILABLE", hint: "Try again in a moment." });
      const signIn = await fetch(`${house.url}/auth/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ casino: "ONE", username: "pit_boss", password: "x" }),
      });
      expect([signIn.status, await signIn.json()]).toMatchObject([503, { error: { code: "UNAVAILABLE" } }]);
      expect((await fetch(`${house.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
    } finally {
      await restore();
    }
    expect(await boss.get("{ me { username } }")).toEqual({ me: { username: "pit_boss" } });
  });

  test("in the middle of a command is UNAVAILABLE too, and the server goes on", async () => {
    const url = await house.serve({ statementTimeout: 20_000 });
    const asked = failWith("sleep", boss.at(url));
    const sleeping = () =>
      house.sql(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep'`);
    await expect.poll(sleeping, { timeout: 5_000 }).toHaveLength(1);
    expect((await asked).extensions.code).toBe("UNAVAILABLE");
    expect(await boss.at(url).get("{ me { username } }")).toEqual({ me: { username: "pit_boss" } });
  });
});

describe("somebody who isn't signed in", () => {
  test("is refused whatever they ask for, and told to sign in", async () => {
    for (const query of [
      "{ me { username } }",
      "{ players(first: 1) { nodes { cardNo } } }",
      "{ rewardTerms { maxPoints } }",
      'mutation { failWith(input: { sqlstate: "XX123", secret: "x" }) { result } }',
      'mutation { redeem(input: { playerId: "00000000-0000-0000-0000-000000000000", points: "1", reason: "x", idempotencyKey: "x" }) { clientMutationId } }',
    ]) {
      const error = await house.visitor().refused(query);
      expect(error.extensions).toMatchObject({ code: "UNAUTHORIZED", hint: "Sign in again." });
    }
  });

  test("is refused with a made-up session too", async () => {
    const cookie = `pit_session=1.${"A".repeat(43)}`;
    const { errors } = await house.visitor().ask("{ me { username } }", {}, { cookie });
    expect(errors[0]?.extensions.code).toBe("UNAUTHORIZED");
  });
});

describe("the correlation id", () => {
  test("of the request comes back in the header and in every error", async () => {
    const { headers, errors } = await boss.ask("{ a: nope b: nope }", {}, { "x-correlation-id": "till-7:42" });
    expect(headers.get("x-correlation-id")).toBe("till-7:42");
    expect(errors.map((error) => error.extensions.correlationId)).toEqual(["till-7:42", "till-7:42"]);
    const failed = await boss.ask(
      'mutation { failWith(input: { sqlstate: "XX123", secret: "x" }) { result } }',
      {},
      { "x-correlation-id": "till-7:43" },
    );
    expect(failed.errors[0]?.extensions.correlationId).toBe("till-7:43");
  });

  test.each(["", "two words", "x".repeat(65), "a/b"])("%j isn't taken; a fresh one is made", async (given) => {
    const { headers } = await boss.ask("{ __typename }", {}, { "x-correlation-id": given });
    expect(headers.get("x-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is on every row that the request writes", async () => {
    await boss.ask(
      `mutation { enrollPlayer(input: { cardNo: "CORR1", firstName: "A", lastName: "B", birthDate: "1980-01-01",
        idempotencyKey: "corr-1" }) { clientMutationId } }`,
      {},
      { "x-correlation-id": "till-7:44" },
    );
    const rows = await house.sql("select correlation_id from floor.player where card_no = 'CORR1'");
    expect(rows).toEqual([{ correlation_id: "till-7:44" }]);
  });
});

describe("a request that is no operation", () => {
  test.each([
    ["isn't GraphQL", { query: "{ me {" }, "GRAPHQL_PARSE_FAILED"],
    ["asks for what there isn't", { query: "{ nope }" }, "GRAPHQL_VALIDATION_FAILED"],
    [
      "has a variable of the wrong type",
      { query: "query ($n: Int!) { players(first: $n) { totalCount } }", variables: { n: "x" } },
      "PAGE_SIZE_EXCEEDED",
    ],
    [
      "lacks a variable",
      { query: "query ($id: UUID!) { player(playerId: $id) { playerId } }" },
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["has no query", { variables: {} }, "BAD_REQUEST"],
    ["isn't an object", [1, 2], "BAD_REQUEST"],
    ["isn't JSON", "{", "BAD_REQUEST"],
    ["is too large", { query: `# ${"x".repeat(100_000)}` }, "REQUEST_TOO_LARGE"],
  ])("because it %s is refused with a code and a hint", async (_why, body, code) => {
    const { errors, data } = await boss.post(body);
    expect(data).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code, hint: expect.any(String), correlationId: expect.any(String) });
  });

  test("in another encoding is refused, so that a foreign page's form can't send one", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const { status, errors } = await boss.post('{"query":"{__typename}"}', { "content-type": type });
      expect([status, errors[0]?.extensions.code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    }
  });

  test("by GET is refused", async () => {
    const response = await fetch(`${house.url}/graphql?query={__typename}`, { headers: boss.headers });
    expect(response.status).toBe(405);
  });

  test("from another site's page is refused", async () => {
    const { status, errors } = await boss.ask("{ me { username } }", {}, { origin: "https://evil.example" });
    expect([status, errors[0]?.extensions.code]).toEqual([403, "FORBIDDEN_ORIGIN"]);
  });
});
