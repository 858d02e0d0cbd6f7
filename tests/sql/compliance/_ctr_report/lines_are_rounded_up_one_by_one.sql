-- The amounts of the worked cases F1 to F7 and D1, read off the batch that is filed.

begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('RLINES', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.player(c.card)
from unnest(array['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'D1', 'LL', 'VV', 'CC']) as c (card);

select tests.cash('F1', 'in', 'chip_purchase', 11000);
select tests.cash('F1', 'out', 'chip_redemption', 3000);
select tests.cash('F2', 'in', 'chip_purchase', 11000);
select tests.cash('F2', 'out', 'chip_redemption', 12000);
select tests.cash('F3', 'in', 'chip_purchase', 6000);
select tests.cash('F3', 'out', 'chip_redemption', 4000);
select tests.cash('F3', 'in', 'exchange', 5000);
select tests.cash('F4', 'in', 'chip_purchase', 6000);
select tests.cash('F4', 'out', 'chip_redemption', 7000);
select tests.cash('F4', 'in', 'exchange', 5000);
select tests.cash('F5', 'in', 'chip_purchase', 12000);
select tests.cash('F5', 'in', 'chip_purchase', 300);
select tests.cash('F6', 'in', 'chip_purchase', 12000);
select tests.cash('F6', 'out', 'chip_redemption', 300);
select tests.cash('F7', 'in', 'chip_purchase', 15265.25);
select tests.cash('D1', 'in', 'chip_purchase', 10000.01);
-- Three lines with cents, two entries on one of them.
select tests.cash('LL', 'in', 'chip_purchase', 4000.10);
select tests.cash('LL', 'in', 'chip_purchase', 4000.20);
select tests.cash('LL', 'in', 'marker_payment', 3000.01);
select tests.cash('LL', 'out', 'jackpot', 5);
select tests.cash(
  'LL', 'in', 'other_in', 1000.50, changes => '{"note": "found \u0007 money\uffff"}'
);
-- Voided, and corrected twice.
select tests.cash('VV', 'in', 'chip_purchase', 11000);
select tests.cash('VV', 'in', 'chip_purchase', 700, key => 'void me');
select tests.happens(
  'v1', tests.at('20:05'), 'cash_corrected',
  '{"ref": "void me", "amount": 0, "reason": "typed twice"}'
);
select tests.cash('CC', 'in', 'chip_purchase', 10000, key => 'correct me');
select tests.happens(
  'c1', tests.at('20:05'), 'cash_corrected',
  '{"ref": "correct me", "amount": 12000.40, "reason": "counted again"}'
);
select tests.happens(
  'c2', tests.at('20:06'), 'cash_corrected',
  '{"ref": "correct me", "amount": 11000.40, "reason": "and again"}'
);

create function tests.report(card text) returns jsonb
language sql
volatile
return (
  select r.report
  from jsonb_array_elements(
    compliance.ctr_batch('2025-03-03', '2025-03-03') -> 'reports'
  ) as r (report)
  where r.report ->> 'case_id' = (tests.ctr_case(card)).case_id::text
);
create function tests.in_short(card text) returns jsonb
language sql
volatile
return (
  select jsonb_build_array(
    r -> 'cash_in', r -> 'cash_out', r #> '{persons,0,multiple}',
    jsonb_path_query_array(r, '$.lines[*].line'), jsonb_path_query_array(r, '$.lines[*].amount')
  )
  from tests.report(card) as r
);

select tests.sign_in('eve');
select tests.identify(tests.patron_id(c.card))
from unnest(array['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'D1', 'LL', 'VV', 'CC']) as c (card);
select compliance.prepare_ctr((tests.ctr_case(c.card)).case_id)
from unnest(array['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'D1', 'LL', 'VV', 'CC']) as c (card);

select is(tests.in_short('F1'), '[11000, null, false, [18], [11000]]', 'F1');
select is(tests.in_short('F2'), '[11000, 12000, false, [18, 28], [11000, 12000]]', 'F2');
select is(tests.in_short('F3'), '[11000, null, true, [14, 18], [5000, 6000]]', 'F3');
select is(
  tests.in_short('F4'), '[11000, 12000, true, [14, 18, 15, 28], [5000, 6000, 5000, 7000]]', 'F4'
);
select is(tests.in_short('F5'), '[12300, null, true, [18], [12300]]', 'F5');
select is(tests.in_short('F6'), '[12000, null, false, [18], [12000]]', 'F6');
select is(tests.in_short('F7'), '[15266, null, false, [18], [15266]]', 'F7');
select is(tests.in_short('D1'), '[10001, null, false, [18], [10001]]', 'D1');
select is(
  tests.in_short('LL'), '[12003, null, true, [18, 46, 997], [8001, 3001, 1001]]',
  'each line is summed exactly and rounded up once; the total is the sum of the lines'
);
select is(
  jsonb_path_query_first(tests.report('LL'), '$.lines[*] ? (@.line == 997).text'),
  '"found money"', 'a line for anything else says what it was'
);
select is(
  tests.report('LL') ->> 'exact_in', '12000.81', 'the exact sum is kept beside the rounded one'
);
select is(
  tests.in_short('VV'), '[11000, null, false, [18], [11000]]', 'what was voided is no transaction'
);
select is(
  tests.in_short('CC'), '[11001, null, false, [18], [11001]]',
  'an entry and its corrections are one transaction'
);
select is(
  tests.report('F1') #>> '{persons,0,party}', '50', 'who acted for themselves is party 50'
);
select is(
  tests.report('F1') -> 'missing', '[]', 'nothing is missing'
);

select * from finish();
rollback;
