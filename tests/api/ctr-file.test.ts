import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { writeBatch } from "../../graphql/ctr-file/batch.ts";
import type { Batch } from "../../graphql/ctr-file/report.ts";
import { findFaults } from "../../graphql/ctr-file/schema.ts";
import { look, reportOf } from "./support/batch-file.ts";
import { day, filer, openFilingHouse, period, personal, refusalOf } from "./support/filing.ts";

const filing = openFilingHouse();
const { casesOf, fileOf, get } = filing;

describe("the batch file", () => {
  let file: Buffer;

  beforeAll(async () => {
    file = await fileOf(period);
  });

  test("is valid by FinCEN's schema", () => {
    expect(findFaults(file)).toEqual([]);
    const written = join(filing.folder, "valid.xml");
    writeFileSync(written, file);
    const schema = join(projectRoot, "graphql/ctr-file/ctr.xsd");
    const xmllint = spawnSync("xmllint", ["--noout", "--nonet", "--schema", schema, written], { encoding: "utf8" });
    // Debian's own xmllint looks at it too, where there is one.
    if (xmllint.error === undefined) expect([xmllint.status, xmllint.stderr]).toEqual([0, `${written} validates\n`]);
  });

  test("has counts and totals that match what it holds", () => {
    const { number, texts } = look(file);
    const batch = ["ActivityCount", "PartyCount", "TotalAmount"].map((name) => number(`number(/*/@${name})`));
    expect(batch).toEqual([
      number("count(//fc2:Activity)"),
      number("count(//fc2:Party)"),
      number("sum(//fc2:DetailTransactionAmountText)"),
    ]);
    expect(batch).toEqual([5, 31, 15_266 + 11_002 + 12_000 + 12_001 + 11_000 + 11_001 + 11_001]);
    const sequence = texts("//@SeqNum").map(Number);
    expect(sequence).toEqual(sequence.map((_, place) => place + 1));
    const totals = number("sum(//fc2:TotalCashInReceiveAmountText[. != ''])");
    expect(totals + number("sum(//fc2:TotalCashOutAmountText[. != ''])")).toBe(batch[2]);
  });

  test("uses the prefix fc2 on every element", () => {
    const names = [...file.toString("utf8").matchAll(/<\/?([\w:]+)/g)].map((match) => match[1]);
    expect(names.filter((name) => !name?.startsWith("fc2:"))).toEqual([]);
  });

  test("leaves a direction empty that isn't reported", () => {
    const report = reportOf(file, "15266");
    expect(report.texts("//fc2:TotalCashOutAmountText")).toEqual([""]);
    expect(report.texts("//fc2:CurrencyTransactionActivityDetailTypeCode")).toEqual(["18"]);
    expect(report.texts("//fc2:Party/fc2:ActivityPartyTypeCode")).toEqual(["35", "37", "30", "8", "34", "50"]);
    const person = "/fc2:Party[fc2:ActivityPartyTypeCode = '50']";
    expect(report.texts(`${person}/fc2:IndividualEntityCashInAmountText`)).toEqual(["15266"]);
    expect(report.texts(`${person}/fc2:IndividualEntityCashOutAmountText`)).toEqual([]);
    expect(report.texts(`${person}/fc2:MultipleTransactionsPersonsIndividualsIndicator`)).toEqual([]);
    expect(report.texts(`${person}/fc2:FemaleGenderIndicator`)).toEqual(["Y"]);
    expect(report.texts(`${person}//fc2:OccupationBusinessText`)).toEqual(["Harbormaster"]);
    expect(report.texts(`${person}//fc2:PartyIdentificationNumberText`)).toEqual(["987651234", "X-990-17"]);
  });

  test("rounds each line up and adds the lines", () => {
    const report = reportOf(file, "11002");
    expect(report.texts("//fc2:CurrencyTransactionActivityDetailTypeCode")).toEqual(["18", "46", "28"]);
    expect(report.texts("//fc2:DetailTransactionAmountText")).toEqual(["7001", "4001", "12000"]);
    expect(report.texts("//fc2:TotalCashOutAmountText")).toEqual(["12000"]);
    expect(report.texts("//fc2:MultipleTransactionsPersonsIndividualsIndicator")).toEqual(["Y"]);
    expect(report.texts("//fc2:TINUnknownIndicator")).toEqual(["Y"]);
  });

  test("takes an entry and its correction for one transaction", () => {
    const report = reportOf(file, "12001");
    expect(report.texts("//fc2:MultipleTransactionsPersonsIndividualsIndicator")).toEqual([]);
    expect(report.texts("//fc2:RawIndividualMiddleName")).toEqual(["O'Neil & <Sons>"]);
  });

  test("names who acted for whom", () => {
    const report = reportOf(file, "11000");
    expect(report.texts("/fc2:Party/fc2:ActivityPartyTypeCode").slice(5)).toEqual(["17", "23"]);
    expect(report.texts("/fc2:Party/fc2:IndividualEntityCashInAmountText")).toEqual(["11000", "6000", "11000"]);
    expect(report.texts("//fc2:PartyIdentificationTypeCode")).toEqual(["4", "28", "2", "2", "1", "6", "1", "999"]);
  });

  test("puts foreign currency on lines of its own", () => {
    const report = reportOf(file, "11001");
    expect(report.texts("//fc2:CurrencyTransactionActivityDetailTypeCode")).toEqual(["14", "53", "15"]);
    expect(report.texts("//fc2:DetailTransactionAmountText")).toEqual(["5000", "6001", "11001"]);
    expect(report.texts("//fc2:OtherForeignCurrencyCountryText")).toEqual(["", "EU", ""]);
    expect(report.texts("//fc2:Party[6]//fc2:RawStateCodeText")).toEqual([]);
    expect(report.texts("//fc2:Party[6]//fc2:RawCityText")).toEqual(["Köln"]);
  });

  test("says what the casino is", () => {
    const { texts } = look(file);
    const casino = "//fc2:Activity[1]/fc2:Party[fc2:ActivityPartyTypeCode = '30']";
    expect(texts(`${casino}//fc2:OrganizationTypeID | ${casino}//fc2:OrganizationSubtypeID`)).toEqual(["101", "1"]);
    expect(texts(`${casino}/fc2:PrimaryRegulatorTypeCode`)).toEqual(["7"]);
    expect(texts(`${casino}//fc2:RawPartyFullName`)).toEqual(["Harbor Gaming & Hotel LLC", "Harbor <One>"]);
  });

  test("is the same each time, apart from the filing date", async () => {
    expect(await fileOf(period)).toEqual(file);
    expect(await fileOf("from=2026-01-01&to=2026-01-31")).toEqual(file);
    const report = { case_id: "c", gaming_day: day, amends: null, persons: [], lines: [], cash_in: 1, cash_out: null };
    const write = (filing_date: string) =>
      writeBatch({ filing_date, reports: [{ ...report, filer }] } as never as Batch);
    expect(write("2026-01-10").toString().replaceAll("20260110", "20260111")).toBe(write("2026-01-11").toString());
  });

  test("is on record, with who made it", async () => {
    const rows = await filing.house.sql(
      `select e.case_ids, s.username from compliance.ctr_export as e
      join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.exported_by
      where e.file_sha256 = $1`,
      [createHash("sha256").update(file).digest()],
    );
    expect(rows[0]).toEqual({ case_ids: await casesOf(day), username: "compliance_officer" });
  });

  test("is never kept by a browser or a proxy", async () => {
    const { headers } = await get(period);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect(headers.get("content-disposition")).toBe(`attachment; filename="ctr-${day}-${day}.xml"`);
  });
});

