import type { CashKindFragment } from "../../generated/graphql.ts";
import { parseAmount } from "../../lib/money.ts";
import { type Draft, kindFor, type Person } from "./draft.ts";

export interface Table {
  tableId: string;
  label: string;
}

/** What may have to be given. */
export type Need = "person" | "agent" | "amount" | "note" | "time" | "table";

/** What a draft comes to. */
export interface Reading {
  kind: CashKindFragment | undefined;
  /** More than nothing; undefined as long as it isn't. */
  amount: string | undefined;
  /** Whose bet it is, and where it lies. */
  player: Person | undefined;
  table: Table | undefined;
  missing: Readonly<Record<Need, boolean>>;
}

/** In the order in which it is asked for. */
const neededForEntry = ["person", "amount", "agent", "note", "time"] as const;
const neededForLeaving = ["person", "agent", "table", "time"] as const;

export function readDraft(draft: Draft, kinds: readonly CashKindFragment[], tables: readonly Table[]): Reading {
  const kind = kindFor(kinds, draft.direction, draft.kind);
  const typed = parseAmount(draft.amount);
  const amount = typed !== undefined && /[1-9]/.test(typed) ? typed : undefined;
  const table = tables.find(({ tableId }) => tableId === draft.tableId);
  return {
    kind,
    amount,
    player: draft.forSomebody ? draft.agentFor : draft.person,
    table,
    missing: {
      person: draft.person === undefined,
      agent: draft.forSomebody && draft.agentFor === undefined,
      amount: amount === undefined,
      note: kind?.needsNote === true && draft.note.trim() === "",
      time: draft.earlier === null,
      table: table === undefined,
    },
  };
}

export function firstMissing(asked: "entry" | "leaving", { missing }: Reading): Need | undefined {
  const needed = asked === "entry" ? neededForEntry : neededForLeaving;
  return needed.find((need) => missing[need]);
}
