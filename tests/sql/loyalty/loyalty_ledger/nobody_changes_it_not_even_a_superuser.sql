begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('TIMMU');
select tests.player('P1', 100);
select tests.person('boss', 'pit_boss');

select throws_ok(
  $$ update loyalty.loyalty_ledger set reason = 'x' where casino_id = tests.casino_id() $$,
  'LYIMM', null, 'a superuser is refused an update'
);
select throws_ok(
  $$ delete from loyalty.loyalty_ledger where casino_id = tests.casino_id() $$,
  'LYIMM', null, 'and a delete'
);
select throws_ok(
  $$ truncate loyalty.loyalty_ledger $$, 'LYIMM', null, 'and a truncate'
);
select throws_ok(
  $$ update loyalty.loyalty_ledger set reason = 'x' where false $$,
  'LYIMM', null, 'even where no row would change'
);
set local session_replication_role to replica;
select throws_ok(
  $$ delete from loyalty.loyalty_ledger where casino_id = tests.casino_id() $$,
  'LYIMM', null, 'and as a replica'
);
set local session_replication_role to origin;
set local role pit_owner;
select throws_ok(
  $$ update loyalty.loyalty_ledger set reason = 'x' $$, 'LYIMM', null, 'pit_owner too'
);
set local role loyalty_service;
select throws_ok(
  $$ update loyalty.loyalty_ledger set reason = 'x' $$, '42501', null,
  'loyalty_service holds no update'
);
select throws_ok(
  $$ delete from loyalty.loyalty_ledger $$, '42501', null, 'no delete'
);
select throws_ok(
  $$ alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only $$,
  '42501', null, 'and can''t take the trigger away'
);
select throws_ok(
  $$ drop trigger loyalty_ledger_is_append_only on loyalty.loyalty_ledger $$, '42501', null,
  'or drop it'
);
set local role ops_service;
select throws_ok(
  $$ drop function ops._append_only() cascade $$, '42501', null,
  'nor does whoever serves ops drop the guard with everything that hangs on it'
);
select tests.sign_in('boss');
select throws_ok(
  $$
    insert into loyalty.loyalty_ledger (casino_id, player_id, entry_no)
    values (tests.casino_id(), tests.player_id('P1'), 9)
  $$,
  '42501', null, 'staff append nothing by hand'
);
select tests.sign_out();
select is((select count(*)::integer from tests.entries('P1')), 1, 'the entry is still there');

select * from finish();
rollback;
