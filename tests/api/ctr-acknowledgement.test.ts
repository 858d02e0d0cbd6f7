import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { findFaults } from "../../graphql/ctr-file/schema.ts";
import { acknowledgement, look } from "./support/batch-file.ts";
import { day, openFilingHouse, period, personal, refusalOf } from "./support/filing.ts";

const filing = openFilingHouse();
const { casesOf, ctr, fileOf, happen, step } = filing;

describe("an acknowledgement", () => {
  let exported: Buffer;
  let cases: string[];

  beforeAll(async () => {
    exported = await fileOf(period);
    cases = await casesOf(day);
    for (const caseId of cases) await step("fileCtr", caseId);
  });

  function post(body: string | Buffer, query = "", client = filing.officer): Promise<Response> {
    return fetch(`${filing.house.url}/ctr/acknowledgement${query}`, {
      method: "POST",
      headers: { ...client.headers, "content-type": "application/xml" },
      body,
    });
  }

  test("finds the file as it was filed", async () => {
    expect(await fileOf(`${period}&filed=true`)).toEqual(exported);
  });

  test.each([
    ["isn't XML", "BSA 31000000000101"],
    ["is the batch file", "<fc2:EFilingBatchXML xmlns:fc2='www.fincen.gov/base' ActivityCount='1'/>"],
    ["has a document type", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`],
  ])("that %s is refused", async (_what, body) => {
    expect(await refusalOf(await post(body))).toMatchObject([422, { code: "CTR_ACKNOWLEDGEMENT_UNREADABLE" }]);
  });

  test("of a file that wasn't made here is refused", async () => {
    const six = readFileSync(acknowledgement, "utf8").replace(
      "</fc2:EFilingSubmissionXML>",
      "<fc2:EFilingActivityXML SeqNum='11'><fc2:BSAID>31000000000106</fc2:BSAID></fc2:EFilingActivityXML>$&",
    );
    expect(await refusalOf(await post(six))).toMatchObject([422, { code: "CTR_BATCH_NOT_FOUND" }]);
    const unknown = `?batch=${"0".repeat(64)}`;
    expect(await refusalOf(await post(readFileSync(acknowledgement), unknown))).toMatchObject([
      422,
      { code: "CTR_BATCH_NOT_FOUND" },
    ]);
  });

  test("is for whoever files", async () => {
    const boss = await filing.house.as("pit_boss");
    expect(await refusalOf(await post(readFileSync(acknowledgement), "", boss))).toMatchObject([
      403,
      { code: "FORBIDDEN", message: "You need the capability ctr:file for this." },
    ]);
    expect(await refusalOf(await post(readFileSync(acknowledgement), "", filing.house.visitor()))).toMatchObject([
      401,
      {},
    ]);
  });

  test("gives each case its BSA identifier, or lists its errors", async () => {
    const batch = join(filing.folder, "sent.xml");
    writeFileSync(batch, exported);
    const command = ctr(["acknowledge", acknowledgement, "--batch", batch]);
    expect(await command.exited, command.output).toBe(1); // one was rejected
    expect(command.output).toContain(`${day}  ${cases[0]}: acknowledged as 31000000000101`);
    expect(command.output).toContain("WARN F18 RawZIPCode The ZIP code does not belong to the state.");
    expect(command.output).toContain(`${day}  ${cases[2]}: rejected, it has no BSA identifier`);
    expect(command.output).toContain("FATAL A1 Activity The report was not accepted.");
    expect(command.output).not.toMatch(personal);
    const rows = await filing.house.sql(
      "select state, bsa_id from compliance.ctr_case where gaming_day = $1 order by case_id",
      [day],
    );
    expect(rows).toEqual([
      { state: "acknowledged", bsa_id: "31000000000101" },
      { state: "acknowledged", bsa_id: "31000000000102" },
      { state: "filed", bsa_id: null },
      { state: "acknowledged", bsa_id: "31000000000104" },
      { state: "acknowledged", bsa_id: "31000000000105" },
    ]);
  });

  test("read again changes nothing, and finds its batch by itself", async () => {
    const response = await post(readFileSync(acknowledgement));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      accepted: true,
      errors: [],
      cases: [
        { caseId: cases[0], gamingDay: day, outcome: "replayed", bsaId: "31000000000101", errors: [] },
        { caseId: cases[1], outcome: "replayed", errors: [{ level: "WARN", code: "F18", element: "RawZIPCode" }] },
        { caseId: cases[2], outcome: "rejected", bsaId: null, errors: [{ level: "FATAL", code: "A1" }] },
        { caseId: cases[3], outcome: "replayed" },
        { caseId: cases[4], outcome: "replayed" },
      ],
    });
  });

  test("with other identifiers is refused, case by case", async () => {
    const batch = `?batch=${createHash("sha256").update(exported).digest("hex")}`;
    const other = readFileSync(acknowledgement, "utf8").replace("31000000000101", "31000000000999");
    const response = await post(other, batch);
    expect(await response.json()).toMatchObject({
      cases: [
        { outcome: "refused", code: "CTR_INVALID_STATE" },
        { outcome: "replayed" },
        { outcome: "rejected" },
        { outcome: "replayed" },
        { outcome: "replayed" },
      ],
    });
  });

  test("of a rejected batch changes nothing", async () => {
    const rejected = readFileSync(acknowledgement, "utf8")
      .replaceAll('StatusCode="A"', 'StatusCode="R"')
      .replaceAll(/<fc2:EFilingActivityXML[\s\S]*<\/fc2:EFilingActivityXML>/g, "");
    const response = await post(rejected);
    expect(await response.json()).toEqual({ accepted: false, errors: [], cases: [] });
  });
});

test("a correction after filing makes an amendment, which names the report it corrects", async () => {
  await happen("cash_corrected", { ref: "wrong", amount: "9400", reason: "counted once more" });
  const file = await fileOf(period);
  expect(findFaults(file)).toEqual([]);
  const { texts, number } = look(file);
  expect(number("count(//fc2:Activity)")).toBe(1);
  expect(texts("//fc2:CorrectsAmendsPriorReportIndicator | //fc2:InitialReportIndicator")).toEqual(["Y", ""]);
  expect(texts("//fc2:TotalCashInReceiveAmountText")).toEqual(["9400"]);
  const [row] = await filing.house.sql<{ bsa_id: string | null }>(
    "select bsa_id from compliance.ctr_case where amendment_due and gaming_day = $1",
    [day],
  );
  expect(texts("//fc2:EFilingPriorDocumentNumber")).toEqual([row?.bsa_id ?? "00000000000000"]);
});

test("nothing personal is in the log", () => {
  expect(JSON.stringify(filing.house.log)).not.toMatch(personal);
});
