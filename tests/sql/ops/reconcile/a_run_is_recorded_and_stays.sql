begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TREC2');
select tests.person('other', 'auditor');
select tests.casino('TREC1');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 15000);
select tests.player('P2');
select tests.cash('P1', 'in', 'chip_purchase', 6000);
update loyalty.player_loyalty set current_balance = 7 where player_id = tests.player_id('P1');

create function tests.staff_id(username text) returns uuid
language sql
stable
security definer
return (
  select s.staff_id
  from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = staff_id.username
);

select tests.sign_in('boss');
select throws_ok('select ops.reconcile()', 'IDFRB', null, 'the capability is audit:view');
select tests.sign_in('audrey');
select results_eq(
  $$
    select
      r.drift_found, (r.reconciliation_run).drift_found, (r.reconciliation_run).players,
      (r.reconciliation_run).entries, (r.reconciliation_run).cash_entries,
      (r.reconciliation_run).cause
    from ops.reconcile() as r
  $$,
  $$ values (1, 1, 2::bigint, 2::bigint, 1::bigint, 'person') $$,
  'the result says how much was looked at, and what came of it'
);
select results_eq(
  $$
    select r.staff_id, r.started_at <= r.finished_at, r.entries, r.slice_no, r.drift_found
    from ops.reconciliation_run as r
  $$,
  $$ values (tests.staff_id('audrey'), true, 2::bigint, 0, 1) $$,
  'the run is on record, with who asked'
);
select results_eq(
  $$
    select d.drift_no, d.subject, d.player_id, d.entry_no, d.what, d.expected, d.actual
    from ops.reconciliation_drift as d
  $$,
  $$
    values (
      1, 'loyalty', tests.player_id('P1'), 2::bigint, 'current_balance', '15000', '7'
    )
  $$,
  'and what differs'
);
select is(
  (tests.standing('P1')).current_balance, 7::bigint, 'nothing is repaired'
);
select is((ops.reconcile()).drift_found, 1, 'the next one finds it again');
select is(
  (select count(*) from ops.reconciliation_drift), 2::bigint, 'and records it again'
);

select tests.sign_in('boss');
select is_empty('select * from ops.reconciliation_run', 'a pit boss sees no runs');
select is_empty('select * from ops.reconciliation_drift', 'nor what differs');
select tests.sign_in('other');
select is_empty(
  $$
    select r.reconciliation_run_id from ops.reconciliation_run as r
    union all
    select d.reconciliation_run_id from ops.reconciliation_drift as d
  $$,
  'nor does another casino'
);
select tests.sign_out();
select throws_ok(
  'update ops.reconciliation_run set drift_found = 0', 'OPIMM', null,
  'a run stays, also for a superuser'
);
select throws_ok(
  'delete from ops.reconciliation_drift', 'OPIMM', null, 'and so does what it found'
);

select * from finish();
rollback;
