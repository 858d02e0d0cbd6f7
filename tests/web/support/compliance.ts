import { randomUUID } from "node:crypto";
import type { Client, Variables } from "../../api/support/client.ts";
import { recordCash } from "./cash.ts";

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

/** Cash in that has to be reported, and its case. */
export async function reportableCash(client: Client, changes: Variables): Promise<Case> {
  const entryId = await recordCash(client, { amount: "12500.25", ...changes });
  const officer = client;
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
