import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCasino } from "../../bin/lib/replay/casino.ts";
import { makeReport } from "../../bin/lib/replay/report.ts";
import { Tally } from "../../bin/lib/replay/tally.ts";
import { cashTypes, expected, type FeedEvent, lakeview, lakeviewEvents } from "../support/lakeview.ts";
import { type Client, Refused } from "./support/client.ts";
import { enroll, redeem, reward, send } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

// What must hold of cash when calls arrive at once: nothing is lost, nothing counts twice, and
// whoever passes the threshold has one case.

const patient = { timeout: 120_000 };

let house: House;
let cashier: Client;
let officer: Client;
let supervisor: Client;
beforeAll(async () => {
  house = await openHouse();
  cashier = await house.as("cashier");
  officer = await house.as("compliance_officer");
  supervisor = await house.as("floor_supervisor");
});
afterAll(() => house.close());

interface Recorded {
  readonly replayed: boolean;
  readonly mtlEntry: { readonly entryId: string } | null;
}

const buysChips = {
  direction: "in",
  kind: "chip_purchase",
  area: "cage",
  tender: "currency",
  confirmDuplicate: true,
};

const record = (client: Client, input: Record<string, unknown>) =>
  send<Recorded>(client, "recordMtlEntry", { ...buysChips, amount: "6000", idempotencyKey: newKey(), ...input });

async function describePerson(): Promise<string> {
  const { patron } = await send<{ patron: { patronId: string } }>(cashier, "describePatron", {
    description: "Grey suit, rimless glasses",
    idempotencyKey: newKey(),
  });
  return patron.patronId;
}

interface Day {
  readonly cash_in: string;
  readonly cash_out: string;
  /** The states of every case of the day, merged ones too. */
  readonly cases: string[];
}

/** What the database holds of a person's only day: of the player and of whoever was identified as them. */
async function dayOf(playerId: string, ...patronIds: string[]): Promise<Day> {
  const [day] = await house.sql<Day>(
    `with person as (
       select patron_id from compliance.patron where player_id = $1 or patron_id = any ($2::uuid[])
     )
     select sum(cash_in)::text as cash_in, sum(cash_out)::text as cash_out,
       array(
         select state from compliance.ctr_case join person using (patron_id) order by state
       )::text[] as cases
     from compliance.patron_gaming_day
     join person using (patron_id)`,
    [playerId, patronIds],
  );
  if (!day) throw new Error("There is no such day.");
  return day;
}

const entriesOf = (playerId: string) =>
  house.sql<{ entry_role: string; amount: string }>(
    `select e.entry_role, e.amount from compliance.mtl_entry as e
     join compliance.patron as p using (casino_id, patron_id)
     where p.player_id = $1 order by e.created_at, e.entry_id`,
    [playerId],
  );

