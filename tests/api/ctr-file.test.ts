import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XmlDocument } from "libxml2-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { writeBatch } from "../../graphql/ctr-file/batch.ts";
import type { Batch } from "../../graphql/ctr-file/report.ts";
import { findFaults } from "../../graphql/ctr-file/schema.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import type { Client } from "./support/client.ts";
import { type House, newKey, openHouse, password } from "./support/house.ts";

let house: House;
let officer: Client;
let folder: string;

const filer = {
  legal_name: "Harbor Gaming & Hotel LLC",
  trade_name: "Harbor <One>",
  ein: "12-1234567",
  street: "1 Harbor Way",
  city: "Las Vegas",
  state: "NV",
  postal_code: "89101",
  contact_office: "Compliance Office",
  contact_phone: "(702) 555-0100",
  contact_extension: "12",
  transmitter_tcc: "PHARBOR1",
};

const day = "2026-01-05";
const period = `from=${day}&to=${day}`;
const acknowledgement = join(import.meta.dirname, "../data/ctr/acknowledgement.xml");

/** What may never be in a log: names, numbers, addresses. */
const personal = /Quillfeather|Zephyrine|Marlowe Lane|987651234|X-990-17|Harbormaster/;

const identity = {
  lastName: "Quillfeather",
  firstName: "Zephyrine",
  birthDate: "1975-04-30",
  street: "9 Marlowe Lane",
  city: "Reno",
  state: "NV",
  postalCode: "89501-1234",
  country: "US",
  taxpayerKind: "ssn",
  taxpayerNumber: "987-65-1234",
  idType: "drivers_license",
  idNumber: "X-990-17",
  idState: "NV",
  idCountry: "US",
};

beforeAll(async () => {
  house = await openHouse();
  folder = temporaryFolder();
  await house.load("ONE", { filer });
  officer = await house.as("compliance_officer");
  await happen("player", { card: "ONE-WAY" });
  await cash("ONE-WAY", "in", "chip_purchase", "15265.25");
  await cash("ONE-WAY", "out", "chip_redemption", "3000");

  await happen("player", { card: "BOTH-WAYS" });
  await cash("BOTH-WAYS", "in", "chip_purchase", "7000.10");
  await cash("BOTH-WAYS", "in", "marker_payment", "4000.10");
  await cash("BOTH-WAYS", "out", "chip_redemption", "12000");

  await happen("player", { card: "CORRECTED" });
  await cash("CORRECTED", "in", "chip_purchase", "10000", { key: "wrong" });
  await happen("cash_corrected", { ref: "wrong", amount: "12000.40", reason: "counted again" });

  await happen("player", { card: "AGENT" });
  await happen("player", { card: "PRINCIPAL" });
  await cash("AGENT", "in", "chip_purchase", "6000", { agent_for: "PRINCIPAL" });
  await cash("PRINCIPAL", "in", "chip_purchase", "5000");

  await happen("player", { card: "EXCHANGE" });
  await exchange("EXCHANGE", "in", "EUR", "6000.50");
  await exchange("EXCHANGE", "in", null, "5000");

  await identify("ONE-WAY", { gender: "female", occupation: "Harbormaster" });
  await identify("BOTH-WAYS", { taxpayerKind: null, taxpayerNumber: null, taxpayerUnknown: true });
  await identify("CORRECTED", { gender: "male", middleName: "O'Neil & <Sons>", suffix: "Jr." });
  await identify("AGENT", { idType: "passport", idState: null });
  await identify("PRINCIPAL", { idType: "other", idTypeOther: "Military card", idState: null });
  await identify("EXCHANGE", {
    country: "DE",
    state: null,
    postalCode: null,
    city: "Köln",
    taxpayerKind: "foreign",
    idType: "passport",
    idState: null,
    idCountry: "DE",
  });
  for (const caseId of await casesOf(day)) await step("prepareCtr", caseId);
}, 60_000);

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function happen(type: string, fields: Record<string, unknown>, at = `${day}T20:00:00-08:00`): Promise<void> {
  const player = { first_name: "Pat", last_name: String(fields.card), birth_date: "1980-01-31" };
  const event = { key: newKey(), at, type, ...(type === "player" ? player : {}), ...fields };
  const sender = await house.sender();
  const { ingestEvents } = await sender.get<{
    ingestEvents: { ingestedOutcomes: { outcome: string; code: string }[] };
  }>(
    `mutation ($events: JSON!) { ingestEvents(input: { events: $events }) {
      ingestedOutcomes { outcome code } } }`,
    { events: [event] },
  );
  expect(ingestEvents.ingestedOutcomes, JSON.stringify(event)).toMatchObject([{ outcome: "applied" }]);
}

function cash(card: string, direction: string, kind: string, amount: string, more = {}, at?: string): Promise<void> {
  return happen("cash", { card, direction, kind, area: "cage", tender: "currency", amount, ...more }, at);
}

