import { randomUUID } from "node:crypto";
import type { Client, Variables } from "./client.ts";

// The commands of the floor, of loyalty and of the cash log as a client sends them, with what the tests look at.

export interface Player {
  readonly playerId: string;
}

export interface Entry {
  readonly playerId: string;
  readonly entryNo: string;
  readonly pointsChange: string;
  readonly balanceBefore: string;
  readonly balanceAfter: string;
  readonly tierBefore: string;
  readonly tierAfter: string;
  readonly transactionType: string;
  readonly ratingSlipId: string | null;
  readonly staffId: string | null;
  readonly correlationId: string;
}

export interface LedgerResult {
  readonly replayed: boolean;
  readonly currentBalance: string;
  readonly tier: string;
  readonly tierProgress: number;
  readonly ledgerEntry: Entry | null;
  readonly rewardRequest: { readonly rewardRequestId: string; readonly points: string; readonly status: string } | null;
}

export interface Slip {
  readonly ratingSlipId: string;
  readonly playerId: string;
  readonly state: string;
  readonly seatNo: number;
  readonly tableId: string;
  readonly previousSlipId: string | null;
  readonly accumulatedSeconds: number | null;
  readonly averageBet: string | null;
}

export interface Completion {
  readonly outcome: string;
  readonly replayed: boolean;
  readonly points: string | null;
  readonly currentBalance: string;
  readonly lifetimePoints: string;
  readonly tier: string;
  readonly tierProgress: number;
  readonly correlationId: string;
  readonly ledgerEntry: Entry | null;
}

export const entryFields = `playerId entryNo pointsChange balanceBefore balanceAfter tierBefore tierAfter
  transactionType ratingSlipId staffId correlationId`;
const resultFields = `replayed currentBalance tier tierProgress ledgerEntry { ${entryFields} }
  rewardRequest { rewardRequestId points status }`;
const slipFields = "ratingSlipId playerId state seatNo tableId previousSlipId accumulatedSeconds averageBet";
const completionFields = `outcome replayed points currentBalance lifetimePoints tier tierProgress correlationId
  ledgerEntry { ${entryFields} }`;

/** The document of a mutation: `input` is its only variable. */
function mutation(name: string, selection: string): string {
  const input = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  return `mutation ${name}($input: ${input}!) { ${name}(input: $input) { ${selection} } }`;
}

export const documents = {
  addPlayerNote: mutation("addPlayerNote", "playerNoteResult { replayed playerNote { note } }"),
  enrollPlayer: mutation("enrollPlayer", "playerResult { replayed player { playerId } }"),
  openVisit: mutation("openVisit", "visitResult { replayed visit { visitId closedAt } }"),
  closeVisit: mutation(
    "closeVisit",
    `visitResult { replayed visit { visitId closedAt } completion { ${completionFields} } }`,
  ),
  startRatingSlip: mutation("startRatingSlip", `slipResult { replayed ratingSlip { ${slipFields} } }`),
  recordBet: mutation("recordBet", `slipResult { replayed ratingSlip { ${slipFields} } }`),
  pauseRatingSlip: mutation("pauseRatingSlip", `slipResult { replayed ratingSlip { ${slipFields} } }`),
  resumeRatingSlip: mutation("resumeRatingSlip", `slipResult { replayed ratingSlip { ${slipFields} } }`),
  movePlayer: mutation(
    "movePlayer",
    `slipResult { replayed ratingSlip { ${slipFields} } completion { ${completionFields} } }`,
  ),
  completeRatingSlip: mutation(
    "completeRatingSlip",
    `ratingSlipCompletion { ${completionFields} ratingSlip { ${slipFields} } }`,
  ),
  recoverSlipLoyalty: mutation("recoverSlipLoyalty", `slipOutcome { ${completionFields} }`),
  manualReward: mutation("manualReward", `ledgerResult { ${resultFields} }`),
  redeem: mutation("redeem", `ledgerResult { ${resultFields} }`),
  reverseEntry: mutation("reverseEntry", `ledgerResult { ${resultFields} }`),
  adjustPoints: mutation("adjustPoints", `ledgerResult { ${resultFields} }`),
  approveReward: mutation("approveReward", `ledgerResult { ${resultFields} }`),
  declineReward: mutation("declineReward", `ledgerResult { ${resultFields} }`),
  draftRules: mutation("draftRules", "draftResult { replayed loyaltyDraft { loyaltyDraftId status } }"),
  publishDraft: mutation("publishDraft", "draftResult { replayed loyaltyDraft { loyaltyDraftId status } }"),
  withdrawDraft: mutation("withdrawDraft", "draftResult { replayed loyaltyDraft { loyaltyDraftId status } }"),
  recordMtlEntry: mutation("recordMtlEntry", "mtlResult { replayed recordedAmount mtlEntry { entryId } }"),
  correctMtlEntry: mutation("correctMtlEntry", "correctionResult { replayed mtlEntry { entryId } }"),
  describePatron: mutation("describePatron", "patronResult { replayed patron { patronId } }"),
  identifyPatron: mutation("identifyPatron", "identificationResult { replayed }"),
  ingestEvents: mutation("ingestEvents", "ingestedOutcomes { key outcome code }"),
};