describe("the batch file is refused", () => {
  test.each([
    ["a visitor", undefined, 401, "UNAUTHORIZED"],
    ["a pit boss", "pit_boss", 403, "FORBIDDEN"],
    ["an auditor", "auditor", 403, "FORBIDDEN"],
  ] as const)("to %s", async (_who, person, status, code) => {
    const client = person === undefined ? filing.house.visitor() : await filing.house.as(person);
    expect(await refusalOf(await get(period, client))).toMatchObject([status, { code }]);
  });

  test("to another site's page", async () => {
    const response = await get(period, filing.officer, { "sec-fetch-site": "cross-site" });
    expect(await refusalOf(response)).toMatchObject([403, { code: "FORBIDDEN_ORIGIN" }]);
  });

  test("to the officer of another casino, who has no such case", async () => {
    const other = await filing.house.as("compliance_officer", "TWO");
    expect(await refusalOf(await get(period, other))).toMatchObject([404, { code: "CTR_BATCH_EMPTY" }]);
  });

  test.each([
    "",
    `from=${day}`,
    "from=2026-02-30&to=2026-03-01",
    "from=2026-01-06&to=2026-01-05",
    "from=x&to=y",
  ])("without a period (%s)", async (query) => {
    expect(await refusalOf(await get(query))).toMatchObject([400, { code: "BAD_REQUEST" }]);
  });

  test("when it isn't asked for with GET", async () => {
    const response = await fetch(`${filing.house.url}/ctr/batch.xml?${period}`, {
      method: "POST",
      headers: filing.officer.headers,
    });
    expect(response.headers.get("allow")).toBe("GET");
    expect(await refusalOf(response)).toMatchObject([405, { code: "METHOD_NOT_ALLOWED" }]);
  });
});

test("nothing personal is in the log", () => {
  expect(JSON.stringify(filing.house.log)).not.toMatch(personal);
});
