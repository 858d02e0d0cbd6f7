import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { type House, openHouse } from "./support/house.ts";

const added = "query Added { me { username } }";
const folder = mkdtempSync(join(tmpdir(), "pitledger-operations-"));
const operationsFile = join(folder, "operations.json");
writeFileSync(operationsFile, JSON.stringify({ [`sha256:${sha256(added)}`]: added }));

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse({ operations: "persisted", operationsFile });
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const me = { me: { username: "pit_boss" } };

describe("with GRAPHQL_OPERATIONS=persisted", () => {
  test("an operation of the operator's file is accepted by its hash, in every usual form", async () => {
    const hash = sha256(added);
    for (const body of [
      { documentId: `sha256:${hash}` },
      { documentId: hash },
      { id: hash },
      { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
      { query: added },
    ]) {
      expect((await boss.post(body)).data).toEqual(me);
    }
  });

  test("an operation of the web client is accepted", async () => {
    const file = join(import.meta.dirname, "../../graphql/persisted-operations.json");
    const operations = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    const [documentId] = Object.entries(operations).find(([, document]) => /\bquery Me\b/.test(document)) ?? [];
    expect((await boss.post({ documentId })).data).toMatchObject({ me: { username: "pit_boss" } });
  });

  test("any other operation is refused, whatever hash comes with it", async () => {
    const query = "{ players(first: 1) { totalCount } }";
    for (const body of [
      { query },
      { query, documentId: sha256(query) },
      { documentId: "constructor" },
      { documentId: "" },
      { extensions: { persistedQuery: { sha256Hash: 7 } } },
    ]) {
      const { status, data, errors } = await boss.post(body);
      expect([status, data]).toEqual([400, null]);
      expect(errors[0]?.extensions).toMatchObject({
        code: "OPERATION_NOT_ALLOWED",
        hint: expect.any(String),
        correlationId: expect.any(String),
      });
    }
    const smuggled = await boss.post({ query, documentId: sha256(added) });
    expect(smuggled.data).toEqual(me);
  });

  test("websockets accept the same operations and no others", async () => {
    const socket = boss.socket();
    const first = (payload: object) => socket.iterate(payload as never).next();
    expect((await first({ query: "", documentId: sha256(added) })).value).toEqual({ data: me });
    await expect(first({ query: "subscription { pitBoardChanged { query { me { username } } } }" })).rejects.toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: "OPERATION_NOT_ALLOWED" }) }),
    ]);
    await socket.dispose();
  });

  test("what was refused doesn't reach the log", async () => {
    await boss.post({ query: "query ($name: String) { x }", variables: { name: "Ada Byron" } });
    expect(JSON.stringify(house.log)).not.toContain("Ada Byron");
  });
});

test("a file of operations that can't be read stops the start with a sentence", async () => {
  const broken = join(folder, "broken.json");
  writeFileSync(broken, "[1]");
  await expect(house.serve({ operations: "persisted", operationsFile: broken })).rejects.toThrow(
    /broken\.json must be/,
  );
});
