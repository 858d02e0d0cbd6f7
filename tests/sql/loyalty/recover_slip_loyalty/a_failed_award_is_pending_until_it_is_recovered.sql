begin;
set local search_path to pgtap, public;
select plan(16);

select tests.casino('TPEND', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 100, '1 hour');
select tests.seat('P2', 'T1', 2, 100, '1 hour');
select tests.sign_in('sup');

select throws_ok(
  $$ select loyalty.recover_slip_loyalty(tests.slip_id('P1')) $$, 'RSSTA', null,
  'an open slip has nothing to recover'
);
select throws_ok(
  $$ select loyalty.recover_slip_loyalty(gen_random_uuid()) $$, 'RSNFD', null, 'nor has none'
);
select set_config('pit.correlation_id', 'first-call', true);
select results_eq(
  $$
    select c.outcome, c.replayed, c.points, (c.rating_slip).state, c.correlation_id,
      (c.ledger_entry).entry_no
    from floor.complete_rating_slip(tests.slip_id('P1')) as c
  $$,
  $$ values ('pending', false, null::bigint, 'closed', 'first-call', null::bigint) $$,
  'without a policy the slip is closed all the same, and the award is pending'
);
select set_config('pit.correlation_id', 'second-call', true);
select results_eq(
  $$
    select c.outcome, c.correlation_id
    from floor.complete_rating_slip(tests.slip_id('P1')) as c
  $$,
  $$ values ('pending', 'first-call') $$,
  'completing again says so again'
);
select results_eq(
  $$
    select c.outcome, c.correlation_id
    from loyalty.recover_slip_loyalty(tests.slip_id('P1')) as c
  $$,
  $$ values ('pending', 'first-call') $$,
  'recovering too early keeps it pending'
);
select tests.sign_out();
select results_eq(
  $$
    select f.sqlstate, f.correlation_id, f.attempts, f.resolved_at
    from loyalty.accrual_failure as f
    where f.casino_id = tests.casino_id()
  $$,
  $$ values ('LYPOL', 'first-call', 2, null::timestamptz) $$,
  'the failure is recorded, with its reason and the attempts'
);
select is(
  (
    select count(*)::integer
    from graphile_worker.jobs as j
    where j.key = 'pit:slip:' || tests.slip_id('P1')
      and j.task_identifier = 'loyalty/recover_accruals'
  ),
  1, 'one job is queued, in the transaction that recorded the failure'
);
select is((tests.slip('P1')).state, 'closed', 'the slip is closed');
select is_empty($$ select * from tests.entries('P1') $$, 'nothing was posted');

select is(
  (ops.load_casino(tests.property('TPEND'))).changed, true, 'then a policy comes into force'
);
select tests.sign_in('sup');
select set_config('pit.correlation_id', 'third-call', true);
select results_eq(
  $$
    select c.outcome, c.replayed, c.points, c.current_balance, c.correlation_id
    from loyalty.recover_slip_loyalty(tests.slip_id('P1')) as c
  $$,
  $$ values ('awarded', false, 1620::bigint, 1620::bigint, 'first-call') $$,
  'recovering awards it, with the first correlation id'
);
select results_eq(
  $$
    select c.outcome, c.replayed, c.points
    from loyalty.recover_slip_loyalty(tests.slip_id('P1')) as c
  $$,
  $$ values ('replayed', true, 1620::bigint) $$,
  'once'
);
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'replayed',
  'completing is the same as well'
);
select tests.sign_out();
select results_eq(
  $$ select e.points_change, e.correlation_id, e.occurred_at from tests.entries('P1') as e $$,
  $$ select 1620::bigint, 'first-call', (tests.slip('P1')).closed_at $$,
  'the entry carries the first correlation id and the time of the slip'
);
select results_eq(
  $$
    select f.attempts, f.resolved_at is not null
    from loyalty.accrual_failure as f
    where f.casino_id = tests.casino_id()
  $$,
  $$ values (3, true) $$,
  'the failure is resolved'
);
select is(
  tests.happens('home', now(), 'visit_closed', '{"card": "P2"}'), 'applied',
  'the feed completes slips the same way'
);

select * from finish();
rollback;