async function exchange(card: string, direction: string, foreignCurrency: string | null, amount: string) {
  await officer.get(
    `mutation ($input: RecordMtlEntryInput!) { recordMtlEntry(input: $input) { mtlResult { replayed } } }`,
    {
      input: {
        playerId: await playerOf(card),
        direction,
        kind: "exchange",
        area: "cage",
        tender: "currency",
        amount,
        foreignCurrency,
        occurredAt: `${day}T20:00:00-08:00`,
        idempotencyKey: newKey(),
      },
    },
  );
}

async function playerOf(card: string): Promise<string> {
  const [row] = await house.sql<{ player_id: string }>("select player_id from floor.player where card_no = $1", [card]);
  return row?.player_id ?? "";
}

/** Saves who somebody is; null takes a field of the usual identification out. */
async function identify(card: string, changes: Record<string, unknown> = {}): Promise<void> {
  const [row] = await house.sql<{ patron_id: string }>("select patron_id from compliance.patron where player_id = $1", [
    await playerOf(card),
  ]);
  const given = Object.entries({ ...identity, ...changes }).filter(([, value]) => value !== null);
  await officer.get(
    `mutation ($input: SaveIdentificationInput!) {
      saveIdentification(input: $input) { savedIdentification { missing } } }`,
    { input: { ...Object.fromEntries(given), patronId: row?.patron_id, idempotencyKey: newKey() } },
  );
}

async function step(command: "prepareCtr" | "fileCtr", caseId: string): Promise<void> {
  await officer.get(`mutation ($caseId: UUID!) { ${command}(input: { caseId: $caseId }) { clientMutationId } }`, {
    caseId,
  });
}

/** Ids of a day's cases, in the order of a file. */
async function casesOf(gamingDay: string): Promise<string[]> {
  const rows = await house.sql<{ case_id: string }>(
    "select case_id from compliance.ctr_case where gaming_day = $1 and state <> 'merged' order by case_id",
    [gamingDay],
  );
  return rows.map((row) => row.case_id);
}

function get(query: string, client: Client = officer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${house.url}/ctr/batch.xml?${query}`, { headers: { ...client.headers, ...headers } });
}

async function fileOf(query: string): Promise<Buffer> {
  const response = await get(query);
  expect(response.status, await response.clone().text()).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

interface Refused {
  readonly code: string;
  readonly details?: { readonly cases?: unknown[] };
}

async function refusalOf(response: Response): Promise<[number, Refused]> {
  const { error } = (await response.json()) as { error: Refused };
  return [response.status, error];
}

/** Looks into a file with XPath, on its own. */
function look(file: Buffer) {
  const document = XmlDocument.fromBuffer(file);
  const namespaces = { fc2: "www.fincen.gov/base" };
  return {
    number: (path: string) => Number(document.eval(path, namespaces)),
    texts: (path: string) => document.find(path, namespaces).map((node) => node.content),
  };
}

/** The report of a card, by the cash in that only it has. */
function reportOf(file: Buffer, cashIn: string) {
  const { texts } = look(file);
  const report = `//fc2:Activity[fc2:CurrencyTransactionActivity/fc2:TotalCashInReceiveAmountText = '${cashIn}']`;
  return { texts: (path: string) => texts(`${report}${path}`) };
}

function ctr(args: string[], environment: NodeJS.ProcessEnv = {}): Command {
  return new Command(["ctr", ...args, "--casino", "ONE", "--user", "compliance_officer"], {
    PITLEDGER_URL: house.url,
    PITLEDGER_PASSWORD: password,
    ...environment,
  });
}

