begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('TLIFE');
select tests.person('mark', 'marketing');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 10000);

select is((tests.standing('P1')).tier, 'SILVER', '10 000 lifetime points make silver');
select is((tests.standing('P1')).lifetime_points, 10000::bigint, 'rewards count');

select tests.sign_in('boss');
select lives_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 9000, 'a watch', 'redeem') $$,
  'the player spends most of them'
);
select is((tests.standing('P1')).current_balance, 1000::bigint, 'the balance goes down');
select is((tests.standing('P1')).lifetime_points, 10000::bigint, 'lifetime points don''t');
select is((tests.standing('P1')).tier, 'SILVER', 'redemption never demotes');

select tests.sign_in('mark');
select lives_ok(
  $$ select loyalty.reverse_entry(tests.player_id('P1'), 2, 'not delivered', 'undo redeem') $$,
  'the redemption is reversed'
);
select is(
  (tests.standing('P1')).lifetime_points, 10000::bigint,
  'what a reversal gives back isn''t earned again'
);
select is((tests.standing('P1')).current_balance, 10000::bigint, 'the balance is back');
select is(
  ((
    loyalty.reverse_entry(tests.player_id('P1'), 1, 'wrong player', 'undo reward')
  ).ledger_entry).tier_after,
  'BRONZE', 'reversing what made silver demotes'
);
select is((tests.standing('P1')).lifetime_points, 0::bigint, 'it took the points back');
select is((tests.standing('P1')).tier, 'BRONZE', 'the tier is bronze');
select is((tests.standing('P1')).tier_progress, 0, 'at 0 percent');
select results_eq(
  $$ select e.tier_before, e.tier_after from tests.entries('P1') as e $$,
  $$
    values
      ('BRONZE', 'SILVER'), ('SILVER', 'SILVER'), ('SILVER', 'SILVER'), ('SILVER', 'BRONZE')
  $$,
  'every entry says the tier before and after'
);

select * from finish();
rollback;