describe("entries that arrive at once", () => {
  test("two of 6 000 for one patron, 200 times: always exactly one case", patient, async () => {
    const players = await Promise.all(Array.from({ length: 200 }, () => enroll(supervisor)));
    for (const playerId of players) {
      await Promise.all([record(cashier, { playerId }), record(officer, { playerId })]);
    }
    const cases = await house.sql<{ player_id: string; count: string; cash_in: string }>(
      `select p.player_id, count(c.case_id)::text as count, sum(distinct d.cash_in)::text as cash_in
       from compliance.patron as p
       join compliance.patron_gaming_day as d using (casino_id, patron_id)
       left join compliance.ctr_case as c using (casino_id, patron_id, gaming_day)
       where p.player_id = any ($1::uuid[])
       group by p.player_id`,
      [players],
    );
    expect(cases).toHaveLength(200);
    expect(new Set(cases.map(({ count, cash_in }) => `${count} ${cash_in}`))).toEqual(new Set(["1 12000.00"]));
  });

  test("four tellers, 50 patrons, all at once: still one case each", patient, async () => {
    const tellers = [cashier, officer, await house.hire("cashier"), await house.hire("pit_boss")];
    const players = await Promise.all(Array.from({ length: 50 }, () => enroll(supervisor)));
    await Promise.all(
      players.flatMap((playerId) => tellers.map((teller) => record(teller, { playerId, amount: "3000" }))),
    );
    for (const playerId of players) {
      expect(await dayOf(playerId)).toEqual({ cash_in: "12000.00", cash_out: "0.00", cases: ["open"] });
    }
  });

  test("50 with one key are one entry and 49 replays of it", async () => {
    const playerId = await enroll(supervisor);
    const idempotencyKey = newKey();
    const results = await Promise.all(
      Array.from({ length: 50 }, () => record(cashier, { playerId, idempotencyKey, confirmDuplicate: false })),
    );
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(results.map(({ mtlEntry }) => mtlEntry?.entryId)).size).toBe(1);
    expect(await entriesOf(playerId)).toEqual([{ entry_role: "original", amount: "6000.00" }]);
  });

  test("20 of the same amount under as many keys: one is taken, the others ask for a confirmation", async () => {
    const playerId = await enroll(supervisor);
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, () => record(cashier, { playerId, confirmDuplicate: false })),
    );
    expect(codesOf(settled)).toEqual(Array(19).fill("MTL_POSSIBLE_DUPLICATE"));
    expect(await entriesOf(playerId)).toHaveLength(1);
  });

  test("an unknown person is identified while both pay in: one case, over both", patient, async () => {
    for (let round = 0; round < 25; round++) {
      const [playerId, patronId] = await Promise.all([enroll(supervisor), describePerson()]);
      const calls = [
        () => record(cashier, { playerId }),
        () => record(cashier, { patronId }),
        () => send(officer, "identifyPatron", { patronId, playerId, idempotencyKey: newKey() }),
        () => record(officer, { patronId, amount: "1" }),
      ];
      await Promise.all(calls.map((call) => again(call)));
      const day = await dayOf(playerId, patronId);
      expect(day.cash_in).toBe("12001.00");
      expect(day.cases.filter((state) => state !== "merged")).toEqual(["open"]);
    }
  });

  test("an entry is corrected while another comes: the totals are those of what stands", patient, async () => {
    for (let round = 0; round < 25; round++) {
      const playerId = await enroll(supervisor);
      const first = await record(cashier, { playerId });
      await Promise.all([
        record(officer, { playerId }),
        send(cashier, "correctMtlEntry", {
          entryId: first.mtlEntry?.entryId,
          amount: "4000",
          reason: "Miscounted",
          idempotencyKey: newKey(),
        }),
      ]);
      const day = await dayOf(playerId);
      expect(day.cash_in).toBe("10000.00");
      expect(day.cases.filter((state) => state !== "closed")).toEqual([]);
    }
  });

  test("20 corrections of one entry at once: what stands is the amount of one of them", async () => {
    const playerId = await enroll(supervisor);
    const { mtlEntry } = await record(cashier, { playerId });
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        send(cashier, "correctMtlEntry", {
          entryId: mtlEntry?.entryId,
          amount: String(1_000 + n),
          reason: "Miscounted",
          idempotencyKey: newKey(),
        }),
      ),
    );
    expect(codesOf(settled)).toEqual([]);
    const sum = (await entriesOf(playerId)).reduce(
      (total, { entry_role, amount }) => total + (entry_role === "offset" ? -1 : 1) * Number(amount),
      0,
    );
    expect(Number((await dayOf(playerId)).cash_in)).toBe(sum);
    expect(sum).toBeGreaterThanOrEqual(1_000);
    expect(sum).toBeLessThan(1_020);
  });
});

describe("a gaming day that is over", () => {
  const sign = (client: Client, gamingDay: string) =>
    client.get(
      `mutation ($gamingDay: Date!) {
        signOffGamingDay(input: { gamingDay: $gamingDay }) { signOffResult { replayed } } }`,
      { gamingDay },
    );

  test("signed off by two officers at once has one signature, 50 times", patient, async () => {
    const other = await house.hire("compliance_officer");
    const days = Array.from({ length: 50 }, (_, n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
    for (const day of days) {
      const settled = await Promise.allSettled([sign(officer, day), sign(other, day)]);
      expect(codesOf(settled)).toEqual(["SIGN_OFF_REFUSED"]);
    }
    const [signed] = await house.sql<{ days: string; signatures: string }>(
      `select count(distinct gaming_day)::text as days, count(*)::text as signatures
       from compliance.gaming_day_sign_off where gaming_day = any ($1::date[])`,
      [days],
    );
    expect(signed).toEqual({ days: "50", signatures: "50" });
  });

  test("signed off 20 times at once has one signature, and the others learn why", async () => {
    const gamingDay = "2024-03-01";
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => sign(officer, gamingDay)));
    expect(codesOf(settled)).toEqual(Array(19).fill("SIGN_OFF_REFUSED"));
    for (const each of settled) {
      if (each.status === "rejected") expect(String(each.reason)).toContain("it was signed off already");
    }
  });
});

