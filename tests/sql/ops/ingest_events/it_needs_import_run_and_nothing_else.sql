begin;
set local search_path to pgtap, public;
select plan(8);

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
select is(
  array(
    select distinct tests.refusal(c.call)
    from unnest(array[
      'select ops.quarantined_rows(uuidv7())', 'select ops.import_mismatches(uuidv7())',
      'select ops.retry_import(uuidv7())', 'select ops.retry_job(1, ''k4'')',
      'select ops.retry_import_row(uuidv7(), null, null)',
      'select ops.roll_back_import(uuidv7(), ''It was the wrong export'')',
      'select loyalty.rebuild_loyalty(true)', 'select compliance.rebuild_totals(true)'
    ]) as c (call)
  ),
  array['FORBIDDEN'], 'not even what else asks for import:run'
);
select tests.sign_out();
select is_empty(
  $$
    select e.signature
    from tests.entry_point as e
    where e.source ~ 'identity\._enter\(''import:run''\)'
      and e.source !~ '\mbegin\s+perform identity\._refuse_sender\(v_actor\);'
      and e.name <> 'ingest_events'
  $$,
  'which everything but sending events refuses first'
);

select * from finish();
rollback;
