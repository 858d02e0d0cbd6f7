-- D13: an unknown person with 6 000 turns out to be X, who has 5 000.

begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('RLINKED', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.player('X');
select tests.happens('U', tests.at('20:00'), 'person', '{"description": "grey coat"}');
select tests.happens(
  'u1', tests.at('20:01'), 'cash',
  '{
    "person": "U", "direction": "in", "kind": "chip_purchase", "area": "pit",
    "tender": "currency", "amount": 6000
  }'
);
-- X carries money for the unknown person, who is X.
select tests.cash('X', 'in', 'marker_payment', 5000);
select tests.happens('i', tests.at('20:10'), 'identified', '{"person": "U", "card": "X"}');

create function tests.report() returns jsonb
language sql
volatile
return compliance.ctr_batch('2025-03-03', '2025-03-03') #> '{reports,0}';

select tests.sign_in('eve');
select tests.identify(tests.patron_id('X'));
select compliance.prepare_ctr((tests.ctr_case('X')).case_id);

select is(tests.report() ->> 'cash_in', '11000', 'both sums are in one report');
select is(jsonb_array_length(tests.report() -> 'persons'), 1, 'of one person');
select is(tests.report() #>> '{persons,0,party}', '50', 'acting for themselves');
select is(tests.report() #> '{persons,0,multiple}', 'true', 'in two transactions');

select * from finish();
rollback;
