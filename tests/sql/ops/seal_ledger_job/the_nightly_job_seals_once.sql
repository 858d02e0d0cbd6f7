begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TSEJB');
select tests.player('P1', 100);
select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.ticket', identity._issue_ticket('ops/seal_gaming_day'), true);
select set_config('tests.other', identity._issue_ticket('loyalty/renew_terms'), true);
select set_config('pit.casino', '', true);

set local session authorization pit_worker;
select is(
  ((ops.seal_ledger_job(current_setting('tests.ticket'))).ledger_seal).entries, 1::bigint,
  'the job seals the day that is over'
);
select is(
  (ops.seal_ledger_job(current_setting('tests.ticket'))).replayed, true, 'once'
);
select throws_ok(
  $$ select ops.seal_ledger_job(current_setting('tests.other')) $$, 'OPTKT', null,
  'with a ticket for it'
);
select isnt(ops.queue_recurring_job('ops/seal_gaming_day'), 0, 'the clock may queue it');
set local session authorization default;
select results_eq(
  $$
    select s.gaming_day, s.sealed_by
    from ops.ledger_seal as s where s.casino_id = tests.casino_id()
  $$,
  $$
    select identity.gaming_day(c, now()) - 1, null::uuid
    from identity.casino as c where c.casino_id = tests.casino_id()
  $$,
  'yesterday''s gaming day, sealed by nobody'
);
set local role pit_staff;
select throws_ok(
  $$ select ops.seal_ledger_job(current_setting('tests.ticket')) $$, '42501', null,
  'nobody else calls it'
);
reset role;

select * from finish();
rollback;