describe("the batch file", () => {
  let file: Buffer;

  beforeAll(async () => {
    file = await fileOf(period);
  });

  test("is valid by FinCEN's schema", () => {
    expect(findFaults(file)).toEqual([]);
    const written = join(folder, "valid.xml");
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
    const rows = await house.sql(
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
    const client = person === undefined ? house.visitor() : await house.as(person);
    expect(await refusalOf(await get(period, client))).toMatchObject([status, { code }]);
  });

  test("to another site's page", async () => {
    const response = await get(period, officer, { "sec-fetch-site": "cross-site" });
    expect(await refusalOf(response)).toMatchObject([403, { code: "FORBIDDEN_ORIGIN" }]);
  });

  test("to the officer of another casino, who has no such case", async () => {
    const other = await house.as("compliance_officer", "TWO");
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
    const response = await fetch(`${house.url}/ctr/batch.xml?${period}`, { method: "POST", headers: officer.headers });
    expect(response.headers.get("allow")).toBe("GET");
    expect(await refusalOf(response)).toMatchObject([405, { code: "METHOD_NOT_ALLOWED" }]);
  });
});

describe("npm run ctr -- export", () => {
  test("writes the same file, for its owner's eyes", async () => {
    const out = join(folder, "export.xml");
    const command = ctr(["export", "--from", day, "--to", day, "--out", out]);
    expect(await command.exited, command.output).toBe(0);
    expect(command.output).toContain(`${out}: 5 reports, valid`);
    expect(readFileSync(out)).toEqual(await fileOf(period));
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(command.output).not.toMatch(personal);
  });

  test("lists what is missing, case by case, and no file appears", async () => {
    const open = "2026-01-07";
    await happen("player", { card: "INCOMPLETE" });
    await cash("INCOMPLETE", "in", "chip_purchase", "11000", {}, `${open}T20:00:00-08:00`);
    await cash("ONE-WAY", "in", "chip_purchase", "11000", {}, `${open}T20:00:00-08:00`);
    const response = await get(`from=${day}&to=${open}`);
    const [status, error] = await refusalOf(response);
    expect([status, error.code]).toEqual([422, "CTR_IDENTIFICATION_INCOMPLETE"]);
    const cases = await casesOf(open);
    expect(error.details?.cases).toMatchObject([
      {
        caseId: cases[0],
        gamingDay: open,
        name: "Pat INCOMPLETE",
        missing: expect.arrayContaining(["last_name", "id_number"]),
      },
      { caseId: cases[1], gamingDay: open, name: "Pat ONE-WAY", missing: ["preparation"] },
    ]);

    const before = readdirSync(folder);
    const out = join(folder, "incomplete.xml");
    const command = ctr(["export", "--from", day, "--to", open, "--out", out]);
    expect(await command.exited, command.output).toBe(1);
    for (const caseId of cases) expect(command.output).toContain(caseId);
    expect(command.output).toMatch(/Pat INCOMPLETE \(\S+\): last_name, first_name, birth_date/);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("leaves an older file as it was when it is refused", async () => {
    const out = join(folder, "older.xml");
    writeFileSync(out, "older");
    const command = ctr(["export", "--from", "2025-01-01", "--to", "2025-01-01", "--out", out]);
    expect(await command.exited).toBe(1);
    expect(command.output).toContain("No case from 2025-01-01 to 2025-01-01 waits to be filed.");
    expect(readFileSync(out, "utf8")).toBe("older");
  });

  test.each([
    [["export", "--from", day, "--out", "x.xml"], /needs --from, --to and --out/],
    [["export", "--from", day, "--to", day, "--out", "/nowhere/x.xml"], /no folder \/nowhere/],
    [["dance"], /Give export, or acknowledge/],
    [["acknowledge", "/nowhere/x.xml"], /\/nowhere\/x.xml can't be read/],
  ])("says what is wrong with %j", async (args, sentence) => {
    const command = ctr(args);
    expect(await command.exited).toBe(1);
    expect(command.output).toMatch(sentence);
  });

  test("needs the officer's password", async () => {
    const wrong = ctr(["export", "--from", day, "--to", day, "--out", join(folder, "w.xml")], {
      PITLEDGER_PASSWORD: "wrong",
    });
    expect(await wrong.exited).toBe(1);
    expect(wrong.output).toContain("Property code, user name and password don't match.");
    const none = ctr(["export", "--from", day, "--to", day, "--out", join(folder, "w.xml")], {
      PITLEDGER_PASSWORD: "",
    });
    expect(await none.exited).toBe(1);
    expect(none.output).toContain("put it into PITLEDGER_PASSWORD");
  });
});

describe("an acknowledgement", () => {
  let exported: Buffer;
  let cases: string[];

  beforeAll(async () => {
    exported = await fileOf(period);
    cases = await casesOf(day);
    for (const caseId of cases) await step("fileCtr", caseId);
  });

  function post(body: string | Buffer, query = "", client = officer): Promise<Response> {
    return fetch(`${house.url}/ctr/acknowledgement${query}`, {
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
    const boss = await house.as("pit_boss");
    expect(await refusalOf(await post(readFileSync(acknowledgement), "", boss))).toMatchObject([
      403,
      { code: "FORBIDDEN", message: "You need the capability ctr:file for this." },
    ]);
    expect(await refusalOf(await post(readFileSync(acknowledgement), "", house.visitor()))).toMatchObject([401, {}]);
  });

  test("gives each case its BSA identifier, or lists its errors", async () => {
    const batch = join(folder, "sent.xml");
    writeFileSync(batch, exported);
    const command = ctr(["acknowledge", acknowledgement, "--batch", batch]);
    expect(await command.exited, command.output).toBe(1); // one was rejected
    expect(command.output).toContain(`${day}  ${cases[0]}: acknowledged as 31000000000101`);
    expect(command.output).toContain("WARN F18 RawZIPCode The ZIP code does not belong to the state.");
    expect(command.output).toContain(`${day}  ${cases[2]}: rejected, it has no BSA identifier`);
    expect(command.output).toContain("FATAL A1 Activity The report was not accepted.");
    expect(command.output).not.toMatch(personal);
    const rows = await house.sql(
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
  const [row] = await house.sql<{ bsa_id: string | null }>(
    "select bsa_id from compliance.ctr_case where amendment_due and gaming_day = $1",
    [day],
  );
  expect(texts("//fc2:EFilingPriorDocumentNumber")).toEqual([row?.bsa_id ?? "00000000000000"]);
});

describe("what was exported", () => {
  const sentDay = "2026-02-02";
  const sentPeriod = `from=${sentDay}&to=${sentDay}`;
  const evening = `${sentDay}T20:00:00-08:00`;

  async function caseOf(card: string): Promise<string> {
    const [row] = await house.sql<{ case_id: string }>(
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
    house.sql(
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
  expect(JSON.stringify(house.log)).not.toMatch(personal);
});
