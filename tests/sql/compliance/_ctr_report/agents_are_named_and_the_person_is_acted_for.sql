-- D8: A buys 6 000 for B, B buys 5 000. It counts for B alone, and A is in the report.

begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('RAGENT', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.player(c.card) from unnest(array['A', 'B', 'D']) as c (card);
select tests.cash(
  'A', 'in', 'chip_purchase', 6000.20, changes => '{"agent_for": "B"}', key => 'by A'
);
select tests.cash('A', 'in', 'chip_purchase', 100, changes => '{"agent_for": "B"}');
select tests.cash('D', 'out', 'chip_redemption', 2000, changes => '{"agent_for": "B"}');
select tests.cash('B', 'in', 'chip_purchase', 5000);

create function tests.report() returns jsonb
language sql
volatile
return compliance.ctr_batch('2025-03-03', '2025-03-03') #> '{reports,0}';

select tests.sign_in('eve');
select tests.identify(tests.patron_id('B'));
select is(
  tests.refusal_details(format(
    $$ select compliance.prepare_ctr(%L) $$, (tests.ctr_case('B')).case_id
  )) -> 'missing' -> 0,
  '"agent 1: last_name"', 'an agent has to be identified as well'
);
select tests.identify(tests.patron_id('A'));
select is(
  ((compliance.prepare_ctr((tests.ctr_case('B')).case_id)).ctr_case).state, 'ready',
  'who carried money in a direction that isn''t reported needn''t be'
);

select is(tests.report() ->> 'cash_in', '11101', 'all of it is reported for B');
select is(
  jsonb_path_query_array(tests.report(), '$.persons[*].party'), '["17", "23"]',
  'A is who acted for another, B who was acted for'
);
select is(
  tests.report() #>> '{persons,0,patron_id}', tests.patron_id('A')::text, 'A is named first'
);
select is(tests.report() #>> '{persons,0,cash_in}', '6101', 'with what A carried, rounded up');
select is(tests.report() #> '{persons,0,multiple}', 'true', 'in more than one transaction');
select is(tests.report() #>> '{persons,1,patron_id}', tests.patron_id('B')::text, 'then B');
select is(tests.report() #>> '{persons,1,cash_in}', '11101', 'with all of it');
select is(tests.report() #> '{persons,1,cash_out}', 'null', 'cash out is not reported');

select tests.sign_out();
select tests.happens(
  'v1', tests.at('20:05'), 'cash_corrected',
  '{"ref": "by A", "amount": 0, "reason": "somebody else"}'
);
select is(tests.ctr_case('B') is null or (tests.ctr_case('B')).state = 'closed', true,
  'what an agent carried counts until it is voided');
select tests.cash('B', 'in', 'chip_purchase', 8000);
select tests.sign_in('eve');
select compliance.prepare_ctr((tests.ctr_case('B')).case_id);
select is(
  tests.report() #>> '{persons,0,cash_in}', '100', 'then only what stands is the agent''s'
);

select * from finish();
rollback;
