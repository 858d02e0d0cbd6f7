begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('RAMEND', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 10400, key => 'ten four');
create function tests.report() returns jsonb
language sql
volatile
return compliance.ctr_batch('2025-03-03', '2025-03-03') #> '{reports,0}';
create function tests.correct(key text, amount numeric) returns text
language sql
volatile
return tests.happens(
  key, tests.at('21:00'), 'cash_corrected',
  jsonb_build_object('ref', 'ten four', 'amount', amount, 'reason', 'counted again')
);

select tests.sign_in('eve');
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr((tests.ctr_case('P1')).case_id);
select is(tests.report() -> 'amends', 'null', 'a first report corrects nothing');
select compliance.file_ctr((tests.ctr_case('P1')).case_id);
select is(
  tests.refusal($$ select compliance.ctr_batch('2025-03-03', '2025-03-03') $$),
  'CTR_BATCH_EMPTY', 'what was filed is not filed again'
);
select is(
  compliance.ctr_batch_filed('2025-03-03', '2025-03-03') #>> '{reports,0,cash_in}', '10400',
  'its file can be made again'
);

select tests.correct('c1', 9400);
select is(
  tests.report() -> 'amends', '{"bsa_id": null, "version": 1}',
  'a change after filing is an amendment; the identifier isn''t known yet'
);
select is(
  tests.report() ->> 'cash_in', '9400',
  'a direction that was reported stays, whatever the sum is now'
);
select is(
  compliance.ctr_batch_filed('2025-03-03', '2025-03-03') #>> '{reports,0,cash_in}', '10400',
  'what was filed stays as filed'
);
select compliance.acknowledge_ctr((tests.ctr_case('P1')).case_id, '31000000000001');
select is(
  tests.report() #>> '{amends,bsa_id}', '31000000000001', 'then it is known'
);
select compliance.file_ctr((tests.ctr_case('P1')).case_id);
select is(
  compliance.ctr_batch_filed('2025-03-03', '2025-03-03') #>> '{reports,0,amends,version}', '1',
  'the filed amendment names what it corrects'
);

select tests.correct('c2', 0);
select is(
  tests.report() -> 'lines',
  '[{"line": 18, "text": null, "amount": 0, "country": null, "direction": "in"}]',
  'when nothing is left, the report says so'
);
select is(tests.report() ->> 'cash_in', '0', 'and its total');
select is(tests.report() #> '{persons,0,multiple}', 'false', 'of no transactions');

select * from finish();
rollback;
