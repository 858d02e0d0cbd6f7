-- Whoever can log in, be become or owns a function: neither grant nor ownership lets them change
-- or remove entries, drop the table, or take its trigger away.

begin;
set local search_path to pgtap, public;
select plan(7);

select is_empty(
  $$
    select w.name, p.privilege
    from tests.runtime_role as w
    cross join unnest(array['update', 'delete', 'truncate', 'trigger', 'references', 'maintain'])
      as p (privilege)
    where has_table_privilege(w.name, 'loyalty.loyalty_ledger', p.privilege)
      or p.privilege in ('update', 'references')
        and has_any_column_privilege(w.name, 'loyalty.loyalty_ledger', p.privilege)
  $$,
  'nobody may update, delete or truncate the ledger'
);
select set_eq(
  $$
    select w.name
    from tests.runtime_role as w
    where has_any_column_privilege(w.name, 'loyalty.loyalty_ledger', 'insert')
  $$,
  array['loyalty_service'],
  'loyalty alone appends to it'
);
select is(
  (select r.owner from tests.relation as r where r.full_name = 'loyalty.loyalty_ledger'),
  'pit_owner',
  'the ledger belongs to pit_owner'
);
select is_empty(
  $$
    select w.name
    from tests.runtime_role as w
    where pg_has_role(nullif(w.oid, 0), 'pit_owner', 'member')
  $$,
  'nobody at run time is or can become pit_owner'
);
select is_empty(
  $$
    select w.name, n.nspname
    from tests.runtime_role as w
    join pg_namespace as n on n.nspname = 'loyalty'
    where w.oid = n.nspowner
      or has_schema_privilege(w.name, n.oid, 'create')
      or w.oid = (select d.datdba from pg_database as d where d.datname = current_database())
  $$,
  'nobody at run time owns its schema or the database, or may create in the schema'
);
select is(
  (
    select t.tgenabled
    from pg_trigger as t
    where t.tgrelid = 'loyalty.loyalty_ledger'::regclass
      and t.tgname = 'loyalty_ledger_is_append_only'
  ),
  'A',
  'its trigger fires always, in replicas too'
);
select is_empty(
  $$
    select t.tgname, f.owner
    from pg_trigger as t
    join tests.function as f on f.oid = t.tgfoid
    where t.tgrelid = 'loyalty.loyalty_ledger'::regclass and f.owner <> 'pit_owner'
  $$,
  'nobody at run time owns the trigger''s function: dropping it would drop the trigger'
);

select * from finish();
rollback;
