import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type House, newKey, openHouse, type Person, password } from "../api/support/house.ts";
import { Guide, makeDesk } from "../support/guide.ts";
import { temporaryFolder } from "../support/process.ts";

// Every command of docs/how-to/file-a-ctr.md, as it is printed, on a person whose cash in passes the threshold.

let house: House;
let folder: string;

beforeAll(async () => {
  house = await openHouse();
  folder = temporaryFolder();
  makeDesk(folder);
}, 60_000);

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function happen(events: readonly Record<string, unknown>[]): Promise<void> {
  const told = events.map((event) => ({ key: newKey(), at: "2026-01-05T20:00:00-08:00", ...event }));
  const { ingestEvents } = await (await house.sender()).get<{ ingestEvents: { ingestedOutcomes: object[] } }>(
    `mutation ($events: JSON!) { ingestEvents(input: { events: $events }) { ingestedOutcomes { outcome code } } }`,
    { events: told },
  );
  expect(ingestEvents.ingestedOutcomes).toEqual(events.map(() => ({ outcome: "applied", code: null })));
}

const cashIn = (amount: string) => ({
  ...{ type: "cash", card: "P1", direction: "in", kind: "chip_purchase" },
  ...{ area: "cage", tender: "currency", amount },
});

async function identify(): Promise<void> {
  const [row] = await house.sql<{ patron: string }>(
    "select t.patron_id as patron from compliance.patron as t join floor.player as p using (casino_id, player_id)",
  );
  const officer = await house.as("compliance_officer");
  await officer.get(
    "mutation ($input: SaveIdentificationInput!) { saveIdentification(input: $input) { clientMutationId } }",
    {
      input: {
        ...{ patronId: row?.patron, idempotencyKey: newKey(), lastName: "Quillfeather", firstName: "Zephyrine" },
        ...{ birthDate: "1975-04-30", street: "9 Marlowe Lane", city: "Reno", state: "NV", postalCode: "89501" },
        ...{ country: "US", taxpayerKind: "ssn", taxpayerNumber: "987-65-1234", idType: "drivers_license" },
        ...{ idNumber: "X-990-17", idState: "NV", idCountry: "US" },
      },
    },
  );
}

/** FinCEN's answer to a batch of one report. */
function acknowledge(bsaId: string): void {
  const sample = readFileSync(join(import.meta.dirname, "../data/ctr/acknowledgement.xml"), "utf8");
  const activity = /<fc2:EFilingActivityXML[\s\S]*<\/fc2:EFilingActivityXML>/;
  const only = `<fc2:EFilingActivityXML SeqNum="3"><fc2:BSAID>${bsaId}</fc2:BSAID></fc2:EFilingActivityXML>`;
  writeFileSync(join(folder, "acknowledgement.xml"), sample.replace(activity, only));
}

test("a CTR is filed and amended, and each command does what the guide says", { timeout: 180_000 }, async () => {
  const guide = new Guide("file-a-ctr.md", {
    folder,
    meaning: { HPC: "ONE", rbauer: "compliance_officer" },
    environment: { PITLEDGER_URL: house.url, PITLEDGER_PASSWORD: password },
    ask: async (role, operation) => {
      const { data, errors } = await (await house.as(role as Person)).ask(operation);
      return errors[0] ?? data;
    },
  });
  expect((await guide.run("mutation { setFiler")).answer).toEqual({ setFiler: { filer: { version: 1 } } });

  await happen([{ type: "player", card: "P1", first_name: "Pat", last_name: "One", birth_date: "1980-01-31" }]);
  await happen([cashIn("11000.50")]);
  const { answer } = await guide.run("{ ctrCaseSummaries");
  expect(answer).toMatchObject({
    ctrCaseSummaries: { nodes: [{ gamingDay: "2026-01-05", state: "open", dueOn: "2026-01-20" }] },
  });
  guide.values.case = JSON.stringify(answer).match(/"caseId":"([^"]+)"/)?.[1] ?? "";

  await expect(guide.run("npm run ctr -- export")).rejects.toThrow(/Pat One \(\S+\): .*id_number[\s\S]*No file/);
  expect(existsSync(join(folder, "ctr.xml"))).toBe(false);
  await identify();
  expect((await guide.run("mutation { prepareCtr")).answer).toMatchObject({ prepareCtr: {} });
  const exported = () => guide.run("npm run ctr -- export --from 2026-01-01 --to 2026-01-31 --out ctr.xml");
  expect((await exported()).output).toMatch(/ctr\.xml: 1 report, valid/);
  const sent = readFileSync(join(folder, "ctr.xml"), "utf8");
  expect(sent).toContain("<fc2:TotalCashInReceiveAmountText>11001</fc2:TotalCashInReceiveAmountText>");

  expect((await guide.run("mutation { fileCtr")).answer).toMatchObject({ fileCtr: {} });
  acknowledge("31000000000101");
  expect((await guide.run("npm run ctr -- acknowledge")).output).toContain("acknowledged as 31000000000101");
  expect((await guide.run("npm run ctr -- acknowledge")).output).toContain("had been acknowledged as 31000000000101");
  await guide.run("npm run ctr -- export --from 2026-01-01 --to 2026-01-31 --out as-filed.xml");
  expect(readFileSync(join(folder, "as-filed.xml"), "utf8")).toBe(sent);

  await happen([cashIn("500")]);
  expect((await guide.run("{ ctrCaseSummaries")).answer).toMatchObject({
    ctrCaseSummaries: { nodes: [{ state: "acknowledged", amendmentDue: true }] },
  });
  expect((await exported()).output).toMatch(/ctr\.xml: 1 report, valid/);
  expect(readFileSync(join(folder, "ctr.xml"), "utf8")).toContain("31000000000101");
  expect(guide.left).toEqual([]);
});