describe("points paid in currency", () => {
  test("60 redemptions of 1 point from a balance of 10 pay out exactly ten times", async () => {
    const boss = await house.hire("pit_boss");
    const playerId = await enroll(boss);
    await reward(boss, playerId, { points: "10" });
    const settled = await Promise.allSettled(
      Array.from({ length: 60 }, () => redeem(boss, playerId, { cashAmount: "25.50" })),
    );
    expect(codesOf(settled)).toEqual(Array(50).fill("INSUFFICIENT_BALANCE"));
    expect(await dayOf(playerId)).toMatchObject({ cash_in: "0.00", cash_out: "255.00" });
  });

  test("one redemption and its reversal, each 20 times at once, leave nothing paid out", async () => {
    const boss = await house.hire("pit_boss");
    const marketing = await house.as("marketing");
    const playerId = await enroll(boss);
    await reward(boss, playerId, { points: "100" });
    const idempotencyKey = newKey();
    await Promise.all(
      Array.from({ length: 20 }, () => redeem(boss, playerId, { points: "40", cashAmount: "40", idempotencyKey })),
    );
    expect((await dayOf(playerId)).cash_out).toBe("40.00");
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        send(marketing, "reverseEntry", {
          playerId,
          entryNo: "2",
          reason: "The guest changed their mind",
          idempotencyKey: newKey(),
        }),
      ),
    );
    expect(codesOf(settled)).toEqual(Array(19).fill("ALREADY_REVERSED"));
    expect((await dayOf(playerId)).cash_out).toBe("0.00");
    expect(await entriesOf(playerId)).toEqual([
      { entry_role: "original", amount: "40.00" },
      { entry_role: "offset", amount: "40.00" },
    ]);
  });
});

describe("the cash of a feed", () => {
  test("sent after everything else by four clients at once leads to the same days and cases", patient, async () => {
    const property = readFileSync(join(lakeview, "casino.json"), "utf8");
    const owner = new pg.Client({ connectionString: house.ownerUrl });
    await owner.connect();
    try {
      const casino = await loadCasino(owner, property, "casino.json");
      const sender = await house.sender(casino.code);
      const [cash, others] = [lakeviewEvents.filter(isCash), lakeviewEvents.filter((event) => !isCash(event))];
      await ingest(sender, others, 30);
      const shares = shareOut(cash, 4);
      expect(shares.every((share) => share.length > 20)).toBe(true);
      // Small lists, so that the clients take many turns.
      await Promise.all(shares.map((share) => ingest(sender, share, 5)));

      const report = await makeReport(owner, casino, new Tally());
      expect(report.patron_days).toEqual(expected.patron_days);
      expect(report.ctr_cases).toBe(expected.ctr_cases);
      expect(report.players).toEqual(expected.players);
    } finally {
      await owner.end();
    }
  });
});

const isCash = ({ type }: FeedEvent) => cashTypes.includes(type);

/** Sends events in order; conflicts between the clients are raised, and the list is sent again. */
async function ingest(sender: Client, events: readonly FeedEvent[], size: number): Promise<void> {
  for (let at = 0; at < events.length; at += size) {
    await again(() => send(sender, "ingestEvents", { events: events.slice(at, at + size) }));
  }
}

/** Shares events out among clients, so that all events about one person are one client's, in order. */
function shareOut(events: readonly FeedEvent[], clients: number): FeedEvent[][] {
  const leaders = new Map<string, string>();
  const leader = (name: string): string => {
    const next = leaders.get(name) ?? name;
    return next === name ? name : leader(next);
  };
  const subjects = new Map<string, string>();
  for (const event of events) {
    const { key, card, person, agent_for: principal, ref, type } = event;
    const corrected = ref === undefined ? undefined : subjects.get(ref);
    const names = [card, person, principal, corrected, type === "person" ? key : undefined].filter(
      (name) => name !== undefined,
    );
    const first = names[0] ?? key;
    subjects.set(key, first);
    for (const name of names) leaders.set(leader(name), leader(first));
  }
  const shares: FeedEvent[][] = Array.from({ length: clients }, () => []);
  const groups = [...Map.groupBy(events, ({ key }) => leader(subjects.get(key) ?? key)).keys()];
  for (const event of events) {
    shares[groups.indexOf(leader(subjects.get(event.key) ?? event.key)) % clients]?.push(event);
  }
  return shares;
}

/** Sends a command until no other call was in its way. */
async function again<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.code !== "RETRY") throw thrown;
    }
  }
}

function codesOf(settled: readonly PromiseSettledResult<unknown>[]): (string | undefined)[] {
  return settled.flatMap((each) => {
    if (each.status === "fulfilled") return [];
    if (each.reason instanceof Refused) return [each.reason.code];
    throw each.reason;
  });
}
