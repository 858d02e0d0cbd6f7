import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asRole } from "../../bin/lib/database.ts";
import { projectRoot } from "../../bin/lib/home.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

const guide = readFileSync(join(projectRoot, "docs/how-to/audit-with-psql.md"), "utf8");
const queries = [...guide.matchAll(/^```sql\n(.*?)^```/gms)].map((match) => match[1] ?? "");

let house: House;
let auditor: pg.Client;
const login = `auditor_${randomBytes(4).toString("hex")}`;
const variables: Record<string, string> = { card: "P1" };

beforeAll(async () => {
  house = await openHouse();
  const sender = await house.sender();
  const at = new Date(Date.now() - 60_000).toISOString();
  const person = { first_name: "Pat", last_name: "Quillfeather", birth_date: "1980-01-31" };
  const events = [
    { key: newKey(), at, type: "player", card: "P1", ...person },
    { key: newKey(), at, type: "reward", card: "P1", points: 700, reason: "a fine afternoon" },
    { key: newKey(), at, type: "redeem", card: "P1", points: 30, reason: "coffee" },
    {
      ...{ key: newKey(), at, type: "cash", card: "P1", direction: "in", kind: "chip_purchase" },
      ...{ area: "cage", tender: "currency", amount: "12000" },
    },
  ];
  await sender.get("mutation ($events: JSON!) { ingestEvents(input: { events: $events }) { clientMutationId } }", {
    events,
  });
  await (await house.as("auditor")).get("mutation { sealLedger(input: {}) { clientMutationId } }");
  const [row] = await house.sql<{ player: string; patron: string; file: string }>(
    `select p.player_id as player, t.patron_id as patron, ops._export_seals(null, null, true)::text as file
    from floor.player as p
    join compliance.patron as t using (casino_id, player_id)
    cross join lateral set_config('pit.casino', p.casino_id::text, false)`,
  );
  Object.assign(variables, row);

  const password = randomBytes(12).toString("hex");
  await house.sql(`create role ${login} login password '${password}'`);
  await house.sql(`grant pit_auditor to ${login}`);
  await house.sql(`alter role ${login} set search_path = identity, floor, loyalty, compliance, ops`);
  await house.sql("select identity.bind_database_login('ONE', $1)", [login]);
  auditor = new pg.Client({ connectionString: asRole(house.ownerUrl, login, password) });
  await auditor.connect();
}, 60_000);

afterAll(async () => {
  await auditor.end();
  await house.sql(`drop role ${login}`);
  await house.close();
});

/** A query as psql would send it, with its variables put in. */
function asTyped(query: string): string {
  return query.replaceAll(/:'(\w+)'/g, (_, name: string) => pg.escapeLiteral(variables[name] ?? `no ${name}`));
}

describe("every query of the auditors' guide", () => {
  test.each(
    queries.map((query) => [query.split("\n").slice(0, 2).join(" "), query] as const),
  )("%s", async (_, query) => {
    const { rows, fields } = await auditor.query(asTyped(query));
    expect(fields.length).toBeGreaterThan(0);
    // What answers "no row is the answer" in the guide is an untouched house's.
    const before = guide.slice(0, guide.indexOf(query)).split("\n## ").at(-1) ?? "";
    if (/No row is the answer\.\s+```sql\n$/.test(before)) expect(rows).toEqual([]);
  });

  test("there are some", () => expect(queries.length).toBeGreaterThan(25));
});

describe("an auditor's login", () => {
  test("sees its casino, intact", async () => {
    const { rows } = await auditor.query("select players, entries, intact from verify_chain()");
    expect(rows).toEqual([{ players: "1", entries: "2", intact: true }]);
    const seals = await auditor.query("select seals, intact from verify_seals($1)", [variables.file]);
    expect(seals.rows).toEqual([{ seals: "1", intact: true }]);
  });

  test("leaves a trace of every look at a person, also of one that is rolled back", async () => {
    const count = async () => {
      const { rows } = await auditor.query<{ n: string }>(
        "select count(*) as n from audit_trail where login_name = $1",
        [login],
      );
      return Number(rows[0]?.n);
    };
    const before = await count();
    const notices: string[] = [];
    auditor.on("notice", ({ message }) => notices.push(message ?? ""));
    await auditor.query("select last_name from read_player($1, 'complaint of 3 March')", [variables.player]);
    expect(await count()).toBe(before + 1);
    await auditor.query("set client_min_messages = log");
    await auditor.query("begin");
    await auditor.query("select last_name from read_player($1, 'complaint of 3 March')", [variables.player]);
    await auditor.query("rollback");
    expect(await count()).toBe(before + 1);
    expect(notices.join()).toMatch(/^audit: .*"purpose": "complaint of 3 March"/);
    expect(notices.join()).not.toContain("Quillfeather");
  });

  test.each([
    "select * from floor.player",
    "select first_name from player",
    "select description from patron",
    "select * from identity.staff_secret",
    "select * from patron_identification",
    "select report from ctr_filing",
    "insert into audit_log (casino_id, action, correlation_id) values (1, 'x', 'x')",
    "update loyalty_ledger set reason = 'x'",
    "delete from audit_log",
    "select manual_reward(null, 1, 'x', 'k')",
    "select seal_ledger()",
    "create table x (y integer)",
    "create temporary table x (y integer)",
  ])("may not: %s", async (statement) => {
    await expect(auditor.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});
