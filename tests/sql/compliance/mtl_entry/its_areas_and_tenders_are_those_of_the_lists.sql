-- An entry's area and tender are checked without asking another table; what is offered to choose
-- from is a table. Both have the same words, and so has what refuses any other.

begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('LISTS');
select tests.person('carl', 'cashier');
select tests.player('P1');

create function pg_temp.allowed(name text) returns setof text
language sql
begin atomic
  select word
  from pg_constraint as c
  cross join unnest(substring(pg_get_constraintdef(c.oid) from '''({.*})''')::text[]) as word
  where c.conrelid = 'compliance.mtl_entry'::regclass and c.conname = name;
end;

select set_eq(
  $$ select pg_temp.allowed('area_is_known') $$, $$ select area from compliance.mtl_area $$,
  'areas'
);
select set_eq(
  $$ select pg_temp.allowed('tender_is_known') $$, $$ select tender from compliance.mtl_tender $$,
  'tenders'
);

select tests.sign_in('carl');
select is(
  (
    select count(*)
    from compliance.mtl_area as a
    cross join compliance.mtl_tender as t
    cross join lateral tests.enter(
      'P1', 'chip_purchase', 1,
      changes => jsonb_build_object('area', a.area, 'tender', t.tender, 'confirm', true)
    ) as e
    where (e.mtl_entry).area = a.area and (e.mtl_entry).tender = t.tender
  ),
  42::bigint, 'every area and tender can be recorded'
);
select is(
  tests.refusal($$ select tests.enter('P1', 'chip_purchase', 1, changes => '{"area": "bar"}') $$)
  || tests.refusal($$
    select tests.enter('P1', 'chip_purchase', 1, changes => '{"tender": "gold"}')
  $$),
  'MTL_INVALID_KINDMTL_INVALID_KIND', 'and no other'
);

select * from finish();
rollback;
