begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TRECJ');
select tests.player('P1', 100);
select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.ticket', identity._issue_ticket('ops/reconcile'), true);
select set_config('tests.other', identity._issue_ticket('ops/seal_gaming_day'), true);
select set_config('pit.casino', '', true);

set local session authorization pit_worker;
select results_eq(
  $$
    select r.drift_found, (r.reconciliation_run).cause, (r.reconciliation_run).entries
    from ops.reconcile_job(current_setting('tests.ticket')) as r
  $$,
  $$ values (0, 'job', 1::bigint) $$,
  'the job reconciles'
);
select is(
  (ops.reconcile_job(current_setting('tests.ticket'))).drift_found, 0, 'as often as it comes'
);
select throws_ok(
  $$ select ops.reconcile_job(current_setting('tests.other')) $$, 'OPTKT', null,
  'with a ticket for it'
);
select isnt(ops.queue_recurring_job('ops/reconcile'), 0, 'the clock may queue it');
set local session authorization default;
select results_eq(
  $$
    select r.slice_no, r.staff_id
    from ops.reconciliation_run as r
    where r.casino_id = tests.casino_id()
    order by r.reconciliation_run_id
  $$,
  $$ values (0, null::uuid), (1, null::uuid) $$,
  'every run verifies the hashes of the next slice; nobody caused it'
);
set local role pit_staff;
select throws_ok(
  $$ select ops.reconcile_job(current_setting('tests.ticket')) $$, '42501', null,
  'nobody else calls it'
);
reset role;

select * from finish();
rollback;
