begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('EXPORTA');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
select set_config('tests.their_case', (tests.ctr_case('P1')).case_id::text, true);

select tests.casino('EXPORT', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.person('max', 'pit_boss');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
create function tests.record(hash text, cases uuid[]) returns text
language sql
immutable
return format(
  'select compliance.record_ctr_export(%L, %L, %L, %L)',
  hash, '2025-03-03'::date, '2025-03-03'::date, cases
);
create function tests.the_case() returns uuid[]
language sql
stable
return array[(tests.ctr_case('P1')).case_id];

select tests.sign_in('max');
select is(
  tests.refusal(tests.record(repeat('ab', 32), tests.the_case())), 'FORBIDDEN',
  'only who files makes files'
);
select tests.sign_in('eve');
select lives_ok(tests.record(repeat('ab', 32), tests.the_case()), 'a file is recorded');
select lives_ok(tests.record(repeat('ab', 32), tests.the_case()), 'and whoever takes it again');
select results_eq(
  $$
    select e.file_sha256, e.case_ids, s.username
    from compliance.ctr_export as e
    join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.exported_by
  $$,
  $$
    select decode(repeat('ab', 32), 'hex'), tests.the_case(), 'eve'
    from generate_series(1, 2)
  $$,
  'with its cases and who made it'
);
select is(
  tests.refusal(tests.record(repeat('ab', 32), array[gen_random_uuid()])), 'CTR_BATCH_EMPTY',
  'cases that there aren''t can''t be in it'
);
select is(
  tests.refusal(
    tests.record(repeat('ab', 32), array[current_setting('tests.their_case')::uuid])
  ),
  'CTR_BATCH_EMPTY', 'nor another casino''s'
);
select is(
  tests.refusal(tests.record(repeat('ab', 32), '{}')), 'CTR_BATCH_EMPTY', 'nor none'
);
select tests.sign_in('max');
select is_empty($$ select from compliance.ctr_export $$, 'others don''t see it');

select * from finish();
rollback;
