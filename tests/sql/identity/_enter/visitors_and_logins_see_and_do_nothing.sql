begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TVSTR');
select tests.player('P1');
select set_config('tests.claim', tests.person('boss', 'pit_boss'), true);
select set_config('pit.session', current_setting('tests.claim'), true);
set local role pit_visitor;
select throws_ok($$ select * from floor.player $$, '42501', null, 'a visitor reads no players');
select throws_ok(
  $$ select * from identity.casino $$, '42501', null, 'not even the name of a casino'
);
select throws_ok($$ select identity.me() $$, '42501', null, 'and calls no function');
select throws_ok(
  $$ select loyalty.redeem(null, 1, 'x', 'k') $$, '42501', null, 'whatever session they claim'
);
select isnt_empty(
  $$ select * from ops.error_registry $$, 'only what errors mean is for everybody'
);
set local role pit_gateway;
select throws_ok(
  $$ select * from floor.player $$, '42501', null, 'the gateway''s login by itself reads nothing'
);
select throws_ok(
  $$ select floor.complete_rating_slip(null) $$, '42501', null, 'and commands nothing'
);
set local role pit_worker;
select throws_ok(
  $$ select * from loyalty.loyalty_ledger $$, '42501', null, 'nor does the worker''s'
);
set local session authorization pit_gateway;
select throws_ok(
  $$ set local role floor_service $$, '42501', null, 'the gateway can''t become a service'
);
select throws_ok($$ set local role pit_owner $$, '42501', null, 'nor the owner');
select throws_ok($$ set local role pit_worker $$, '42501', null, 'nor the worker');
select lives_ok($$ set local role pit_staff $$, 'it becomes staff');

select * from finish();
rollback;
