-- Worked cases F1 to F6, D2, D10: cash in and cash out are two sums, over all divisions, never
-- added and never netted; an exchange counts in both.

begin;
set local search_path to pgtap, public;
select plan(23);

select tests.casino('RSUMS');
select tests.person('olga', 'compliance_officer');
select tests.player(c.card)
from unnest('{F1,F2,F3,F4,F5,F6,D2,D10}'::text[]) as c (card);
select tests.sign_in('olga');

select tests.enter('F1', 'chip_purchase', 11000, tests.at('10:00'));
select is(tests.cases('F1'), 'open', 'F1: the first entry opens the case');
select tests.enter('F1', 'chip_redemption', 3000, tests.at('11:00'));
select is(tests.sums('F1'), '11000.00 / 3000.00', 'F1: nothing is netted');
select is(tests.cases('F1'), 'open', 'F1: one case');

select tests.enter('F2', 'chip_purchase', 11000, tests.at('10:00'));
select tests.enter('F2', 'chip_redemption', 12000, tests.at('11:00'));
select is(tests.sums('F2'), '11000.00 / 12000.00', 'F2: both directions');
select is(tests.cases('F2'), 'open', 'F2: are one case');

select tests.enter('F3', 'chip_purchase', 6000, tests.at('10:00'));
select tests.enter('F3', 'chip_redemption', 4000, tests.at('11:00'));
select is(tests.cases('F3'), 'none', 'F3: 10 000 of both together are nothing to report');
select tests.enter('F3', 'exchange', 5000, tests.at('12:00'));
select is(tests.sums('F3'), '11000.00 / 9000.00', 'F3: an exchange is in both sums');
select is(tests.cases('F3'), 'open', 'F3: one of which is over');

select tests.enter('F4', 'chip_purchase', 6000, tests.at('10:00'));
select tests.enter('F4', 'chip_redemption', 7000, tests.at('11:00'));
select tests.enter('F4', 'exchange', 5000, tests.at('12:00'), '{"direction": "out"}');
select is(
  tests.sums('F4'), '11000.00 / 12000.00', 'F4: whichever side of it the entry names'
);
select is(tests.cases('F4'), 'open', 'F4: one case for both');

select tests.enter('F5', 'chip_purchase', 12000, tests.at('10:00'));
select tests.enter('F5', 'chip_purchase', 300, tests.at('11:00'));
select is(tests.sums('F5'), '12300.00 / 0.00', 'F5: a later entry belongs to it');
select is(tests.cases('F5'), 'open', 'F5: and opens no second case');
select results_eq(
  $$
    select d.entries_in, d.entries_out
    from compliance.patron_gaming_day as d
    where d.patron_id = tests.who('F5')
  $$,
  $$ values (2, 0) $$,
  'F5: multiple transactions'
);

select tests.enter('F6', 'chip_purchase', 12000, tests.at('10:00'));
select tests.enter('F6', 'chip_redemption', 300, tests.at('11:00'));
select is(tests.sums('F6'), '12000.00 / 300.00', 'F6: a little the other way');
select results_eq(
  $$
    select d.entries_in, d.entries_out
    from compliance.patron_gaming_day as d
    where d.patron_id = tests.who('F6')
  $$,
  $$ values (1, 1) $$,
  'F6: is not multiple'
);

select tests.enter('D2', 'chip_purchase', 9000, tests.at('10:00'));
select tests.enter('D2', 'chip_redemption', 9000, tests.at('11:00'));
select is(tests.sums('D2'), '9000.00 / 9000.00', 'D2: 9 000 each way');
select is(tests.cases('D2'), 'none', 'D2: are not reportable');

select tests.enter('D10', 'chip_purchase', 4000, tests.at('10:00'), '{"area": "pit"}');
select tests.enter('D10', 'marker_payment', 4000, tests.at('11:00'), '{"area": "cage"}');
select is(tests.cases('D10'), 'none', 'D10: pit and cage');
select tests.enter(
  'D10', 'other_in', 3000, tests.at('12:00'), '{"area": "sportsbook", "note": "bet"}'
);
select is(tests.sums('D10'), '11000.00 / 0.00', 'D10: pit, cage and sportsbook are one sum');
select is(tests.cases('D10'), 'open', 'D10: which is over');

select tests.sign_out();
select results_eq(
  $$
    select e.amount
    from compliance.ctr_case as c
    join compliance.mtl_entry as e
      on e.casino_id = c.casino_id and e.entry_id = c.opened_by_entry_id
    where c.casino_id = tests.casino_id()
    order by c.opened_at, c.case_id
  $$,
  $$ values (11000::numeric), (11000), (5000), (5000), (12000), (12000), (3000) $$,
  'each case names the entry that crossed the threshold'
);
select is_empty(
  $$
    select d.patron_id, d.gaming_day
    from compliance.patron_gaming_day as d
    join (
      select
        e.casino_id, e.patron_id, e.gaming_day, sum(e.cash_in) as cash_in,
        sum(e.cash_out) as cash_out
      from compliance.mtl_entry as e
      group by e.casino_id, e.patron_id, e.gaming_day
    ) as e using (casino_id, patron_id, gaming_day)
    where (d.cash_in, d.cash_out) <> (e.cash_in, e.cash_out)
  $$,
  'the sums are those of the entries'
);
select is(
  (select count(*)::integer from compliance.ctr_case as c where c.casino_id = tests.casino_id()),
  7, 'nobody else has a case'
);

select * from finish();
rollback;
