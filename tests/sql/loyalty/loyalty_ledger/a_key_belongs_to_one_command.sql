begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TCROS');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 100);
select tests.sign_in('boss');
select lives_ok(
  $$ select loyalty.manual_reward(tests.player_id('P1'), 5, 'a present for you', 'k1') $$, 'a key'
);
select throws_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 5, 'a present for you', 'k1') $$,
  'LYIDM', null, 'used for a reward is none for a redemption'
);
select lives_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 5, 'a coffee', 'k2') $$, 'another'
);
select throws_ok(
  $$ select loyalty.manual_reward(tests.player_id('P1'), 5, 'a present for you', 'k2') $$,
  'LYIDM', null, 'used for a redemption is none for a reward'
);
select lives_ok(
  $$ select loyalty.manual_reward(tests.player_id('P1'), 5000, 'a present for you', 'k3') $$,
  'a third asks for approval'
);
select throws_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 5, 'a coffee', 'k3') $$,
  'LYIDM', null, 'and is used as well'
);

select * from finish();
rollback;
