import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CatalogueEntry, differences, readCatalogue } from "../../bin/lib/catalogue/catalogue.ts";
import { withClient } from "../support/cluster.ts";
import { type Stack, startDatabase } from "../support/stack.ts";

/** One of everything that the comparison of migrations and sources must see. */
const base = `
  create schema sample authorization pit_owner;
  comment on schema sample is 'A sample.';
  create domain sample.money as numeric check (value >= 0);
  create type sample.pair as (a integer, b text);
  create type sample.mood as enum ('dull', 'bright');
  create table sample.thing (
    thing_id integer generated always as identity primary key,
    name text not null default 'x',
    amount sample.money constraint amount_is_small check (amount < 10)
  );
  create table sample.part (
    part_id integer primary key,
    thing_id integer references sample.thing on delete restrict,
    doubled integer generated always as (part_id * 2) virtual
  );
  create index part_thing on sample.part (thing_id);
  alter table sample.thing enable row level security;
  alter table sample.thing force row level security;
  create policy read_all on sample.thing for select to pit_staff using (true);
  create function sample.f(a integer) returns integer language sql stable set search_path = '' return a;
  comment on function sample.f(integer) is 'Gives it back.';
  create function sample.t() returns trigger language plpgsql as $$ begin return null; end $$;
  create trigger guard before delete on sample.thing for each statement execute function sample.t();
  create view sample.seen with (security_invoker = true) as select name from sample.thing;
  grant select on sample.thing to pit_staff;
  create table sample.registry (code text primary key, message text);
  insert into sample.registry values ('A', 'first');
`;

const changes: Record<string, string> = {
  "a schema's owner": "alter schema sample owner to ops_service",
  "a schema's privilege": "grant usage on schema sample to pit_visitor",
  "a missing table": "drop table sample.part",
  "another column": "alter table sample.part add note text",
  "a column's type": "alter table sample.registry alter message type varchar(90)",
  "a column's default": "alter table sample.thing alter name set default 'y'",
  "a column that may be null": "alter table sample.thing alter name drop not null",
  "a column's comment": "comment on column sample.thing.name is 'What it is called.'",
  "a column's privilege": "grant update (name) on sample.thing to pit_staff",
  "a generated expression": "alter table sample.part alter doubled set expression as (part_id * 3)",
  "a check constraint": "alter table sample.thing drop constraint amount_is_small",
  "a foreign key's action": `alter table sample.part drop constraint part_thing_id_fkey,
    add constraint part_thing_id_fkey foreign key (thing_id) references sample.thing on delete cascade`,
  "a domain's constraint": "alter domain sample.money add check (value < 1000)",
  "an enum's label": "alter type sample.mood add value 'odd'",
  "a composite's attribute": "alter type sample.pair add attribute c text",
  "an index": "drop index sample.part_thing; create index part_thing on sample.part (thing_id) where part_id > 0",
  "a table's owner": "alter table sample.part owner to pit_owner",
  "a table's privilege": "grant insert on sample.thing to pit_staff",
  "row security off": "alter table sample.thing disable row level security",
  "row security unforced": "alter table sample.thing no force row level security",
  "a policy's condition": "alter policy read_all on sample.thing using (thing_id > 0)",
  "a policy's role": "alter policy read_all on sample.thing to public",
  "a function's body": `create or replace function sample.f(a integer) returns integer
    language sql stable set search_path = '' return a + 1`,
  "a function's volatility": "alter function sample.f(integer) volatile",
  "a function's settings": "alter function sample.f(integer) reset search_path",
  "a definer function": "alter function sample.f(integer) security definer",
  "a function's owner": "alter function sample.f(integer) owner to pit_owner",
  "a function's privilege": "grant execute on function sample.f(integer) to pit_staff",
  "a function's comment": "comment on function sample.f(integer) is 'Other words.'",
  "a trigger's enabling": "alter table sample.thing enable always trigger guard",
  "a missing trigger": "drop trigger guard on sample.thing",
  "a view's options": "alter view sample.seen reset (security_invoker)",
  "default privileges": "alter default privileges for role pit_owner grant select on tables to pit_staff",
  "a reference row": "update sample.registry set message = 'second'",
  "a missing reference row": "delete from sample.registry",
};

describe("comparing migrations with sources", () => {
  let database: Omit<Stack, "url">;
  let before: CatalogueEntry[];

  beforeAll(async () => {
    database = await startDatabase();
    await withClient(database.ownerUrl, (client) => client.query(base));
    before = await readCatalogue(database.ownerUrl);
  });
  afterAll(() => database.stop());

  test("finds nothing between a database and itself", async () => {
    expect(compare(before, await readCatalogue(database.ownerUrl))).toEqual([]);
  });

  test.each(Object.entries(changes))("finds %s", async (_what, change) => {
    const other = await startDatabase();
    try {
      await withClient(other.ownerUrl, (client) => client.query(base));
      await withClient(other.ownerUrl, (client) => client.query(change));
      expect(compare(before, await readCatalogue(other.ownerUrl))).not.toEqual([]);
    } finally {
      await other.stop();
    }
  });
});

function compare(left: CatalogueEntry[], right: CatalogueEntry[]): string[] {
  return differences({ name: "left", entries: left }, { name: "right", entries: right });
}
