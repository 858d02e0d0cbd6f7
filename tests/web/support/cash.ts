import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Client, Variables } from "../../api/support/client.ts";
import type { House } from "../../api/support/house.ts";

/** Records cash in for chips at the cage, or whatever the changes make of it. */
export async function recordCash(client: Client, changes: Variables): Promise<string> {
  const { recordMtlEntry } = await client.get<{ recordMtlEntry: { mtlResult: { mtlEntry: { entryId: string } } } }>(
    `mutation ($input: RecordMtlEntryInput!) {
      recordMtlEntry(input: $input) { mtlResult { mtlEntry { entryId } } }
    }`,
    {
      input: {
        direction: "in",
        kind: "chip_purchase",
        area: "cage",
        tender: "currency",
        idempotencyKey: randomUUID(),
        ...changes,
      },
    },
  );
  return recordMtlEntry.mtlResult.mtlEntry.entryId;
}

/** Says what an entry should have been. */
export async function correctCash(client: Client, entryId: string, amount: string): Promise<void> {
  await client.get("mutation ($input: CorrectMtlEntryInput!) { correctMtlEntry(input: $input) { clientMutationId } }", {
    input: { entryId, amount, reason: "Counted again", idempotencyKey: randomUUID() },
  });
}

/** What the log has of a player or, without one, of people who aren't enrolled; in order. */
export async function loggedCash(house: House, playerId?: string): Promise<string[]> {
  const rows = await house.sql<{ line: string }>(
    `select concat_ws(' ', e.entry_role, e.direction, e.kind, e.amount) as line
    from compliance.mtl_entry as e
    join compliance.patron as p using (casino_id, patron_id)
    where p.player_id is not distinct from $1
    order by e.entry_id`,
    [playerId ?? null],
  );
  return rows.map((row) => row.line);
}

/** Opens the entry form and waits until it takes keys. */
export async function openCashEntry(page: Page, search = ""): Promise<void> {
  await page.goto(`/cash/new${search}`);
  await page.getByRole("listbox", { name: /^(Kind|Tipo)/ }).waitFor();
}

/** Finds a person by typing and takes the one that is found. */
export async function choosePatron(page: Page, text: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Patron" }).fill(text);
  await page.getByRole("option", { name: text }).first().waitFor();
  await page.keyboard.press("Enter");
}
