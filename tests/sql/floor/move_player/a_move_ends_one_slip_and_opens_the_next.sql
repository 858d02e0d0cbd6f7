begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TMOVE');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select set_config('tests.first', tests.slip_id('P1')::text, true);

create function tests.first() returns uuid
language sql
return current_setting('tests.first')::uuid;
create function tests.move(seat integer default 4) returns floor.slip_result
language sql
return floor.move_player(
  tests.first(), tests.table_id('T2'), seat, 50, now() - interval '1 hour', 'k1'
);

select tests.sign_in('boss');
select is((tests.move()).replayed, false, 'the player moves');
select results_eq(
  $$
    select s.state, s.table_id, s.seat_no, s.current_bet, s.opened_at, s.previous_slip_id,
      s.visit_id
    from (select (tests.slip('P1')).*) as s
  $$,
  $$
    select 'open', tests.table_id('T2'), 4, 50.00, now() - interval '1 hour', tests.first(),
      tests.visit_id('P1')
  $$,
  'a new slip is open there, in the same visit, linked to the one before'
);
select results_eq(
  $$
    select s.state, s.closed_at, s.accumulated_seconds, s.average_bet, s.seat_no
    from floor.rating_slip as s
    where s.rating_slip_id = tests.first()
  $$,
  $$ values ('closed', now() - interval '1 hour', 3600, 100.00, 1) $$,
  'the one before is closed with its telemetry'
);
select is((tests.move()).replayed, true, 'the same again is replayed');
select results_eq(
  $$
    select c.outcome, c.points, (c.rating_slip).rating_slip_id, (c.ledger_entry).entry_no
    from (select ((tests.move()).completion).*) as c
  $$,
  $$ select 'replayed', 1620::bigint, tests.first(), 1::bigint $$,
  'with the completion of the slip before'
);
select is(
  ((tests.move()).rating_slip).rating_slip_id, tests.slip_id('P1'), 'and the slip that it opened'
);
select throws_ok($$ select tests.move(5) $$, 'LYIDM', null, 'the key for another seat');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).points, 810::bigint,
  'the second slip accrues on its own'
);
select tests.sign_out();
select is((tests.standing('P1')).current_balance, 2430::bigint, 'both accrue');
select is(
  (
    select string_agg(e.event_type, ',' order by e.event_id)
    from floor.rating_slip_event as e
    where e.casino_id = tests.casino_id()
  ),
  'opened,moved,opened,closed', 'the events say so'
);

select * from finish();
rollback;
