begin;
set local search_path to pgtap, public;
select plan(3);

select tests.casino('TNOPO', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.sign_in('sup');

select throws_ok(
  $$ select loyalty.manual_reward(tests.player_id('P1'), 1, 'short', 'k1') $$,
  'LYPOL', null, 'limits come from the policy in force; there is none'
);
select throws_ok(
  $$ select loyalty.reward_terms() $$, 'LYPOL', null, 'nor are there terms to tell'
);
select is((tests.standing('P1')).current_balance, 0::bigint, 'nothing was given');

select * from finish();
rollback;
