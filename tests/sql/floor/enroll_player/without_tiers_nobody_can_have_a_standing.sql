begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TNOTI');
select tests.person('sup', 'floor_supervisor');
alter table loyalty.loyalty_tier disable trigger loyalty_tier_is_append_only;
delete from loyalty.loyalty_tier where casino_id = tests.casino_id();
select tests.sign_in('sup');
select throws_ok(
  $$ select floor.enroll_player('C1', 'Ada', 'Byron', '1985-12-10', 'k1') $$,
  'LYPOL', null, 'enrolling is refused'
);
select is(tests.player_id('C1'), null, 'player and standing are made together or not at all');

select * from finish();
rollback;
