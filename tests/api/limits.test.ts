import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { type House, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

async function codeOf(query: string, variables = {}): Promise<string | undefined> {
  const { errors, data } = await boss.ask(query, variables);
  if (errors.length > 0) expect(data).toBeNull();
  return errors[0]?.extensions.code;
}

describe("a list", () => {
  test("needs first or last, at most 100", async () => {
    expect(await codeOf("{ players { totalCount } }")).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf("{ players(first: 101) { totalCount } }")).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf("{ players(last: 101) { totalCount } }")).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf("{ players(first: -1) { totalCount } }")).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf("{ players(first: 100) { totalCount } }")).toBeUndefined();
    expect(await codeOf("{ players(last: 100) { totalCount } }")).toBeUndefined();
    expect(await codeOf("{ players(first: 0) { totalCount } }")).toBeUndefined();
  });

  test("takes its size from variables and their defaults", async () => {
    const query = "query ($n: Int) { players(first: $n) { totalCount } }";
    expect(await codeOf(query, { n: 100 })).toBeUndefined();
    expect(await codeOf(query, { n: 101 })).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf(query, { n: null })).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf(query)).toBe("PAGE_SIZE_EXCEEDED");
    const withDefault = "query ($n: Int = 101) { players(first: $n) { totalCount } }";
    expect(await codeOf(withDefault)).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf(withDefault, { n: 5 })).toBeUndefined();
  });

  test("inside fragments, relations, function results and mutations is limited too", async () => {
    expect(await codeOf("{ ...F } fragment F on Query { visits { totalCount } }")).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf("{ players(first: 1) { nodes { visits { totalCount } } } }")).toBe("PAGE_SIZE_EXCEEDED");
    expect(await codeOf('{ findPlayers(search: "a") { totalCount } }')).toBe("PAGE_SIZE_EXCEEDED");
    expect(
      await codeOf(`mutation { enrollPlayer(input: { cardNo: "L1", firstName: "A", lastName: "B",
        birthDate: "1980-01-01", idempotencyKey: "limits-1" }) { query { players { totalCount } } } }`),
    ).toBe("PAGE_SIZE_EXCEEDED");
    expect(await boss.get("{ players(first: 1) { totalCount } }")).toEqual({ players: { totalCount: 0 } });
  });
});

describe("an operation", () => {
  test("is refused when it is nested too deeply", async () => {
    const nested = (levels: number): string =>
      levels === 0 ? "playerId" : `visits(first: 1) { nodes { player { ${nested(levels - 1)} } } }`;
    expect(await codeOf(`{ players(first: 1) { nodes { ${nested(1)} } } }`)).toBeUndefined();
    expect(await codeOf(`{ players(first: 1) { nodes { ${nested(5)} } } }`)).toBe("DEPTH_LIMIT_EXCEEDED");
  });

  test("is refused when its pages multiply to too many rows", async () => {
    const query =
      "query ($n: Int!) { players(first: $n) { nodes { ratingSlips(first: $n) { nodes { ratingSlipEvents(first: $n) { nodes { eventNo } } } } } } }";
    expect(await codeOf(query, { n: 20 })).toBeUndefined();
    expect(await codeOf(query, { n: 100 })).toBe("COST_LIMIT_EXCEEDED");
  });

  test("is refused when it holds too many commands or fields, however they are hidden", async () => {
    const many = Array.from({ length: 40 }, (_, n) => `a${n}: me { username }`).join(" ");
    expect(await codeOf(`{ ${many} }`)).toBe("COST_LIMIT_EXCEEDED");
    expect(await codeOf(`{ ...F } fragment F on Query { ${many} }`)).toBe("COST_LIMIT_EXCEEDED");
    const payload = `mutation { enrollPlayer(input: { cardNo: "L2", firstName: "A", lastName: "B",
      birthDate: "1980-01-01", idempotencyKey: "limits-2" }) { query { ${many} } } }`;
    expect(await codeOf(payload)).toBe("COST_LIMIT_EXCEEDED");
    const doubled = Array.from(
      { length: 20 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ... on Query { ...F${n + 1} } }`,
    ).join(" ");
    const began = performance.now();
    expect(await codeOf(`{ ...F0 } ${doubled} fragment F20 on Query { me { username } }`)).toBe("COST_LIMIT_EXCEEDED");
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("is refused when its arguments nest too deeply, in variables or in its text", async () => {
    const filterOf = (levels: number): object =>
      levels === 0 ? { cardNo: { equalTo: "x" } } : { not: filterOf(levels - 1) };
    const query = "query ($filter: PlayerFilter) { players(first: 1, filter: $filter) { totalCount } }";
    expect(await codeOf(query, { filter: filterOf(10) })).toBeUndefined();
    expect(await codeOf(query, { filter: filterOf(2_000) })).toBe("DEPTH_LIMIT_EXCEEDED");
    const literal = `${"{ not: ".repeat(200)}{ cardNo: { equalTo: "x" } }${" }".repeat(200)}`;
    expect(await codeOf(`{ players(first: 1, filter: ${literal}) { totalCount } }`)).toBe("DEPTH_LIMIT_EXCEEDED");
  });

  test("may be an introspection, so that tools work", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    const { errors } = await boss.ask(getIntrospectionQuery());
    expect(errors).toEqual([]);
  });
});
