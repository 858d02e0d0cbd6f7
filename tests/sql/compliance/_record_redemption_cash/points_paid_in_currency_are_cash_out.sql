-- Worked case D12 through the counter, and what a reversal takes back.

begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('REDCA');
select tests.person('olga', 'compliance_officer');
select tests.person('carl', 'cashier');
select tests.person('bob', 'pit_boss');
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, 'loyalty:reverse', true
from identity.staff as s
where s.casino_id = tests.casino_id() and s.username = 'bob';
select tests.player('P1', 9000);
create function tests.today() returns date
language sql
security definer
return (
  select identity.gaming_day(c, now())
  from identity.casino as c
  where c.casino_id = tests.casino_id()
);
create function tests.redeemed(amount numeric, key text) returns bigint
language sql
volatile
return (
  (loyalty.redeem(tests.player_id('P1'), 100, 'cash back', key, amount)).ledger_entry
).entry_no;

select tests.sign_in('carl');
select is(tests.redeemed(2000, 'r1'), 2::bigint, 'cash back of 2 000');
select is(tests.sums('P1', tests.today()), '0.00 / 2000.00', 'is cash out at once');
select is(
  (
    select format('%s %s %s', e.kind, e.direction, e.tender)
    from compliance.mtl_entry as e
    where e.patron_id = tests.who('P1')
  ),
  'comp_or_incentive out currency', 'as an incentive'
);
select tests.enter('P1', 'chip_redemption', 8500);
select is(
  tests.sums('P1', tests.today()), '0.00 / 10500.00', 'D12: with 8 500 for chips, 10 500'
);
select tests.sign_out();
select is(tests.cases('P1', tests.today()), 'open', 'D12: is reportable');

select tests.sign_in('carl');
select is(tests.redeemed(2000, 'r1'), 2::bigint, 'a replay');
select is(tests.sums('P1', tests.today()), '0.00 / 10500.00', 'pays nothing again');
select is(
  tests.refusal($$ select tests.redeemed(0, 'r2') $$)
  || tests.refusal($$ select tests.redeemed(1.001, 'r3') $$),
  'MTL_INVALID_AMOUNTMTL_INVALID_AMOUNT', 'cash is an amount of cash'
);
select is(
  (tests.standing('P1')).current_balance, 8900::bigint, 'without it the points stay too'
);

select tests.sign_in('bob');
select loyalty.reverse_entry(tests.player_id('P1'), 2, 'wrong player', 'v1');
select is(
  tests.sums('P1', tests.today()), '0.00 / 8500.00', 'the reversal takes the cash out back'
);
select tests.sign_out();
select is(tests.cases('P1', tests.today()), 'closed', 'and the case closes');

-- What was corrected is taken back as it stands; what was voided already, not at all.
select tests.sign_in('carl');
select tests.redeemed(500, 'r4');
select tests.redeemed(700, 'r5');
select tests.sign_in('olga');
select compliance.correct_mtl_entry(e.entry_id, 450, 'counted again', 'c1')
from compliance.mtl_entry as e
where e.idempotency_key = 'pit:redeem:r4';
select compliance.correct_mtl_entry(e.entry_id, 0, 'never paid', 'c2')
from compliance.mtl_entry as e
where e.idempotency_key = 'pit:redeem:r5';
select is(tests.sums('P1', tests.today()), '0.00 / 8950.00', 'one corrected, one voided');
select tests.sign_in('bob');
select loyalty.reverse_entry(tests.player_id('P1'), 4, 'wrong player', 'v2');
select loyalty.reverse_entry(tests.player_id('P1'), 5, 'wrong player', 'v3');
select is(tests.sums('P1', tests.today()), '0.00 / 8500.00', 'both reversed: nothing twice');
select is((tests.standing('P1')).current_balance, 9000::bigint, 'and all points are back');

select * from finish();
rollback;