export type Command = keyof typeof documents;

/** Sends a command that must succeed. */
export async function send<Result>(client: Client, command: Command, input: Variables): Promise<Result> {
  const data = await client.get<Record<string, Record<string, Result>>>(documents[command], { input });
  const payload = data[command];
  const result = payload && Object.values(payload)[0];
  if (result === undefined) throw new Error(`${command} gave no result.`);
  return result;
}

let cards = 0;

export async function enroll(client: Client, input: Variables = {}): Promise<string> {
  cards += 1;
  const { player } = await send<{ player: Player }>(client, "enrollPlayer", {
    cardNo: `C${String(cards).padStart(6, "0")}`,
    firstName: "Ada",
    lastName: "Byron",
    birthDate: "1980-12-10",
    idempotencyKey: randomUUID(),
    ...input,
  });
  return player.playerId;
}

export async function openVisit(client: Client, playerId: string, occurredAt?: string): Promise<string> {
  const { visit } = await send<{ visit: { visitId: string } }>(client, "openVisit", {
    playerId,
    occurredAt,
    idempotencyKey: randomUUID(),
  });
  return visit.visitId;
}

export interface Seat {
  readonly tableId: string;
  readonly seatNo: number;
}

const taken = new WeakMap<object, number>();

/** A seat that no other call of this test file has had: 3 tables of 7 seats. */
export async function nextSeat(client: Client, house: object): Promise<Seat> {
  const tables = await tablesOf(client);
  const number = taken.get(house) ?? 0;
  taken.set(house, number + 1);
  const tableId = tables[Math.floor(number / 7) % tables.length] ?? "";
  return { tableId, seatNo: (number % 7) + 1 };
}

export async function tablesOf(client: Client): Promise<string[]> {
  const { gamingTables } = await client.get<{ gamingTables: { nodes: { tableId: string }[] } }>(
    "{ gamingTables(first: 10, orderBy: LABEL_ASC) { nodes { tableId } } }",
  );
  return gamingTables.nodes.map((table) => table.tableId);
}

export async function startSlip(client: Client, input: Variables): Promise<Slip> {
  const { ratingSlip } = await send<{ ratingSlip: Slip }>(client, "startRatingSlip", {
    averageBet: "100",
    idempotencyKey: randomUUID(),
    ...input,
  });
  return ratingSlip;
}

/** An open slip of a new player who has been playing for so many minutes; takes floor:backdate. */
export async function playFor(minutes: number, client: Client, seat: Seat, playerId?: string): Promise<Slip> {
  const occurredAt = ago(minutes);
  const visitId = await openVisit(client, playerId ?? (await enroll(client)), occurredAt);
  return startSlip(client, { visitId, ...seat, occurredAt });
}

export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export async function complete(client: Client, ratingSlipId: string): Promise<Completion & { ratingSlip: Slip }> {
  return send(client, "completeRatingSlip", { ratingSlipId });
}

export const reason = "Spilled drink at table";

export async function reward(client: Client, playerId: string, input: Variables = {}): Promise<LedgerResult> {
  return send(client, "manualReward", { playerId, points: "100", reason, idempotencyKey: randomUUID(), ...input });
}

export async function redeem(client: Client, playerId: string, input: Variables = {}): Promise<LedgerResult> {
  return send(client, "redeem", { playerId, points: "1", reason, idempotencyKey: randomUUID(), ...input });
}

export async function ledgerOf(client: Client, playerId: string): Promise<Entry[]> {
  const { playerLoyalty } = await client.get<{ playerLoyalty: { loyaltyLedgers: { nodes: Entry[] } } }>(
    `query ($playerId: UUID!) { playerLoyalty(playerId: $playerId) {
      loyaltyLedgers(first: 100, orderBy: ENTRY_NO_ASC) { nodes { ${entryFields} } } } }`,
    { playerId },
  );
  return playerLoyalty.loyaltyLedgers.nodes;
}
