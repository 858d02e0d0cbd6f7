import { describe, expect, test } from "vitest";
import { look } from "./support/batch-file.ts";
import { openFilingHouse, personal } from "./support/filing.ts";

const filing = openFilingHouse();
const { cash, fileOf, happen, identify, playerOf, step } = filing;

describe("what was exported", () => {
  const sentDay = "2026-02-02";
  const sentPeriod = `from=${sentDay}&to=${sentDay}`;
  const evening = `${sentDay}T20:00:00-08:00`;

  async function caseOf(card: string): Promise<string> {
    const [row] = await filing.house.sql<{ case_id: string }>(
      `select c.case_id from compliance.ctr_case as c join compliance.patron as p using (casino_id, patron_id)
      where p.player_id = $1 and c.gaming_day = $2`,
      [await playerOf(card), sentDay],
    );
    return row?.case_id ?? "";
  }

  async function makeReady(card: string): Promise<void> {
    await happen("player", { card });
    await cash(card, "in", "chip_purchase", "10400", {}, evening);
    await identify(card);
    await step("prepareCtr", await caseOf(card));
  }

  const filings = async (card: string) =>
    filing.house.sql(
      `select f.version, f.cash_in::text, f.report ->> 'cash_in' as reported, c.amendment_due
      from compliance.ctr_filing as f join compliance.ctr_case as c using (casino_id, case_id)
      where c.case_id = $1 order by f.version`,
      [await caseOf(card)],
    );

  test("is what is filed, and what came after it is an amendment", async () => {
    await makeReady("SENT");
    const sent = await fileOf(sentPeriod);
    expect(look(sent).texts("//fc2:TotalCashInReceiveAmountText")).toEqual(["10400"]);
    await cash("SENT", "in", "chip_purchase", "500", {}, evening);
    await step("fileCtr", await caseOf("SENT"));
    expect(await filings("SENT")).toEqual([
      { version: 1, cash_in: "10400.00", reported: "10400", amendment_due: true },
    ]);
    expect(await fileOf(`${sentPeriod}&filed=true`)).toEqual(sent);
    expect(look(await fileOf(sentPeriod)).texts("//fc2:TotalCashInReceiveAmountText")).toEqual(["10900"]);
    await step("fileCtr", await caseOf("SENT"));
    expect(await filings("SENT")).toMatchObject([
      { version: 1, reported: "10400" },
      { version: 2, reported: "10900", amendment_due: false },
    ]);
  });

  test("is what is filed also while cash arrives at every moment", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 12; round++) {
      const card = `MEANWHILE-${round}`;
      await makeReady(card);
      const entries = Promise.all(
        Array.from({ length: 6 }, (_, n) => cash(card, "in", "chip_purchase", String(100 + n), {}, evening)),
      );
      const file = await fileOf(sentPeriod);
      await step("fileCtr", await caseOf(card));
      await entries;
      const [filed] = (await filings(card)) as { reported: string; amendment_due: boolean }[];
      expect(look(file).texts("//fc2:TotalCashInReceiveAmountText")).toEqual([filed?.reported]);
      expect(filed?.amendment_due).toBe(filed?.reported !== "11015");
      if (filed?.amendment_due) await step("fileCtr", await caseOf(card));
    }
  });
});

test("nothing personal is in the log", () => {
  expect(JSON.stringify(filing.house.log)).not.toMatch(personal);
});
