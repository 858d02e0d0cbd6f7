-- Functions that staff and auditors' logins may read with: neither an id nor a forged setting leads
-- to another casino's ledger.

begin;
set local search_path to pgtap, public;
select plan(22);

select tests.casino('TRDRA');
select tests.person('ann', 'auditor');
select tests.player('A1', 500);
select set_config('tests.a', tests.player_id('A1')::text, true);
select set_config('tests.casino_a', tests.casino_id()::text, true);
select tests.sign_in('ann');
select ops.seal_ledger();
select tests.sign_out();
select tests.casino('TRDRB');
select tests.person('bob', 'auditor');
select tests.player('B1', 700);
select tests.player('B2', 20);
select set_config('tests.b', tests.player_id('B1')::text, true);
create role test_reader login;
grant pit_auditor to test_reader;
select identity.bind_database_login('TRDRB', 'test_reader');
create role test_unbound login;
grant pit_auditor to test_unbound;

select tests.sign_in('bob');
select throws_ok(
  $$ select loyalty.verify_chain(current_setting('tests.a')::uuid) $$, 'RSPLR', null, 'their chain'
);
select throws_ok(
  $$ select loyalty.balance_as_of(current_setting('tests.a')::uuid, now()) $$,
  'RSPLR', null, 'their balance'
);
select throws_ok(
  $$ select loyalty.explain_entry(current_setting('tests.a')::uuid, 1) $$,
  'LYENT', null, 'their entry'
);
select throws_ok(
  $$
    select loyalty.player_statement(current_setting('tests.a')::uuid, '2025-01-01', '2025-12-31')
  $$,
  'RSPLR', null, 'their statement'
);
select throws_ok(
  $$ select ops.prove_entry(current_setting('tests.a')::uuid, 1) $$, 'LYENT', null, 'their proof'
);
select is((loyalty.verify_chain()).players, 2::bigint, 'the own players are verified');
select is((ops.verify_seals()).seals, 0::bigint, 'the own seals');
select is(json_array_length(ops.export_seals() -> 'seals'), 0, 'and exported');
select is(
  ((ops.seal_ledger()).ledger_seal).entries, 2::bigint, 'the own entries are sealed'
);
select tests.sign_out();

set local session authorization test_reader;
select set_config('pit.session', current_setting('tests.session_ann'), true);
select set_config('pit.casino', current_setting('tests.casino_a'), true);
select throws_ok(
  $$ select loyalty.verify_chain(current_setting('tests.a')::uuid) $$,
  'RSPLR', null, 'a login, with somebody''s session and casino in its settings: their chain'
);
select throws_ok(
  $$ select loyalty.balance_as_of(current_setting('tests.a')::uuid, now()) $$,
  'RSPLR', null, 'their balance'
);
select throws_ok(
  $$ select loyalty.explain_entry(current_setting('tests.a')::uuid, 1) $$,
  'LYENT', null, 'their entry'
);
select throws_ok(
  $$ select ops.prove_entry(current_setting('tests.a')::uuid, 1) $$, 'LYENT', null, 'their proof'
);
select is((loyalty.verify_chain()).players, 2::bigint, 'the own players are verified');
select is((ops.verify_seals()).seals, 1::bigint, 'the own seals');
select is((ops.export_seals() ->> 'casinoId')::integer, tests.casino_id(), 'and exported');
select is(
  loyalty.balance_as_of(current_setting('tests.b')::uuid, now()), 700::bigint,
  'the own player''s balance'
);
select throws_ok('select ops.seal_ledger()', '42501', null, 'a login reads and seals nothing');
select throws_ok(
  $$ select identity._enter_reader() $$, '42501', null, 'the door itself is the functions'''
);

set local session authorization test_unbound;
select set_config('pit.session', '', true);
select throws_ok(
  'select loyalty.verify_chain()', 'IDUNA', null, 'a login that is bound to no casino reads nothing'
);
select throws_ok(
  $$ select floor.read_player(current_setting('tests.b')::uuid, 'complaint of 3 March') $$,
  'IDUNA', null, 'nor about people'
);
set local session authorization default;
select is(
  (select count(*)::integer from ops.audit_log as a where a.login_name = 'test_unbound'), 0,
  'and leaves nothing'
);

select * from finish();
rollback;
