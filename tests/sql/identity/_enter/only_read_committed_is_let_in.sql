-- Locks and counts see what others have committed only in read committed.

begin;
set transaction isolation level repeatable read;
set local search_path to pgtap, public;
select plan(3);

select tests.casino('TISOL');
select tests.person('boss', 'pit_boss');
select tests.sign_in('boss');
select throws_ok($$ select identity.me() $$, 'IDISO', null, 'repeatable read isn''t let in');
select throws_ok(
  $$ select loyalty.manual_reward(null, 1, 'x', 'k') $$, 'IDISO', null, 'for no command'
);
select throws_ok(
  $$ select floor.complete_rating_slip(null) $$, 'IDISO', null, 'nor for completing'
);

select * from finish();
rollback;
