import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "./support/client.ts";
import { type House, openHouse, password } from "./support/house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse({ trustProxy: true });
});
afterAll(() => house.close());

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${house.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

function signIn(username: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) {
  return post("/auth/sign-in", { casino: "ONE", username, password, ...more }, headers);
}

interface Refusal {
  readonly error: { code: string; message: string; hint: string; details?: { retryAfterSeconds: number } };
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as Refusal).error.code;
}

function tokenOf(response: Response): string {
  return /pit_session=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
}

/** Says whose screens a request comes from. */
const header = "x-pitledger-staff";

function own(client: Client): Promise<string> {
  return client.get<{ me: { staffId: string } }>("{ me { staffId } }").then(({ me }) => me.staffId);
}

describe("signing in", () => {
  test("gives a cookie that scripts and other sites can't use, and says who signed in", async () => {
    const response = await signIn("pit_boss");
    expect(response.status).toBe(200);
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^pit_session=\d+\.[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict; Expires=/);
    expect(cookie).not.toContain("Secure");
    expect(await response.json()).toEqual({
      staff: expect.objectContaining({ username: "pit_boss", role: "pit_boss", casinoCode: "ONE" }),
    });
    const { me } = await new Client(house.url, tokenOf(response)).get<{ me: unknown }>(
      "{ me { username casinoCode } }",
    );
    expect(me).toEqual({ username: "pit_boss", casinoCode: "ONE" });
  });

  test("over TLS gives a __Host- cookie that only travels encrypted", async () => {
    const response = await signIn("pit_boss", {}, { "x-forwarded-proto": "https" });
    expect(response.headers.get("set-cookie")).toMatch(
      /^__Host-pit_session=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Expires=/,
    );
    expect(response.headers.get("strict-transport-security")).toContain("max-age=");
  });

  test("over TLS ignores a cookie without the __Host- prefix, which another page may have planted", async () => {
    const { token } = await house.as("pit_boss");
    const me = (cookie: string) =>
      new Client(house.url).ask("{ me { username } }", {}, { cookie, "x-forwarded-proto": "https" });
    expect((await me(`__Host-pit_session=${token}`)).errors).toEqual([]);
    expect((await me(`pit_session=${token}`)).errors[0]?.extensions.code).toBe("UNAUTHORIZED");
  });

  test("takes casino and user name in any case", async () => {
    expect((await signIn("PIT_BOSS", { casino: "one" })).status).toBe(200);
  });

  test("answers a wrong password, an unknown name, an unknown casino and a dealer in the same way", async () => {
    const began = performance.now();
    const answers = await Promise.all([
      signIn("admin", { password: "wrong" }),
      signIn("nobody"),
      signIn("admin", { casino: "NOWHERE" }),
      signIn("dealer"),
    ]);
    expect(performance.now() - began).toBeGreaterThan(350);
    const bodies = await Promise.all(
      answers.map(async (answer) => {
        const { error } = (await answer.json()) as { error: Record<string, unknown> };
        return { status: answer.status, ...error, correlationId: undefined };
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ status: 401, code: "UNAUTHORIZED" });
    expect(bodies[0]).toHaveProperty("hint");
  });

  test("after five wrong passwords the account is locked, also for the right one", async () => {
    const wrong = () => signIn("auditor", { password: "wrong" });
    for (let attempt = 1; attempt < 5; attempt += 1) expect((await wrong()).status).toBe(401);
    expect((await wrong()).status).toBe(423);

    const locked = await signIn("auditor");
    expect(locked.status).toBe(423);
    expect(locked.headers.get("set-cookie")).toBeNull();
    const { error } = (await locked.json()) as Refusal;
    expect(error.code).toBe("ACCOUNT_LOCKED");
    expect(error.details?.retryAfterSeconds).toBeGreaterThan(14 * 60);
    expect(error.details?.retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
    expect(locked.headers.get("retry-after")).toBe(String(error.details?.retryAfterSeconds));
  });

  test("counts wrong passwords that arrive at once", async () => {
    const wrong = await Promise.all(Array.from({ length: 12 }, () => signIn("marketing", { password: "wrong" })));
    expect(wrong.filter((answer) => answer.status === 401)).toHaveLength(4);
    expect(wrong.filter((answer) => answer.status === 423)).toHaveLength(8);
  });

  test("ends the session that the browser had before", async () => {
    const first = tokenOf(await signIn("cashier"));
    const second = tokenOf(await signIn("cashier", {}, { cookie: `pit_session=${first}` }));
    expect((await new Client(house.url, first).refused("{ me { username } }")).extensions.code).toBe("UNAUTHORIZED");
    expect(await new Client(house.url, second).get("{ me { username } }")).toEqual({ me: { username: "cashier" } });
  });

  test("refuses requests that come from another site", async () => {
    const host = new URL(house.url).host;
    expect(await codeOf(await signIn("pit_boss", {}, { origin: "https://evil.example" }))).toBe("FORBIDDEN_ORIGIN");
    expect(await codeOf(await signIn("pit_boss", {}, { origin: "null" }))).toBe("FORBIDDEN_ORIGIN");
    expect(await codeOf(await signIn("pit_boss", {}, { "sec-fetch-site": "cross-site" }))).toBe("FORBIDDEN_ORIGIN");
    expect((await signIn("pit_boss", {}, { origin: `http://${host}` })).status).toBe(200);
    expect((await post("/auth/sign-out", {}, { origin: "https://evil.example" })).status).toBe(403);
  });

  test("takes JSON of a reasonable size by POST and nothing else", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await post("/auth/sign-in", "casino=ONE", form)).status).toBe(415);
    expect((await post("/auth/sign-in", "{")).status).toBe(400);
    expect((await signIn("pit_boss", { password: "" })).status).toBe(400);
    expect((await post("/auth/sign-in", { casino: "ONE", username: "x", password: ["x"] })).status).toBe(400);
    expect((await signIn("x\0")).status).toBe(400);
    expect((await signIn("x", { password: "y".repeat(10_000) })).status).toBe(413);
    expect((await fetch(`${house.url}/auth/sign-in`)).status).toBe(405);
  });

  test("every answer has a correlation id, the request's own when it is well-formed", async () => {
    const own = await signIn("nobody", {}, { "x-correlation-id": "till-7:42" });
    expect(own.headers.get("x-correlation-id")).toBe("till-7:42");
    expect(await own.json()).toMatchObject({ error: { correlationId: "till-7:42" } });
    const other = await signIn("nobody", {}, { "x-correlation-id": "a b" });
    expect(other.headers.get("x-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("leaves neither password nor user name in the log", async () => {
    await signIn("somebody-special", { password: "hunter2-hunter2" });
    expect(JSON.stringify(house.log)).not.toMatch(/somebody-special|hunter2/);
  });
});

describe("signing out", () => {
  test("ends the session at once and clears the cookie", async () => {
    const token = tokenOf(await signIn("compliance_officer"));
    const client = new Client(house.url, token);
    await client.get("{ me { username } }");
    const response = await post("/auth/sign-out", {}, client.headers);
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toMatch(/^pit_session=; .*Max-Age=0$/);
    expect((await client.refused("{ me { username } }")).extensions.code).toBe("UNAUTHORIZED");
    expect((await client.refused("{ players(first: 1) { nodes { playerId } } }")).extensions.code).toBe("UNAUTHORIZED");
  });

  test("leaves the session and the cookie of whoever signed in beside the screens it comes from", async () => {
    const gone = await own(await house.as("cashier"));
    const client = await house.as("pit_boss");
    const late = await post("/auth/sign-out", {}, { ...client.headers, [header]: gone });
    expect([late.status, late.headers.get("set-cookie")]).toEqual([200, null]);
    expect(await client.get("{ me { username } }")).toEqual({ me: { username: "pit_boss" } });
    const meant = await post("/auth/sign-out", {}, { ...client.headers, [header]: await own(client) });
    expect(meant.headers.get("set-cookie")).toMatch(/^pit_session=; /);
    expect((await client.refused("{ me { username } }")).extensions.code).toBe("UNAUTHORIZED");
  });

  test("works without a session too", async () => {
    expect((await post("/auth/sign-out", {})).status).toBe(200);
    expect((await post("/auth/sign-out", {}, { cookie: "pit_session=nonsense" })).status).toBe(200);
  });
});

describe("a session", () => {
  test("that idled out or was revoked in the database opens nothing, even while the gateway remembers it", async () => {
    for (const change of ["last_seen_at = now() - interval '31 minutes'", "revoked_at = now()"]) {
      const client = await house.as("pit_boss");
      await client.get("{ me { username } }");
      await house.sql(`update identity.session set ${change} where session_id = (
        select session_id from identity.session order by created_at desc, session_id desc limit 1)`);
      const { data, errors } = await client.ask("{ me { username } players(first: 1) { totalCount } }");
      expect(data).toEqual({ me: null, players: null });
      expect(errors.map((error) => error.extensions.code)).toEqual(["UNAUTHORIZED", "UNAUTHORIZED"]);
    }
  });

  test("of one casino is worth nothing with another casino's number", async () => {
    const { token = "" } = await house.as("pit_boss");
    const forged = new Client(house.url, token.replace(/^\d+/, "2"));
    expect((await forged.refused("{ me { username } }")).extensions.code).toBe("UNAUTHORIZED");
  });
});

describe("a request that says whose screens it comes from", () => {
  const me = "{ me { username } }";

  test("is answered in that person's session", async () => {
    const client = await house.as("cashier");
    const { data } = await client.ask(me, {}, { [header]: await own(client) });
    expect(data).toEqual({ me: { username: "cashier" } });
  });

  test("is refused in anybody else's, whatever it asks for, and isn't held against them", async () => {
    const stranger = { [header]: await own(await house.as("cashier")) };
    const client = await house.as("admin");
    const reward = `mutation { adjustPoints(input: {
      playerId: "00000000-0000-0000-0000-000000000000", pointsChange: "1", reason: "By mistake", idempotencyKey: "not-mine-1"
    }) { ledgerResult { replayed } } }`;
    for (const operation of [me, "{ players(first: 1) { nodes { playerId } } }", reward]) {
      const { errors } = await client.ask(operation, {}, stranger);
      expect(errors[0]?.extensions.code, operation).toBe("UNAUTHORIZED");
    }
    const staffId = await own(client);
    const password = await post("/auth/initial-password", { staffId }, { ...client.headers, ...stranger });
    expect(password.status).toBe(401);
    expect(await client.get(me), "the session itself goes on").toEqual({ me: { username: "admin" } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const refused = await house.sql("select 1 from ops.audit_log where action = 'refused' and staff_id = $1", [
      staffId,
    ]);
    expect(refused).toEqual([]);
  });
});
