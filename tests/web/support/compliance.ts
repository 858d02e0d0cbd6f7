import { randomUUID } from "node:crypto";
import type { Client, Variables } from "../../api/support/client.ts";
import type { House } from "../../api/support/house.ts";
import { recordCash } from "./cash.ts";
import { type Named, newPlayer } from "./players.ts";

/** An unknown person, by what somebody saw of them. */
export async function describePatron(client: Client, changes: Variables = {}): Promise<string> {
  const { describePatron: described } = await client.get<{
    describePatron: { patronResult: { patron: { patronId: string } } };
  }>(
    `mutation ($input: DescribePatronInput!) {
      describePatron(input: $input) { patronResult { patron { patronId } } }
    }`,
    {
      input: {
        description: "Red jacket, reading glasses",
        knownName: null,
        sex: "female",
        apparentAge: "about 50",
        height: null,
        build: null,
        hair: "grey",
        clothing: null,
        seat: null,
        idempotencyKey: randomUUID(),
        ...changes,
      },
    },
  );
  return described.patronResult.patron.patronId;
}

export const completeIdentification = {
  lastName: "Lovelace",
  firstName: "Ada",
  birthDate: "1980-12-10",
  street: "12 Analytical Way",
  city: "Reno",
  state: "NV",
  postalCode: "89501",
  country: "US",
  taxpayerNumber: "123-45-6780",
  idType: "drivers_license",
  idNumber: "D1234567",
  idState: "NV",
  idCountry: "US",
};

export async function saveIdentification(client: Client, patronId: string, changes: Variables = {}): Promise<void> {
  await client.get(
    `mutation ($input: SaveIdentificationInput!) { saveIdentification(input: $input) { savedIdentification { version } } }`,
    { input: { patronId, idempotencyKey: randomUUID(), ...completeIdentification, ...changes } },
  );
}

/** The case of somebody's gaming day, where there is one. */
export interface Case {
  readonly caseId: string;
  readonly patronId: string;
  readonly gamingDay: string;
}

/** Who files for a property: what its CTR file says of the casino itself. */
export const filer = {
  legal_name: "Harbor Gaming LLC",
  ein: "12-1234567",
  street: "1 Harbor Way",
  city: "Las Vegas",
  state: "NV",
  postal_code: "89101",
  contact_office: "Compliance Office",
  contact_phone: "(702) 555-0100",
  transmitter_tcc: "PHARBOR1",
};

/** Cash in that has to be reported, and its case; by somebody who reviews. */
export async function reportableCash(officer: Client, changes: Variables): Promise<Case> {
  const entryId = await recordCash(officer, { amount: "12500.25", ...changes });
  const { ctrCaseSummaries } = await officer.get<{ ctrCaseSummaries: { nodes: Case[] } }>(
    `query ($entryId: UUID!) {
      ctrCaseSummaries(first: 1, filter: { openedByEntryId: { equalTo: $entryId } }) {
        nodes { caseId patronId gamingDay }
      }
    }`,
    { entryId },
  );
  const [found] = ctrCaseSummaries.nodes;
  if (!found) throw new Error("The entry opened no case.");
  return found;
}

/** A player of ONE with cash to be reported on the gaming day of so many days ago. */
export async function caseOf(house: House, daysAgo: number): Promise<Case & { readonly player: Named }> {
  const player = await newPlayer(await house.as("pit_boss"));
  const occurredAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const officer = await house.as("compliance_officer");
  return { player, ...(await reportableCash(officer, { playerId: player.playerId, occurredAt })) };
}
