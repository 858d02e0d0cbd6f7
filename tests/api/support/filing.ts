import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect } from "vitest";
import { Command, temporaryFolder } from "../../support/process.ts";
import type { Client } from "./client.ts";
import { type House, newKey, openHouse, password } from "./house.ts";

/** The gaming day of the cases that are there. */
export const day = "2026-01-05";
export const period = `from=${day}&to=${day}`;

/** Who files: as it stands in the property's configuration. */
export const filer = {
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

/** What may never be in a log: names, numbers, addresses. */
export const personal = /Quillfeather|Zephyrine|Marlowe Lane|987651234|X-990-17|Harbormaster/;

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

interface Refused {
  readonly code: string;
  readonly details?: { readonly cases?: unknown[] };
}

/**
 * A house with a day of cases that are prepared: cash one way and both ways, corrected, carried by an agent,
 * exchanged; with its officer and a folder. One for each test file.
 */
export function openFilingHouse() {
  let house: House;
  let officer: Client;
  let folder: string;

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
    const [row] = await house.sql<{ player_id: string }>("select player_id from floor.player where card_no = $1", [
      card,
    ]);
    return row?.player_id ?? "";
  }

  /** Saves who somebody is; null takes a field of the usual identification out. */
  async function identify(card: string, changes: Record<string, unknown> = {}): Promise<void> {
    const [row] = await house.sql<{ patron_id: string }>(
      "select patron_id from compliance.patron where player_id = $1",
      [await playerOf(card)],
    );
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

  function ctr(args: string[], environment: NodeJS.ProcessEnv = {}): Command {
    return new Command(["ctr", ...args, "--casino", "ONE", "--user", "compliance_officer"], {
      PITLEDGER_URL: house.url,
      PITLEDGER_PASSWORD: password,
      ...environment,
    });
  }

  return {
    get house() {
      return house;
    },
    get officer() {
      return officer;
    },
    get folder() {
      return folder;
    },
    happen,
    cash,
    playerOf,
    identify,
    step,
    casesOf,
    get,
    fileOf,
    ctr,
  };
}

export async function refusalOf(response: Response): Promise<[number, Refused]> {
  const { error } = (await response.json()) as { error: Refused };
  return [response.status, error];
}
