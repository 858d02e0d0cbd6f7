begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TREVS');
select tests.person('mark', 'marketing');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.seat('P1');
select tests.sign_in('boss');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).points, 1620::bigint, 'a slip earned points'
);
select tests.sign_in('mark');
select is(
  ((
    loyalty.reverse_entry(tests.player_id('P1'), 1, 'wrong player', 'k1')
  ).ledger_entry).rating_slip_id,
  tests.slip_id('P1'), 'the reversal names the slip'
);
select is((tests.standing('P1')).lifetime_points, 0::bigint, 'the points are taken back');
select tests.sign_in('boss');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'replayed',
  'completing again doesn''t award again'
);
select is(
  (loyalty.recover_slip_loyalty(tests.slip_id('P1'))).outcome, 'replayed',
  'nor does recovering'
);
select is((tests.standing('P1')).current_balance, 0::bigint, 'the balance stays');

select * from finish();
rollback;
