begin;
set local search_path to pgtap, public;
select plan(1);

select set_eq(
  $$
    select r.full_name
    from tests.relation as r
    where has_any_column_privilege('pit_auditor', r.oid, 'select')
  $$,
  array[
    'loyalty.loyalty_ledger', 'loyalty.player_loyalty',
    'compliance.mtl_kind', 'compliance.mtl_entry', 'compliance.patron', 'compliance.patron_link',
    'compliance.patron_gaming_day', 'compliance.ctr_case', 'compliance.ctr_export'
  ],
  'pit_auditor selects from these tables and no others'
);

select * from finish();
rollback;
