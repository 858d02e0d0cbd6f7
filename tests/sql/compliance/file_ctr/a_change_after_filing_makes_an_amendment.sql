-- Worked case D14, after filing: the filed totals stay, the amendment is a second version.

begin;
set local search_path to pgtap, public;
select plan(26);

select tests.casino('TAMND');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 10400, key => 'c1');
create function tests.case_id() returns uuid
language sql
security definer
return (tests.ctr_case('P1')).case_id;
create function tests.filings() returns table (
  version integer, cash_in numeric, cash_out numeric, amends_bsa_id text
)
language sql
security definer
begin atomic
  select f.version, f.cash_in, f.cash_out, f.amends_bsa_id
  from compliance.ctr_filing as f
  where f.casino_id = tests.casino_id()
  order by f.version;
end;

select tests.sign_in('eve');
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr(tests.case_id());
select compliance.file_ctr(tests.case_id());
select results_eq(
  $$ select * from tests.filings() $$,
  $$ values (1, 10400::numeric, 0::numeric, null::text) $$,
  'a version is frozen when it is filed'
);
select is(
  (tests.ctr_case('P1')).amendment_due, false, 'nothing is due while the log agrees'
);
select tests.sign_out();
select is(
  tests.happens(
    'c2', tests.at('21:00'), 'cash_corrected',
    '{"ref": "c1", "amount": "9400.00", "reason": "Miscounted"}'
  ),
  'applied', 'the entry was wrong'
);
select results_eq(
  $$ select c.state, c.amendment_due, c.filed_version from tests.ctr_case('P1') as c $$,
  $$ values ('filed', true, 1) $$,
  'D14: the case stays filed and an amendment is due'
);
select results_eq(
  $$ select * from tests.filings() $$,
  $$ values (1, 10400::numeric, 0::numeric, null::text) $$,
  'what was filed stays as it was filed'
);
select tests.sign_in('eve');
select results_eq(
  $$
    select s.cash_in, s.filed_cash_in, s.amendment_due
    from compliance.ctr_case_summary as s
  $$,
  $$ values (9400::numeric, 10400::numeric, true) $$,
  'both sums are seen side by side'
);
select is(
  ((compliance.acknowledge_ctr(tests.case_id(), '31000000000001')).ctr_case).state,
  'acknowledged', 'the first version is acknowledged late'
);
select is(
  (compliance.file_ctr(tests.case_id())).replayed, false, 'an acknowledged case is amended too'
);
select results_eq(
  $$ select * from tests.filings() $$,
  $$
    values (1, 10400::numeric, 0::numeric, null::text),
      (2, 9400::numeric, 0::numeric, '31000000000001')
  $$,
  'by a second version, which names what it amends'
);
select results_eq(
  $$ select c.state, c.amendment_due, c.filed_version from tests.ctr_case('P1') as c $$,
  $$ values ('filed', false, 2) $$,
  'it waits to be acknowledged again'
);
select is((compliance.file_ctr(tests.case_id())).replayed, true, 'and isn''t filed twice');
select is(
  tests.refusal($$ select compliance.acknowledge_ctr(tests.case_id(), '31000000000001') $$),
  'INVALID_BSA_ID', 'the first version''s acknowledgement, read again, isn''t the amendment''s'
);
select is(
  ((compliance.acknowledge_ctr(tests.case_id(), '31000000000002')).ctr_case).bsa_id,
  '31000000000002', 'under an identifier of its own'
);
select tests.sign_out();
select is(
  tests.cash('P1', 'out', 'chip_redemption', 500, tests.at('22:00')), 'applied',
  'a later entry'
);
select is((tests.ctr_case('P1')).amendment_due, true, 'makes another amendment due');
select tests.sign_in('eve');
select is(
  ((compliance.file_ctr(tests.case_id())).ctr_case).filed_version, 3, 'the third version'
);
select tests.sign_out();

select is(
  (
    select f.report #>> '{persons,0,last_name}'
    from compliance.ctr_filing as f
    where f.casino_id = tests.casino_id() and f.version = 1
  ),
  'Vance', 'a version holds everything that was filed'
);
select tests.sign_in('eve');
select is(
  tests.refusal($$ select f.report from compliance.ctr_filing as f $$), '42501',
  'which nobody reads from the table'
);
select is(
  tests.refusal($$ select f.version, f.cash_in from compliance.ctr_filing as f $$), 'nothing',
  'but what was filed when'
);
select tests.sign_out();
select is(
  tests.refusal($$ update compliance.ctr_filing set cash_in = 0 $$), 'MTL_IMMUTABLE',
  'nobody changes a filed version, not even a superuser'
);
select is(
  tests.refusal($$ delete from compliance.ctr_filing $$), 'MTL_IMMUTABLE', 'or removes one'
);
select is(
  tests.refusal($$ truncate compliance.ctr_filing $$), 'MTL_IMMUTABLE', 'or all of them'
);

select tests.player('P2');
select tests.cash('P2', 'in', 'chip_purchase', 10400);
select tests.sign_in('eve');
select tests.identify(tests.patron_id('P2'));
select compliance.prepare_ctr((tests.ctr_case('P2')).case_id);
select compliance.file_ctr((tests.ctr_case('P2')).case_id);
select is(
  tests.refusal(
    format('select compliance.acknowledge_ctr(%L, %L)', (tests.ctr_case('P2')).case_id, b.id)
  ),
  'INVALID_BSA_ID', 'another person''s report has another identifier than ' || b.id
)
from (values ('31000000000001'), ('31000000000002')) as b (id);
select tests.sign_out();

select tests.player('P3');
select tests.cash('P3', 'in', 'chip_purchase', 10400, key => 'c3');
select tests.sign_in('eve');
select tests.identify(tests.patron_id('P3'));
select compliance.prepare_ctr((tests.ctr_case('P3')).case_id);
select compliance.file_ctr((tests.ctr_case('P3')).case_id);
select tests.sign_out();
select tests.happens(
  'v3', tests.at('20:05'), 'cash_corrected', '{"ref": "c3", "amount": 0, "reason": "a marker"}'
);
select tests.cash('P3', 'in', 'marker_payment', 10400, key => 'm3');
select is(
  (tests.ctr_case('P3')).amendment_due, true,
  'the same sum on another line isn''t what was filed either'
);
select tests.happens(
  'v4', tests.at('20:05'), 'cash_corrected', '{"ref": "m3", "amount": 0, "reason": "it was chips"}'
);
select tests.cash('P3', 'in', 'chip_purchase', 10400);
select is(
  (tests.ctr_case('P3')).amendment_due, false, 'until the log says again what was filed'
);

select * from finish();
rollback;
