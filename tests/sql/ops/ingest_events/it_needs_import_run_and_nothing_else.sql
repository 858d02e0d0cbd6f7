begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TIMPO');
select tests.player('P1', 10);
select tests.person('admin', 'admin');
select tests.person('boss', 'pit_boss');
create function tests.send(key text) returns text
language sql
return tests.refusal(format('select * from ops.ingest_events(%L)', jsonb_build_array(
  jsonb_build_object('key', key, 'at', now(), 'type', 'visit_opened', 'card', 'P1')
)));

select set_config('role', 'pit_staff', true);
select is(tests.send('k1'), 'UNAUTHORIZED', 'signed in');
select tests.sign_in('boss');
select is(tests.send('k1'), 'FORBIDDEN', 'a pit boss may not import');
select tests.sign_in('admin');
select is(tests.send('k1'), 'nothing', 'an administrator may');
select tests.sign_in('feed');
select is(tests.send('k2'), 'nothing', 'the feed''s account may');
select throws_ok(
  $$ select floor.open_visit(tests.player_id('P1'), null, 'k3') $$, 'IDFRB', null,
  'and may do nothing else'
);
select throws_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 1, 'x', 'k3') $$, 'IDFRB', null, 'nothing'
);

select * from finish();
rollback;
