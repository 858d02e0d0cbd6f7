begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('BATCH', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.person('max', 'pit_boss');
select tests.person('kim', 'auditor');
select tests.player(c.card) from unnest(array['P1', 'P2', 'P3']) as c (card);
select tests.cash('P1', 'in', 'chip_purchase', 11000);
select tests.cash('P2', 'in', 'chip_purchase', 12000);
select tests.cash('P3', 'out', 'chip_redemption', 13000, at => tests.at('20:00', '2025-03-04'));

create function tests.batch(first_day date, last_day date) returns text
language sql
immutable
return format('select compliance.ctr_batch(%L, %L)', first_day, last_day);

select tests.sign_in('max');
select is(tests.refusal(tests.batch('2025-03-03', '2025-03-04')), 'FORBIDDEN', 'a pit boss');
select tests.sign_in('kim');
select is(tests.refusal(tests.batch('2025-03-03', '2025-03-04')), 'FORBIDDEN', 'an auditor');

select tests.sign_in('eve');
select is(
  tests.refusal(tests.batch('2025-03-01', '2025-03-02')), 'CTR_BATCH_EMPTY',
  'a period without cases'
);
select is(
  tests.refusal(tests.batch('2025-03-04', '2025-03-03')), 'CTR_BATCH_EMPTY',
  'a period that ends before it begins'
);
select is(
  tests.refusal(tests.batch(null, null)), 'CTR_BATCH_EMPTY', 'no period'
);
select tests.identify(tests.patron_id('P1'));
select is(
  tests.refusal(tests.batch('2025-03-03', '2025-03-03')), 'CTR_IDENTIFICATION_INCOMPLETE',
  'cases that are open'
);
select results_eq(
  $$
    select
      c.one ->> 'caseId', c.one ->> 'gamingDay', c.one ->> 'patron', c.one #>> '{missing,0}'
    from jsonb_array_elements(
      tests.refusal_details(tests.batch('2025-03-03', '2025-03-03')) -> 'cases'
    ) with ordinality as c (one, no)
    order by c.no
  $$,
  $$
    values
      ((tests.ctr_case('P1')).case_id::text, '2025-03-03', tests.patron_id('P1')::text,
        'preparation'),
      ((tests.ctr_case('P2')).case_id::text, '2025-03-03', tests.patron_id('P2')::text,
        'last_name')
  $$,
  'are listed one by one, with what is missing, and without a name'
);
select compliance.prepare_ctr((tests.ctr_case('P1')).case_id);
select is(
  jsonb_array_length(tests.refusal_details(tests.batch('2025-03-03', '2025-03-03')) -> 'cases'),
  1, 'one incomplete case holds the whole period'
);
select tests.identify(tests.patron_id('P2'));
select compliance.prepare_ctr((tests.ctr_case('P2')).case_id);
select results_eq(
  $$
    select r.one ->> 'case_id'
    from jsonb_array_elements(
      compliance.ctr_batch('2025-03-03', '2025-03-03') -> 'reports'
    ) with ordinality as r (one, no)
    order by r.no
  $$,
  $$
    select c.case_id::text
    from compliance.ctr_case as c
    where c.gaming_day = '2025-03-03'
    order by c.case_id
  $$,
  'a complete period comes in a fixed order'
);
select is(
  compliance.ctr_batch('2025-03-03', '2025-03-03'),
  compliance.ctr_batch('2025-03-03', '2025-03-03'), 'and is the same each time'
);
select is(
  compliance.ctr_batch('2025-03-03', '2025-03-03') ->> 'filing_date',
  (now() at time zone 'America/Los_Angeles')::date::text, 'filed today, by the casino''s clock'
);

-- A new version takes a field away: what was ready no longer is.
select compliance.save_identification(tests.patron_id('P1'), 'k', street => '');
select is(
  tests.refusal_details(tests.batch('2025-03-03', '2025-03-03')) #> '{cases,0,missing}',
  '["street"]', 'a ready case is looked at again'
);

select * from finish();
rollback;
