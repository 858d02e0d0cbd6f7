import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "./support/client.ts";
import { enroll, ledgerOf, reward } from "./support/floor.ts";
import { type House, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

interface Tier {
  readonly tier: string;
  readonly effectiveFrom: string;
  readonly nodeId: string;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

describe("a version that has always been in force", () => {
  test("says -infinity, and is found again by key, global id and cursor", async () => {
    const document = `query ($after: Cursor) { loyaltyTiers(first: 1, after: $after, orderBy: PRIMARY_KEY_ASC) {
      nodes { tier effectiveFrom nodeId } pageInfo { endCursor hasNextPage } } }`;
    const tiers: Tier[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { loyaltyTiers }: { loyaltyTiers: Page<Tier> } = await boss.get(document, { after });
      tiers.push(...loyaltyTiers.nodes);
      after = loyaltyTiers.pageInfo.endCursor;
      more = loyaltyTiers.pageInfo.hasNextPage;
    }
    expect(tiers.map((tier) => [tier.tier, tier.effectiveFrom])).toEqual([
      ["BRONZE", "-infinity"],
      ["SILVER", "-infinity"],
      ["GOLD", "-infinity"],
      ["PLATINUM", "-infinity"],
    ]);
    const found = await boss.get(
      `query ($nodeId: ID!) { node(nodeId: $nodeId) { ... on LoyaltyTier { tier } }
        loyaltyTier(effectiveFrom: "-infinity", thresholdPoints: "50000") { tier } }`,
      { nodeId: tiers[2]?.nodeId },
    );
    expect(found).toEqual({ node: { tier: "GOLD" }, loyaltyTier: { tier: "GOLD" } });
  });
});

describe("numbers and times", () => {
  test("points and money are texts, exact whatever their size; times have an offset", async () => {
    const playerId = await enroll(boss);
    await reward(boss, playerId, { points: "4999" });
    const { playerLoyalty } = await boss.get<{ playerLoyalty: { currentBalance: string; updatedAt: string } }>(
      "query ($id: UUID!) { playerLoyalty(playerId: $id) { currentBalance updatedAt } }",
      { id: playerId },
    );
    expect(playerLoyalty.currentBalance).toBe("4999");
    expect(playerLoyalty.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$/);
  });
});

describe("a ledger", () => {
  test("is read page by page without gaps or repetitions", async () => {
    const giver = await house.hire("floor_supervisor");
    const playerId = await enroll(giver);
    for (let n = 0; n < 7; n += 1) await reward(giver, playerId, { points: String(n + 1) });
    const document = `query ($id: UUID!, $after: Cursor) { playerLoyalty(playerId: $id) {
      loyaltyLedgers(first: 3, after: $after, orderBy: ENTRY_NO_DESC) {
        nodes { entryNo } pageInfo { endCursor hasNextPage } } } }`;
    const numbers: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: { playerLoyalty: { loyaltyLedgers: Page<{ entryNo: string }> } } = await boss.get(document, {
        id: playerId,
        after,
      });
      const { nodes, pageInfo } = page.playerLoyalty.loyaltyLedgers;
      numbers.push(...nodes.map((node) => node.entryNo));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(numbers).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
    expect(await ledgerOf(boss, playerId)).toHaveLength(7);
  });
});
