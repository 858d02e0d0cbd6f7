import { randomUUID } from "node:crypto";
import type { Client } from "../../api/support/client.ts";
import { ago, enroll, openVisit, startSlip } from "../../api/support/floor.ts";

export interface Named {
  readonly playerId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly name: string;
}

/** A new player with a name that no other has. */
export async function newPlayer(client: Client, firstName = "Ada"): Promise<Named> {
  const lastName = `Byron${randomUUID().slice(0, 6)}`;
  const playerId = await enroll(client, { firstName, lastName, cardNo: `W${randomUUID().slice(0, 12)}` });
  return { playerId, firstName, lastName, name: `${firstName} ${lastName}` };
}

/** A player who has been playing with a bet of 100 for so many minutes. */
export async function seatedPlayer(client: Client, table: string, seatNo: number, minutes = 0): Promise<Named> {
  const player = await newPlayer(client);
  const occurredAt = ago(minutes);
  const visitId = await openVisit(client, player.playerId, occurredAt);
  await startSlip(client, { visitId, tableId: await tableId(client, table), seatNo, occurredAt });
  return player;
}

async function tableId(client: Client, label: string): Promise<string> {
  const { gamingTableByLabel } = await client.get<{ gamingTableByLabel: { tableId: string } }>(
    "query ($label: String!) { gamingTableByLabel(label: $label) { tableId } }",
    { label },
  );
  return gamingTableByLabel.tableId;
}
