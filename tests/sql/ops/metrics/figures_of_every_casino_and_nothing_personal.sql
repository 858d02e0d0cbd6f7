-- Two casinos: one where something waits, and one where nothing does, of which figures tell that.

begin;
set local search_path to pgtap, public;
select plan(22);

create function tests.figure(name text, casino text, labels jsonb default '{}')
returns double precision
language sql
volatile
security definer
begin atomic
  select m.value
  from ops.metrics() as m
  where m.name = figure.name
    and m.labels = case when casino = '' then '{}' else jsonb_build_object('casino', casino) end
      || figure.labels;
end;

select tests.casino('TMETA');
select tests.player('P1', 100);
select tests.casino('TMETB', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 100, '1 hour');
select tests.cash('P1', 'in', 'chip_purchase', 10400, tests.at('20:00'), key => 'k1');
select tests.sign_in('sup');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'pending', 'an award is pending'
);
select tests.sign_out();

select is(tests.figure('pending_accruals', 'TMETB'), 1.0::float8, 'it is counted');
select is(tests.figure('pending_accruals', 'TMETA'), 0.0::float8, 'at its own casino');
select cmp_ok(
  tests.figure('pending_accrual_oldest_seconds', 'TMETB'), '>=', 0.0::float8, 'with its age'
);
select is(
  tests.figure('ctr_cases', 'TMETB', '{"state": "open"}'), 1.0::float8, 'a case counts by state'
);
select is(
  tests.figure('ctr_cases', 'TMETB', '{"state": "filed"}'), 0.0::float8,
  'a state that no case is in has its figure'
);
select is(
  tests.figure('ctr_cases_due', 'TMETB', '{"due": "overdue"}'), 1.0::float8,
  'what should have been filed in 2025 is overdue'
);
select is(
  tests.figure('ctr_cases_due', 'TMETB', '{"due": "3_days"}'), 0.0::float8, 'and nothing else'
);
update compliance.ctr_case as k
set gaming_day = (now() at time zone 'America/Los_Angeles')::date - 12
where k.casino_id = tests.casino_id();
select is(
  tests.figure('ctr_cases_due', 'TMETB', '{"due": "3_days"}'), 1.0::float8,
  'fifteen days after its day it is due, three days before which it shows'
);
select is(
  tests.figure('imports', 'TMETA', '{"state": "posting"}'), 0.0::float8, 'imports have states'
);
select is(
  tests.figure('import_entries', 'TMETA', '{"kind": "posted"}'), 0.0::float8,
  'so do the entries that they posted'
);
select is(
  tests.figure('import_entries', 'TMETA', '{"kind": "reversed"}'), 0.0::float8,
  'and reversed'
);
select cmp_ok(
  tests.figure('seal_age_seconds', 'TMETA'), '<', 3600.0::float8,
  'a casino that was never sealed is as old as itself'
);
select cmp_ok(
  tests.figure('reconciliation_age_seconds', 'TMETA'), '<', 3600.0::float8,
  'so is one that was never reconciled'
);
select is(tests.figure('reconciliation_drift', 'TMETB'), 0.0::float8, 'which has shown no drift');
insert into ops.reconciliation_run (
  casino_id, started_at, finished_at, cause, players, entries, cash_entries, slice_no, drift_found,
  correlation_id
)
values (tests.casino_id(), now(), now(), 'command', 1, 0, 1, 0, 3, 'r1');
select is(
  tests.figure('reconciliation_drift', 'TMETB'), 3.0::float8, 'until a reconciliation found some'
);
select cmp_ok(
  tests.figure('jobs', '', '{"state": "waiting"}'), '>=', 1.0::float8,
  'the job that is to recover the award waits'
);
select cmp_ok(
  tests.figure('ledger_entries_estimate', ''), '>=', 0.0::float8, 'the ledger has an estimate'
);

set local session authorization pit_gateway;
select is_empty(
  $$
    select m.name, m.labels from ops.metrics() as m group by m.name, m.labels having count(*) > 1
  $$,
  'the gateway gets every figure once'
);
select is_empty(
  $$
    select l.key
    from ops.metrics() as m
    cross join lateral jsonb_object_keys(m.labels) as l (key)
    where l.key <> all ('{casino,state,due,kind}')
  $$,
  'with labels that say which casino and which state, and nothing of a person'
);
set local session authorization default;
set local role pit_staff;
select throws_ok($$ select * from ops.metrics() $$, '42501', null, 'staff don''t get them');
set local session authorization pit_worker;
select throws_ok($$ select * from ops.metrics() $$, '42501', null, 'nor does the worker');
set local session authorization default;

select * from finish();
rollback;
