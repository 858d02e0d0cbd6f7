begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('EXPORTA');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
select set_config('tests.their_case', (tests.ctr_case('P1')).case_id::text, true);

select tests.casino('EXPORT', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.person('max', 'pit_boss');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
create function tests.record(reports jsonb) returns text
language sql
immutable
return format(
  'select compliance.record_ctr_export(%L, %L, %L, %L)',
  repeat('ab', 32), '2025-03-03'::date, '2025-03-03'::date, reports
);
create function tests.reports() returns jsonb
language sql
return compliance.ctr_batch('2025-03-03', '2025-03-03') -> 'reports';

select tests.sign_in('max');
select is(
  tests.refusal(tests.record('[]')), 'FORBIDDEN', 'only who files makes files'
);
select tests.sign_in('eve');
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr((tests.ctr_case('P1')).case_id);
select lives_ok(tests.record(tests.reports()), 'a file is recorded');
select lives_ok(tests.record(tests.reports()), 'and whoever takes it again');
select results_eq(
  $$
    select e.file_sha256, e.case_ids, s.username
    from compliance.ctr_export as e
    join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.exported_by
  $$,
  $$
    select decode(repeat('ab', 32), 'hex'), array[(tests.ctr_case('P1')).case_id], 'eve'
    from generate_series(1, 2)
  $$,
  'with its cases and who made it'
);
select is(
  tests.refusal(tests.record(jsonb_build_array(
    jsonb_build_object('case_id', c.case_id)
  ))),
  'CTR_BATCH_EMPTY', c.what
)
from (
  values
  (gen_random_uuid(), 'cases that there aren''t can''t be in it'),
  (current_setting('tests.their_case')::uuid, 'nor another casino''s')
) as c (case_id, what);
select is(tests.refusal(tests.record('[]')), 'CTR_BATCH_EMPTY', 'nor none');
select is(
  tests.refusal(tests.record(tests.reports() || tests.reports())), 'CTR_BATCH_EMPTY',
  'nor one twice'
);
select is(
  tests.refusal(tests.record(jsonb_set(tests.reports(), '{0,cash_in}', '10999'))),
  'CTR_BATCH_OUTDATED', 'nor what the log doesn''t say'
);
select tests.sign_in('max');
select is_empty($$ select from compliance.ctr_export $$, 'others don''t see it');

select * from finish();
rollback;
