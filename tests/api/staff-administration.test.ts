import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { type House, newKey, openHouse, password } from "./support/house.ts";

let house: House;
let admin: Client;
beforeAll(async () => {
  house = await openHouse();
  admin = await house.as("admin");
});
afterAll(() => house.close());

const add = `mutation ($input: AddPersonInput!) {
  addPerson(input: $input) { staffResult { replayed staff { staffId username role } } }
}`;

async function hire(role = "cashier"): Promise<{ staffId: string; username: string }> {
  const username = `person-${randomUUID().slice(0, 8)}`;
  const input = { username, displayName: `Person ${username}`, role, idempotencyKey: newKey() };
  const { addPerson } = await admin.get<{ addPerson: { staffResult: { staff: { staffId: string } } } }>(add, { input });
  return { staffId: addPerson.staffResult.staff.staffId, username };
}

function post(path: string, body: unknown, client?: Client): Promise<Response> {
  return fetch(`${house.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...client?.headers },
    body: JSON.stringify(body),
  });
}

const signIn = (username: string, given: string, newPassword?: string) =>
  post("/auth/sign-in", { casino: "ONE", username, password: given, newPassword });

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

async function initialPassword(staffId: string, client = admin): Promise<string> {
  const response = await post("/auth/initial-password", { staffId }, client);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return ((await response.json()) as { password: string }).password;
}

describe("a person who is added", () => {
  test("is added once for a key, and can't sign in before a password is given", async () => {
    const username = `person-${randomUUID().slice(0, 8)}`;
    const input = { username, displayName: "Cleo", role: "cashier", idempotencyKey: newKey() };
    const first = await admin.get<{ addPerson: { staffResult: object } }>(add, { input });
    expect(first.addPerson.staffResult).toMatchObject({ replayed: false, staff: { username, role: "cashier" } });
    const again = await admin.get<{ addPerson: { staffResult: object } }>(add, { input });
    expect(again.addPerson.staffResult).toMatchObject({ replayed: true });
    expect((await signIn(username, password)).status).toBe(401);
  });

  test("gets an initial password, which has to be replaced at the first sign-in", async () => {
    const { staffId, username } = await hire();
    const initial = await initialPassword(staffId);
    expect(initial).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);

    const refused = await signIn(username, initial);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("set-cookie")).toBeNull();
    expect(await codeOf(refused)).toBe("PASSWORD_CHANGE_REQUIRED");
    const weak = await signIn(username, initial, "short");
    expect([weak.status, await codeOf(weak)]).toEqual([422, "INVALID_PASSWORD"]);
    expect(await codeOf(await signIn(username, initial, initial))).toBe("INVALID_PASSWORD");

    const own = "four plain words here";
    const signedIn = await signIn(username, initial, own);
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers.get("set-cookie")).toContain("pit_session=");
    expect((await signIn(username, initial)).status).toBe(401);
    expect((await signIn(username, own)).status).toBe(200);
  });

  test("whose password is wrong isn't told whether it would have to be replaced", async () => {
    const { staffId, username } = await hire();
    await initialPassword(staffId);
    const refused = await signIn(username, "wrong password", "another fine password");
    expect([refused.status, await codeOf(refused)]).toEqual([401, "UNAUTHORIZED"]);
  });
});

describe("an initial password", () => {
  test("is given by administrators, not to themselves and not to dealers, and refusals are on record", async () => {
    const { staffId } = await hire();
    const boss = await house.as("pit_boss");
    const refused = await post("/auth/initial-password", { staffId }, boss);
    expect([refused.status, await codeOf(refused)]).toEqual([403, "FORBIDDEN"]);
    expect((await post("/auth/initial-password", { staffId })).status).toBe(401);
    expect((await post("/auth/initial-password", { staffId: "x" }, admin)).status).toBe(400);
    const { me } = await admin.get<{ me: { staffId: string } }>("{ me { staffId } }");
    expect(await codeOf(await post("/auth/initial-password", { staffId: me.staffId }, admin))).toBe("OWN_ACCOUNT");
    const dealer = await hire("dealer");
    expect(await codeOf(await post("/auth/initial-password", { staffId: dealer.staffId }, admin))).toBe(
      "STAFF_CANNOT_SIGN_IN",
    );
    await expect
      .poll(async () => {
        const rows = await house.sql<{ what: string }>(
          `select details ->> 'operation' || ' ' || (details ->> 'code') as what from ops.audit_log
          where action = 'refused' order by audit_log_id`,
        );
        return rows.map((row) => row.what);
      })
      .toEqual(
        expect.arrayContaining(["auth/initial-password FORBIDDEN", "auth/initial-password STAFF_CANNOT_SIGN_IN"]),
      );
  });

  test("is nowhere in the schema of GraphQL", async () => {
    const error = await admin.refused(
      `mutation { resetPassword(input: { personId: "${randomUUID()}", phc: "x" }) { clientMutationId } }`,
    );
    expect(error.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

test("two administrators who deactivate each other at once leave one of them", async () => {
  const [one, other] = [await house.hire("admin", "TWO"), await house.hire("admin", "TWO")];
  const idOf = async (client: Client) =>
    (await client.get<{ me: { staffId: string } }>("{ me { staffId } }")).me.staffId;
  const ids = { one: await idOf(one), other: await idOf(other), admin: await idOf(await house.as("admin", "TWO")) };
  const deactivate = (client: Client, personId: string) =>
    client.ask(
      "mutation ($input: DeactivatePersonInput!) { deactivatePerson(input: $input) { staffResult { replayed } } }",
      { input: { personId, reason: "the house is sold" } },
    );
  expect((await deactivate(one, ids.admin)).errors).toEqual([]);
  const answers = await Promise.all([deactivate(one, ids.other), deactivate(other, ids.one)]);
  const codes = answers.flatMap((answer) => answer.errors.map((error) => error.extensions.code));
  expect(codes).toHaveLength(1);
  expect(["LAST_ADMINISTRATOR", "UNAUTHORIZED"]).toContain(codes[0]);
  const [row] = await house.sql<{ left: number }>(
    "select count(*)::int as left from identity.staff where staff_id = any ($1) and active",
    [Object.values(ids)],
  );
  expect(row?.left).toBe(1);
});

test("who can do something, and why, is answered for administrators alone", async () => {
  const { staffId, username } = await hire();
  await admin.get(
    `mutation ($input: AddCapabilityInput!) { addCapability(input: $input) { staffResult { replayed } } }`,
    { input: { personId: staffId, capability: "ctr:file", reason: "files while Ada is away" } },
  );
  const document = `query ($capability: String, $personId: UUID) {
    accessReview(capability: $capability, personId: $personId, first: 100) {
      nodes { username capability source held reason givenByName }
    }
  }`;
  interface Review {
    accessReview: { nodes: { username: string }[] };
  }
  const { accessReview } = await admin.get<Review>(document, { capability: "ctr:file" });
  expect(accessReview.nodes.map((line) => line.username)).toEqual(
    expect.arrayContaining(["compliance_officer", username]),
  );
  expect(accessReview.nodes.find((line) => line.username === username)).toEqual({
    username,
    capability: "ctr:file",
    source: "added",
    held: true,
    reason: "files while Ada is away",
    givenByName: "admin of ONE",
  });
  const auditor = await house.as("auditor");
  expect((await auditor.refused(document, {})).extensions.code).toBe("FORBIDDEN");
});
