-- Forced: even a definer function that forgets its WHERE stays inside one casino.

begin;
set local search_path to pgtap, public;
select plan(4);

select cmp_ok(
  (select count(*)::integer from tests.relation as r where r.of_a_casino), '>=', 22,
  'the contexts have tables with a casino'
);
select is_empty(
  $$
    select r.full_name
    from tests.relation as r
    where r.relkind in ('r', 'p') and r.of_a_casino
      and not (r.relrowsecurity and r.relforcerowsecurity)
  $$,
  'row-level security is enabled and forced on every table with a casino_id'
);
select set_eq(
  $$ select r.full_name from tests.relation as r where r.relkind = 'r' and not r.of_a_casino $$,
  array[
    'ops.error_registry', 'compliance.mtl_kind', 'compliance.mtl_area', 'compliance.mtl_tender'
  ],
  'only the registry of errors and the law''s words for cash belong to no casino'
);
select is_empty(
  $$
    select r.full_name
    from tests.relation as r
    where r.relkind = 'r' and r.of_a_casino
      and not exists (
        select
        from pg_policy as p
        where p.polrelid = r.oid
          and p.polroles = array['pit_owner'::regrole::oid]
          and p.polcmd = '*'
          and pg_get_expr(p.polqual, p.polrelid) = 'true'
      )
  $$,
  'pit_owner sees every row, so that a migration can''t succeed on no rows'
);

select * from finish();
rollback;
