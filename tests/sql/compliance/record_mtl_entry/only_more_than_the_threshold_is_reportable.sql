-- Worked cases D1, D2, D3, F7: exact cents, strictly more than the threshold; the thresholds are
-- those in force when the gaming day began.

begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('RTHRE');
select tests.person('olga', 'compliance_officer');
select tests.player(c.card)
from unnest('{D1A,D1B,D3,F7,C1,C2,T1,T2,T3}'::text[]) as c (card);
select tests.sign_in('olga');

select tests.enter('D1A', 'chip_purchase', 10000.00, tests.at('10:00'));
select is(tests.cases('D1A'), 'none', 'D1: 10 000.00 is not');
select tests.enter('D1B', 'chip_purchase', 10000.01, tests.at('10:00'));
select is(tests.cases('D1B'), 'open', 'D1: 10 000.01 is');
select tests.enter('D1A', 'chip_purchase', 0.01, tests.at('11:00'));
select is(tests.cases('D1A'), 'open', 'the last cent opens the case');

select tests.enter('D3', 'chip_purchase', 3333.30, tests.at(c.clock))
from unnest('{10:00,11:00,12:00}'::text[]) as c (clock);
select is(tests.sums('D3'), '9999.90 / 0.00', 'D3: three times 3 333.30');
select is(tests.cases('D3'), 'none', 'D3: are not');

select tests.enter('F7', 'chip_purchase', 15265.25, tests.at('10:00'));
select is(tests.sums('F7'), '15265.25 / 0.00', 'F7: sums keep their cents');

-- 0.1 a hundred times is 10 and nothing else.
select tests.enter('C1', 'chip_purchase', 9990, tests.at('09:00'));
select tests.enter(
  'C1', 'chip_purchase', 0.10, tests.at('10:00') + n * interval '2 minutes'
)
from generate_series(1, 100) as n;
select is(tests.sums('C1'), '10000.00 / 0.00', 'cents add up exactly');
select is(tests.cases('C1'), 'none', 'to the threshold and not over it');

select is(
  tests.refusal($$ select tests.enter('C2', 'chip_purchase', 100.001, tests.at('10:00')) $$),
  'MTL_INVALID_AMOUNT', 'a part of a cent'
);
select is(
  tests.refusal($$ select tests.enter('C2', 'chip_purchase', 0, tests.at('10:00')) $$),
  'MTL_INVALID_AMOUNT', 'nothing'
);
select is(
  tests.refusal($$ select tests.enter('C2', 'chip_purchase', -5, tests.at('10:00')) $$),
  'MTL_INVALID_AMOUNT', 'less than nothing'
);
select is(
  tests.refusal($$ select tests.enter('C2', 'chip_purchase', null, tests.at('10:00')) $$),
  'MTL_INVALID_AMOUNT', 'no amount'
);
select is(
  tests.refusal($$ select tests.enter('C2', 'chip_purchase', 'NaN', tests.at('10:00')) $$)
  || tests.refusal(
    $$ select tests.enter('C2', 'chip_purchase', 'Infinity', tests.at('10:00')) $$
  )
  || tests.refusal(
    $$ select tests.enter('C2', 'chip_purchase', 1000000000000, tests.at('10:00')) $$
  ),
  'MTL_INVALID_AMOUNTMTL_INVALID_AMOUNTMTL_INVALID_AMOUNT', 'more than any drawer holds'
);
select tests.enter('C2', 'chip_purchase', 999999999999.99, tests.at(c.clock))
from unnest('{10:00,11:00,12:00}'::text[]) as c (clock);
select is(
  tests.sums('C2'), '2999999999999.97 / 0.00', 'sums have room for any number of amounts'
);
select is(
  ((tests.enter('C2', 'chip_purchase', 5.10000, tests.at('13:00'))).mtl_entry).amount::text,
  '5.10', 'zeros behind the cents change nothing'
);
select tests.sign_out();

-- The casino watches more closely from noon of 2025-03-03, and less from the day after.
insert into compliance.threshold_policy (casino_id, effective_from, log_floor, ctr_threshold)
values
  (tests.casino_id(), tests.at('12:00'), 1000, 5000),
  (tests.casino_id(), tests.at('06:00', '2025-03-05'), 3000, 20000);
select tests.sign_in('olga');
select tests.enter('T1', 'chip_purchase', 6000, tests.at('11:00'));
select tests.enter('T1', 'chip_purchase', 1000, tests.at('13:00'));
select is(tests.cases('T1'), 'none', 'a day is judged as it began');
select tests.enter('T2', 'chip_purchase', 5000.01, tests.at('05:59', '2025-03-05'));
select is(tests.cases('T2', '2025-03-04'), 'open', 'the next by the new threshold');
select tests.enter('T3', 'chip_purchase', 20000, tests.at('06:00', '2025-03-05'));
select is(tests.cases('T3', '2025-03-05'), 'none', 'one that begins with a version by that');
select tests.enter('T3', 'chip_purchase', 0.01, tests.at('06:01', '2025-03-05'));
select is(tests.cases('T3', '2025-03-05'), 'open', 'strictly more than it');

select * from finish();
rollback;
