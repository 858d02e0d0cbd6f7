import type { House } from "../../api/support/house.ts";
import { newPlayer } from "./players.ts";

/** What a superuser can do behind the functions' back, at a property with one player. */
export interface Damage {
  readonly name: string;
  readonly sql: string;
  /** Every difference that it makes, in the words of the screen; hashes are too long to be shown. */
  readonly shown: readonly string[];
  /** The append-only table that it changed; nothing can rebuild what such a table has lost. */
  readonly within?: "loyalty.loyalty_ledger" | "compliance.mtl_entry";
}

const standing = "update loyalty.player_loyalty set";
const total = "update compliance.patron_gaming_day set";
const inLedger = { within: "loyalty.loyalty_ledger" } as const;
const inCashLog = { within: "compliance.mtl_entry" } as const;

export const damages: readonly Damage[] = [
  { name: "a balance", sql: `${standing} current_balance = 7`, shown: ["Balance: 1050, not 7"] },
  { name: "lifetime points", sql: `${standing} lifetime_points = 1101`, shown: ["Lifetime points: 1100, not 1101"] },
  { name: "a tier", sql: `${standing} tier = 'GOLD'`, shown: ["Tier: BRONZE, not GOLD"] },
  {
    name: "the way to the next tier",
    sql: `${standing} tier_progress = 99`,
    shown: ["Way to the next tier: 11, not 99"],
  },
  {
    name: "the number of the newest entry",
    sql: `${standing} last_entry_no = 9`,
    shown: ["Number of the newest entry: 3, not 9"],
  },
  {
    name: "the head of a chain",
    sql: `${standing} last_entry_hash = sha256('x')`,
    shown: ["Hash of the newest entry"],
  },
  {
    name: "a standing that is gone",
    sql: "delete from loyalty.player_loyalty",
    shown: ["Balance and tier: exists, not is missing"],
  },
  {
    name: "the copied limit of a reward",
    sql: "update loyalty.terms_in_force set reward_limit = reward_limit + 1 where casino_id = 1",
    shown: ["Limits: most points of a reward: 10000, not 10001"],
  },
  { name: "a day's cash", sql: `${total} cash_in = 10999`, shown: ["Cash in: 11000.00, not 10999.00"] },
  { name: "a day's number of entries", sql: `${total} entries_out = 2`, shown: ["Entries of cash out: 1, not 2"] },
  {
    name: "a day's total that is gone",
    sql: "delete from compliance.patron_gaming_day",
    shown: ["Total of the gaming day: exists, not is missing"],
  },
  {
    name: "a CTR case that is gone",
    sql: "delete from compliance.ctr_case",
    shown: ["CTR case: open, not is missing"],
  },
  {
    name: "a CTR case that somebody closed",
    sql: "update compliance.ctr_case set state = 'closed', closed_reason = 'x'",
    shown: ["CTR case: open, not closed"],
  },
  {
    name: "the points of an entry",
    sql: `update loyalty.loyalty_ledger set points_change = points_change + 1, balance_after = balance_after + 1
      where entry_no = 2`,
    shown: [
      "Hash of the entry",
      "Balance before the entry: 1101, not 1100",
      "Balance: 1051, not 1050",
      "Lifetime points: 1101, not 1100",
    ],
    ...inLedger,
  },
  {
    name: "an entry taken out of the middle",
    sql: "delete from loyalty.loyalty_ledger where entry_no = 2",
    shown: [
      "Entry: exists, not is missing",
      "Balance: 650, not 1050",
      "Number of entries: 3, not 2",
      "Lifetime points: 700, not 1100",
      "Way to the next tier: 7, not 11",
    ],
    ...inLedger,
  },
  {
    name: "the newest entry taken away",
    sql: "delete from loyalty.loyalty_ledger where entry_no = 3",
    shown: ["Balance: 1100, not 1050", "Hash of the newest entry", "Number of the newest entry: 2, not 3"],
    ...inLedger,
  },
  {
    name: "an entry that nobody posted",
    sql: `insert into loyalty.loyalty_ledger
      select (jsonb_populate_record(
        l, '{"entry_no": 4, "idempotency_key": "x", "balance_before": 1050, "balance_after": 1000}'
      )).*
      from loyalty.loyalty_ledger as l
      where l.entry_no = 3`,
    shown: [
      "Balance: 1000, not 1050",
      "Hash of the entry",
      "Number of the newest entry: 4, not 3",
      "Link to the entry before",
    ],
    ...inLedger,
  },
  {
    name: "a link of the chain",
    sql: "update loyalty.loyalty_ledger set previous_hash = sha256('x') where entry_no = 3",
    shown: ["Hash of the entry", "Link to the entry before"],
    ...inLedger,
  },
  {
    name: "an amount of the cash log",
    sql: "update compliance.mtl_entry set amount = 310, cash_out = 310 where direction = 'out'",
    shown: ["Cash out: 310.00, not 300.00", "Amount: 300.00, not 310.00"],
    ...inCashLog,
  },
  {
    name: "cash taken out of the log",
    sql: "delete from compliance.mtl_entry where direction = 'out'",
    shown: ["Cash out: 0.00, not 300.00", "Entries of cash out: 0, not 1", "Entry: exists, not is missing"],
    ...inCashLog,
  },
];

/** One player with three entries, and a day of cash that has to be reported. */
export async function fillBooks(house: House): Promise<void> {
  const player = await newPlayer(await house.as("pit_boss"));
  const [row] = await house.sql<{ card: string }>("select card_no as card from floor.player where player_id = $1", [
    player.playerId,
  ]);
  const at = new Date(Date.now() - 60_000).toISOString();
  const cash = { type: "cash", area: "cage", tender: "currency" };
  const events = [
    { type: "reward", points: 700, reason: "A fine afternoon" },
    { type: "reward", points: 400, reason: "A fine evening" },
    { type: "redeem", points: 50, reason: "Coffee for two" },
    { ...cash, direction: "in", kind: "chip_purchase", amount: "6000" },
    { ...cash, direction: "in", kind: "chip_purchase", amount: "5000" },
    { ...cash, direction: "out", kind: "chip_redemption", amount: "300" },
  ].map((event, index) => ({ key: `damage ${index}`, at, card: row?.card, ...event }));
  const sender = await house.sender();
  const { ingestEvents } = await sender.get<{ ingestEvents: { ingestedOutcomes: { outcome: string }[] } }>(
    "mutation ($events: JSON!) { ingestEvents(input: { events: $events }) { ingestedOutcomes { outcome } } }",
    { events },
  );
  if (ingestEvents.ingestedOutcomes.some(({ outcome }) => outcome !== "applied")) throw new Error("Not all applied.");
}

/** Does the damage, and gives what puts the bytes of an append-only table back, as restoring them does. */
export async function inflict(house: House, { sql, within }: Damage): Promise<() => Promise<void>> {
  if (!within) {
    await house.sql(sql);
    return async () => undefined;
  }
  await house.sql(`create table public.kept as select * from ${within}`);
  await house.sql(unguarded(within, sql));
  return async () => {
    await house.sql(unguarded(within, `delete from ${within}; insert into ${within} select * from public.kept`));
    await house.sql("drop table public.kept");
  };
}

function unguarded(table: string, sql: string): string {
  const guard = `${table.split(".")[1]}_is_append_only`;
  return `alter table ${table} disable trigger all; ${sql};
    alter table ${table} enable trigger all; alter table ${table} enable always trigger ${guard}`;
}
