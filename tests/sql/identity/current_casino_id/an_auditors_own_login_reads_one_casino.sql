begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TAUDA');
select set_config('tests.casino_a', tests.casino_id()::text, true);
select tests.player('A1', 100);
select tests.casino('TAUDB');
select tests.player('B1', 100);
select tests.person('boss', 'pit_boss');
create role test_auditor login;
grant pit_auditor to test_auditor;
create role test_stranger login;
grant pit_auditor to test_stranger;
create role test_twice login;
grant pit_auditor to test_twice;
insert into identity.database_login (casino_id, login_name)
values
  (current_setting('tests.casino_a')::integer, 'test_auditor'),
  (current_setting('tests.casino_a')::integer, 'test_twice'),
  (tests.casino_id(), 'test_twice');

set local session authorization test_auditor;
select is(
  identity.current_casino_id(), current_setting('tests.casino_a')::integer,
  'the login is bound to its casino'
);
select results_eq(
  $$ select distinct l.casino_id from loyalty.loyalty_ledger as l $$,
  $$ values (current_setting('tests.casino_a')::integer) $$,
  'and reads its ledger'
);
select results_eq(
  $$ select p.current_balance from loyalty.player_loyalty as p $$, $$ values (100::bigint) $$,
  'and its balances'
);
select throws_ok($$ select * from floor.player $$, '42501', null, 'but no names');
select set_config('pit.session', current_setting('tests.session_boss'), true);
select is(
  identity.current_casino_id(), current_setting('tests.casino_a')::integer,
  'a session of another casino doesn''t change that'
);
select set_config('pit.casino', tests.casino_id()::text, true);
select results_eq(
  $$ select distinct l.casino_id from loyalty.loyalty_ledger as l $$,
  $$ values (current_setting('tests.casino_a')::integer) $$,
  'nor does a setting'
);
select throws_ok($$ select * from identity.staff_secret $$, '42501', null, 'no password hashes');
select throws_ok(
  $$ select loyalty.manual_reward(null, 1, 'x', 'k') $$, '42501', null, 'no commands'
);
select throws_ok(
  $$ update loyalty.loyalty_ledger set reason = 'x' $$, '42501', null, 'no changes'
);
set local session authorization test_stranger;
select set_config('pit.session', '', true);
select throws_ok(
  $$ select * from loyalty.loyalty_ledger $$, 'IDUNA', null, 'a login without a casino reads none'
);
set local session authorization test_twice;
select throws_ok(
  $$ select * from loyalty.loyalty_ledger $$, 'IDUNA', null, 'nor does one with two'
);
set local session authorization default;

select * from finish();
rollback;
